import { h } from './dom.js';

const SHORT_MS = 3000;
const LONG_MS = 6000;
const LONG_TEXT = 40;
const AT_ONCE = 3;

/** Short notices that go away by themselves and are read out by screen readers. */
export function createToaster() {
  const element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

  function show(sentence, tone = 'plain') {
    const toast = h('p', { class: `toast toast-${tone}`, dir: 'auto' }, sentence);
    element.append(toast);
    while (element.children.length > AT_ONCE) element.firstElementChild.remove();
    const stayMs = tone === 'error' || sentence.length > LONG_TEXT ? LONG_MS : SHORT_MS;
    setTimeout(() => toast.remove(), stayMs);
  }

  return { element, show, fail: (error) => show(error.message, 'error') };
}
