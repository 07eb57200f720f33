import { actionButtons } from './action-buttons.js';
import { h } from './dom.js';
import { createField } from './form-field.js';
import { plainText } from './plain-text.js';

/** Shorter forms show their optional questions where they stand. */
const LONG_FORM = 6;

/**
 * A form as it now stands. What was typed here wins over what the service last saw. Without buttons it is closed.
 * @param {Map<string, unknown>} draft
 */
export function renderForm(content, press, draft) {
  const fields = content.fields.map((field) => createField(field, draft));

  function submit(action, button) {
    const wrong = fields.filter((field) => field.check());
    if (wrong[0]) {
      wrong[0].element.closest('details')?.setAttribute('open', '');
      wrong[0].focus();
      return;
    }
    const form = Object.fromEntries(fields.map((field) => [field.name, field.read()]));
    press(action.action, form, button);
  }
  const onPress = (action, button) =>
    action.style === 'primary' ? submit(action, button) : press(action.action, undefined, button);

  const buttons = actionButtons(content.actions, onPress);
  const form = h(
    'form',
    { class: 'card form', novalidate: true, onsubmit: (event) => event.preventDefault() },
    plainText('h3', content.title, 'card-title'),
    ...content.intro.map((line) => plainText('p', line)),
    errorSummary(content.fields),
    h('fieldset', { class: 'fields', disabled: !buttons }, ...arrange(fields, draft)),
    buttons,
  );
  return form;
}

function errorSummary(fields) {
  const count = fields.filter((field) => field.error).length;
  return (
    count > 0 &&
    h('p', { class: 'form-errors', role: 'alert' }, `有 ${count} 项需要修改，已填的内容都保留着。`)
  );
}

/** What is required or holds something first, the rest folded, a closing promise last: one agrees to what stands above it. */
function arrange(fields, draft) {
  const isPromise = (field) => field.required && field.type === 'checkbox';
  const folded = fields.filter((field) => !field.stands);
  if (fields.length <= LONG_FORM || folded.length === 0 || folded.length === fields.length) {
    return fields.map((field) => field.element);
  }
  const more = h(
    'details',
    {
      class: 'more-fields',
      open: folded.some((field) => field.speaks) || draft.get(MORE_OPEN) === true,
      ontoggle: (event) => event.target.isConnected && keepOpen(draft, event.target.open),
    },
    h('summary', { 'data-key': 'more' }, `更多（选填，${folded.length} 项）`),
    ...folded.map((field) => field.element),
  );
  const asked = fields.filter((field) => field.stands && !isPromise(field));
  return [
    ...asked.map((field) => field.element),
    more,
    ...fields.filter(isPromise).map((field) => field.element),
  ];
}

/** Beside the fields' names in the draft; no field can be called that. */
const MORE_OPEN = Symbol('more fields are open');

function keepOpen(draft, open) {
  if (open) draft.set(MORE_OPEN, true);
  else draft.delete(MORE_OPEN);
}
