import { Combobox } from './combobox.js';
import { h } from './dom.js';

/** Above this many options a native select is a burden on a phone. */
const FEW_OPTIONS = 30;

/**
 * The control for a field's type. Each answers
 * `element`; `group` when its label names several inputs; `read()` what is sent; `kept()` what must be put back when
 * the form is drawn again; `problem()` what the browser alone knows to be wrong.
 * @param {object} field of ledger/message.ts
 * @param {object} spec
 * @param {Record<string, unknown>} spec.attributes id and aria attributes of the input
 * @param {unknown} spec.value what `kept()` answered before, or the field's value
 * @param {() => void} spec.changed
 */
export function createControl(field, spec) {
  const many = field.type === 'select' && (field.options?.length ?? 0) > FEW_OPTIONS;
  const create = many ? personControl : (CONTROLS[field.type] ?? textControl);
  const control = create(field, spec);
  return { kept: control.read, problem: () => undefined, ...control };
}

const CONTROLS = {
  text: textControl,
  textarea: textareaControl,
  date: dateControl,
  datetime: dateControl,
  select: selectControl,
  multiselect: multiselectControl,
  person: personControl,
  people: peopleControl,
  checkbox: checkboxControl,
};

const textOf = (value) => (typeof value === 'string' ? value : '');
const listOf = (value) => (Array.isArray(value) ? value : []);

function textControl(_field, { attributes, value, changed }) {
  const element = h('input', {
    type: 'text',
    autocomplete: 'off',
    dir: 'auto',
    oninput: changed,
    ...attributes,
  });
  element.value = textOf(value);
  return { element, read: () => element.value };
}

function textareaControl(_field, { attributes, value, changed }) {
  const element = h('textarea', { rows: '3', dir: 'auto', oninput: changed, ...attributes });
  element.value = textOf(value);
  return { element, read: () => element.value };
}

function dateControl(field, { attributes, value, changed }) {
  const withTime = field.type === 'datetime';
  const element = h('input', {
    type: withTime ? 'datetime-local' : 'date',
    max: withTime ? '9999-12-31T23:59' : '9999-12-31',
    oninput: changed,
    ...attributes,
  });
  element.value = textOf(value);
  return {
    element,
    read: () => element.value.slice(0, 16),
    problem: () => (element.validity.badInput ? '日期还没有填完整' : undefined),
  };
}

function selectControl(field, { attributes, value, changed }) {
  const options = (field.options ?? []).map((option) => h('option', { value: option.value }, option.label));
  const element = h(
    'select',
    { onchange: changed, ...attributes },
    h('option', { value: '' }, '请选择'),
    ...options,
  );
  element.value = textOf(value);
  return { element, read: () => element.value };
}

function checkboxControl(field, { attributes, value, changed }) {
  const input = h('input', { type: 'checkbox', onchange: changed, ...attributes });
  input.checked = value === true;
  const element = h('label', { class: 'check' }, input, h('span', { dir: 'auto' }, field.label));
  return { element, read: () => input.checked };
}

function multiselectControl(field, { attributes, value, changed }) {
  const { id, 'data-key': key, ...aria } = attributes;
  const chosen = new Set(listOf(value));
  const inputs = (field.options ?? []).map((option, index) => {
    const input = h('input', {
      type: 'checkbox',
      value: option.value,
      id: index === 0 ? id : null,
      'data-key': `${key} ${option.value}`,
      onchange: changed,
    });
    input.checked = chosen.has(option.value);
    return input;
  });
  const chips = inputs.map((input, index) =>
    h('label', { class: 'chip' }, input, h('span', { dir: 'auto' }, field.options[index].label)),
  );
  const { 'aria-required': _, 'data-error': wrong, ...group } = aria;
  if (wrong) inputs[0]?.setAttribute('data-error', '');
  return {
    element: h('div', { class: 'chips' }, ...chips),
    group,
    read: () => inputs.filter((input) => input.checked).map((input) => input.value),
  };
}

/** One of many by name. What is typed but names nobody stays in the input and is said to be wrong when sent. */
function personControl(field, { attributes, value, changed }) {
  const options = field.options ?? [];
  const byValue = (wanted) => options.find((option) => option.value === wanted);
  const kept = typeof value === 'object' && value !== null ? value : undefined;
  let chosen = byValue(kept ? kept.chosen : value);
  const { element, input } = new Combobox({
    options,
    attributes: { placeholder: '输入姓名或部分文字查找', ...attributes },
    onPick(option) {
      chosen = option;
      input.value = option.label;
      changed();
    },
    onType() {
      const same = options.filter((option) => option.label === input.value.trim());
      chosen = same.length === 1 ? same[0] : undefined;
      changed();
    },
  });
  input.value = kept?.typed ?? chosen?.label ?? '';
  return {
    element,
    read: () => chosen?.value ?? '',
    kept: () => ({ chosen: chosen?.value, typed: input.value }),
    problem: () =>
      !chosen && input.value.trim() ? `名单里没有「${input.value.trim()}」，请从列表中选择` : undefined,
  };
}

function peopleControl(field, { attributes, value, changed }) {
  const options = field.options ?? [];
  const kept = Array.isArray(value) ? { chosen: value, typed: '' } : (value ?? { chosen: [], typed: '' });
  const chosen = new Set(listOf(kept.chosen));
  const chips = h('div', { class: 'chips' });
  const { element, input } = new Combobox({
    options,
    attributes: { placeholder: '输入姓名添加', ...attributes },
    without: () => chosen,
    onPick(option) {
      chosen.add(option.value);
      input.value = '';
      drawn();
    },
    onType: changed,
  });
  input.value = kept.typed;
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' && input.value === '' && chosen.size > 0) remove([...chosen].at(-1));
  });

  function remove(gone) {
    chosen.delete(gone);
    input.focus();
    drawn();
  }
  function drawn() {
    draw();
    changed();
  }
  function draw() {
    const one = (item) => {
      const name = options.find((option) => option.value === item)?.label ?? item;
      return h(
        'button',
        { class: 'chip is-on', type: 'button', 'aria-label': `移除 ${name}`, onclick: () => remove(item) },
        h('bdi', {}, name),
        h('span', { 'aria-hidden': 'true' }, '✕'),
      );
    };
    chips.replaceChildren(...[...chosen].map(one));
  }
  draw();
  return {
    element: h('div', { class: 'people' }, chips, element),
    read: () => [...chosen],
    kept: () => ({ chosen: [...chosen], typed: input.value }),
    problem: () =>
      input.value.trim() ? `名单里没有「${input.value.trim()}」，请从列表中选择或删去` : undefined,
  };
}
