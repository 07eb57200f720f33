import { h } from './dom.js';

const SHOWN_IN_A_MESSAGE = { characters: 600, lines: 16 };

/**
 * A text exactly as it was written: line breaks kept, each line in its own direction, no markup read.
 * A long one shows its beginning and a button for the rest.
 * @param {string} tag
 * @param {unknown} text
 * @param {string} [className]
 * @param {{ characters: number, lines: number }} [shown] how much of a long one
 */
export function plainText(tag, text, className = '', shown = SHOWN_IN_A_MESSAGE) {
  const whole = String(text ?? '');
  const beginning = beginningOf(whole, shown);
  const body = h(tag, { class: `plain ${className}`.trim(), dir: 'auto' }, beginning);
  if (beginning === whole) return body;

  body.append('…');
  const toggle = h('button', {
    class: 'link-button',
    type: 'button',
    'aria-expanded': 'false',
    onclick: turn,
  });
  let open = false;
  label();

  function turn() {
    open = !open;
    body.textContent = open ? whole : `${beginning}…`;
    label();
    if (!open) body.scrollIntoView({ block: 'nearest' });
  }
  function label() {
    toggle.textContent = open ? '收起' : `展开全文（${countOf(whole)} 字）`;
    toggle.setAttribute('aria-expanded', String(open));
  }
  return h('div', { class: 'folded' }, body, toggle);
}

const countOf = (text) => [...text].length.toLocaleString('zh-CN');

/** Cut between whole characters as a reader counts them, so that no emoji is cut in two. */
function beginningOf(text, shown) {
  const lines = text.split('\n', shown.lines + 1);
  const shortLines = lines.length > shown.lines ? lines.slice(0, shown.lines).join('\n') : text;
  if (shortLines.length <= shown.characters) return shortLines;
  const characters = new Intl.Segmenter('zh').segment(shortLines.slice(0, shown.characters * 2));
  let beginning = '';
  for (const { segment } of characters) {
    if (beginning.length + segment.length > shown.characters) break;
    beginning += segment;
  }
  return beginning;
}
