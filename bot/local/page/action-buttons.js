import { afterPress } from './after-press.js';
import { h } from './dom.js';
import { plainText } from './plain-text.js';

const ARMED_MS = 6000;
/** A double click is one press, not a confirmation. */
const BOUNCE_MS = 400;

/**
 * The buttons of a card or of a part of it. A dangerous one must be pressed twice.
 * @param {{ action: string, label: string, style?: string, url?: string }[]} actions
 * @param {(action: object, button: HTMLElement) => void} onPress
 */
export function actionButtons(actions, onPress) {
  if (!actions?.length) return null;
  return h('div', { class: 'actions' }, ...actions.map((action) => actionButton(action, onPress)));
}

function actionButton(action, onPress) {
  if (action.url) return linkButton(action);
  const button = h('button', {
    class: `button action ${action.style ? `is-${action.style}` : ''}`,
    type: 'button',
    'data-key': `action ${action.action}`,
  });
  button.append(plainText('span', action.label));
  const confirm = action.style === 'danger' ? confirmTwice(button, action.label) : () => true;
  button.addEventListener('click', () => {
    if (button.closest('[aria-busy="true"]')) return;
    if (confirm()) onPress(action, button);
  });
  return button;
}

/** Opens an address of the bureau's own beside the chat. */
function linkButton({ url, label, style }) {
  const link = h('a', {
    class: `button action ${style ? `is-${style}` : ''}`,
    href: url,
    target: '_blank',
    rel: 'noopener noreferrer',
  });
  link.append(plainText('span', label));
  return link;
}

function confirmTwice(button, label) {
  let armedAt;
  let timer;
  const text = button.firstElementChild;
  const spoken = h('span', { class: 'visually-hidden', 'aria-live': 'assertive' });
  button.append(spoken);

  function disarm() {
    clearTimeout(timer);
    armedAt = undefined;
    text.textContent = label;
    spoken.textContent = '';
    button.classList.remove('is-armed');
  }
  button.addEventListener('blur', () => afterPress(() => document.activeElement !== button && disarm()));
  button.addEventListener('keydown', (event) => event.key === 'Escape' && disarm());

  return () => {
    if (armedAt === undefined) {
      armedAt = performance.now();
      timer = setTimeout(disarm, ARMED_MS);
      text.textContent = '再按一次确认';
      spoken.textContent = `：${label}`;
      button.classList.add('is-armed');
      return false;
    }
    if (performance.now() - armedAt < BOUNCE_MS) return false;
    disarm();
    return true;
  };
}
