import { h, uniqueId } from './dom.js';

/**
 * A dialog over the page: Escape, ✕ or a press beside it close it, and focus goes back to where it was.
 * @param {string} className
 * @param {string} title
 * @param {...(Node | null)} children
 * @returns {HTMLDialogElement} shown
 */
export function openPanel(className, title, ...children) {
  const titleId = uniqueId('panel');
  const close = () => dialog.close();
  const dialog = h(
    'dialog',
    {
      class: `panel ${className}`,
      'aria-labelledby': titleId,
      onclick: (event) => event.target === dialog && close(),
      onclose: () => dialog.remove(),
    },
    h(
      'div',
      { class: 'panel-head' },
      h('h2', { id: titleId }, title),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': '关闭', onclick: close }, '✕'),
    ),
    ...children,
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
