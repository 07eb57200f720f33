import { h } from './dom.js';
import { describePerson } from './person.js';

/** Whose phone this is, with the buttons that change the person and close the window. */
export function createPhoneHeader(person, onChange, onClose) {
  const change = h(
    'button',
    { class: 'who', type: 'button', 'aria-haspopup': 'dialog', onclick: onChange },
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, [...person.name].at(-1) ?? ''),
    h(
      'span',
      { class: 'who-text' },
      h('span', { class: 'who-name' }, h('bdi', {}, person.name), h('span', { class: 'who-change' }, '换人')),
      h('span', { class: 'who-detail', dir: 'auto' }, describePerson(person)),
    ),
  );
  const close = h(
    'button',
    {
      class: 'icon-button close',
      type: 'button',
      'aria-label': `关闭${person.name}的窗口`,
      onclick: onClose,
    },
    '✕',
  );
  return {
    element: h('header', { class: 'phone-header' }, change, close),
    focus: () => change.focus(),
  };
}
