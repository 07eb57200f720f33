import { h, uniqueId } from './dom.js';
import { createControl } from './form-controls.js';
import { plainText } from './plain-text.js';

/**
 * A question with its label, hint, error and control; what is typed goes into the draft at once.
 * @param {object} field of ledger/message.ts
 * @param {Map<string, unknown>} draft
 */
export function createField(field, draft) {
  const id = uniqueId('field');
  const error = h('p', { class: 'field-error', id: `${id}-error`, dir: 'auto', hidden: !field.error });
  error.textContent = field.error ?? '';
  const described = [field.hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(' ');
  const control = createControl(field, {
    value: draft.has(field.name) ? draft.get(field.name) : field.value,
    changed() {
      draft.set(field.name, control.kept());
      setError('');
    },
    attributes: {
      id,
      'data-key': `field ${field.name}`,
      'data-error': Boolean(field.error),
      'aria-describedby': described,
      'aria-invalid': field.error ? 'true' : null,
      'aria-required': field.required ? 'true' : null,
    },
  });

  function setError(sentence) {
    error.textContent = sentence;
    error.hidden = !sentence;
    element.classList.toggle('is-wrong', Boolean(sentence));
    element.removeAttribute('aria-invalid');
    for (const input of element.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
    if (sentence) document.getElementById(id)?.setAttribute('aria-invalid', 'true');
  }

  const hint = field.hint && plainText('p', field.hint, 'field-hint');
  if (hint) hint.id = `${id}-hint`;
  const element = h(
    'div',
    { class: `field ${field.error ? 'is-wrong' : ''}`, 'data-field': field.name },
    labelOf(field, id, control),
    hint,
    control.element,
    error,
  );
  if (control.group) {
    const attributes = { role: 'group', 'aria-labelledby': `${id}-label`, ...control.group };
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null) element.setAttribute(name, value);
    }
  }

  return {
    name: field.name,
    required: field.required,
    type: field.type,
    element,
    read: control.read,
    /** Something was typed into it here. */
    speaks: draft.has(field.name),
    /** Stands beside what is required: it must or should be seen. */
    stands: field.required || field.open === true || Boolean(field.error) || !isEmpty(field.value),
    /** Shows what the browser alone knows to be wrong. @returns {boolean} whether something is */
    check() {
      const problem = control.problem();
      if (problem) setError(problem);
      return Boolean(problem);
    },
    focus: () => element.querySelector('input, textarea, select')?.focus(),
  };
}

function labelOf(field, id, control) {
  const mark = field.required
    ? h('span', { class: 'required', title: '必填' }, h('span', { 'aria-hidden': 'true' }, '＊'))
    : h('span', { class: 'optional' }, '选填');
  if (field.type === 'checkbox') {
    control.element.append(mark);
    return null;
  }
  const tag = control.group ? 'span' : 'label';
  return h(
    tag,
    { class: 'field-label', id: `${id}-label`, for: control.group ? null : id },
    h('bdi', {}, field.label),
    mark,
  );
}

function isEmpty(value) {
  return (
    value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  );
}
