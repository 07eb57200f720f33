import { actionButtons } from './action-buttons.js';
import { h, uniqueId } from './dom.js';
import { plainText } from './plain-text.js';

const SHOWN_IN_A_CELL = { characters: 120, lines: 6 };
const NUMBER = /^[-+]?[\d,.]+\s*%?$/;

/** A table that scrolls sideways within its card, with its footer and buttons below. */
export function renderTable(content, press) {
  const titleId = uniqueId('table');
  const numeric = content.columns.map((_, index) => isNumeric(content.rows, index));
  const cell = (tag, text, index) =>
    h(
      tag,
      { scope: tag === 'th' ? 'col' : null, class: numeric[index] ? 'number' : null },
      plainText('div', text, '', SHOWN_IN_A_CELL),
    );

  const head = h('tr', {}, ...content.columns.map((column, index) => cell('th', column, index)));
  const rows = content.rows.map((row) => h('tr', {}, ...row.map((text, index) => cell('td', text, index))));
  if (rows.length === 0) rows.push(h('tr', {}, h('td', { colspan: content.columns.length }, '没有记录')));

  const title = plainText('h3', content.title, 'card-title');
  title.id = titleId;
  return h(
    'div',
    { class: 'card' },
    title,
    h(
      'div',
      {
        class: 'table-scroll',
        role: 'region',
        'aria-labelledby': titleId,
        tabindex: '0',
        'data-key': 'table',
      },
      h('table', {}, h('thead', {}, head), h('tbody', {}, ...rows)),
    ),
    h('div', { class: 'card-footer' }, ...content.footer.map((line) => plainText('p', line))),
    actionButtons(content.actions, (action, button) => press(action.action, undefined, button)),
  );
}

function isNumeric(rows, index) {
  return rows.length > 0 && rows.every((row) => NUMBER.test((row[index] ?? '').trim()));
}
