import type { TableContent } from '../../../ledger/message.ts';
import { buttonRow, MORE_ACTIONS } from './button.ts';
import { type Element, remark, textBlock } from './element.ts';
import { type Card, frame } from './frame.ts';
import { cut, cutLines, shown } from './shown-text.ts';
import { MOST, sizeOf } from './size.ts';

const MOST_COLUMNS = 50;
const MOST_BUTTONS = 12;
const ROWS_ON_A_PAGE = 10;
/** The longest cells with which all rows fit are shown; where none does, as many rows as fit with the last. */
const CELL_CHARS = [300, 120, 40];
const FOOTER = { lines: 8, chars: 120 };
const COLUMN_CHARS = 20;
/** For the two sentences that say what is missing. */
const SPARE_BYTES = 400;

/** A table, what stands below it, and its buttons. */
export function tableCard(content: TableContent): Card {
  const columns = content.columns.slice(0, MOST_COLUMNS);
  const buttons = buttonRow(content.actions, MOST_BUTTONS);
  const footer = cutLines(content.footer, FOOTER).join('\n');
  const foot = [
    ...(footer.trim() === '' ? [] : [textBlock(footer)]),
    ...(buttons.left > 0 ? [remark(MORE_ACTIONS)] : []),
    ...buttons.elements,
  ];
  const about = { headline: content.title, title: content.title, wide: true };
  const empty = frame(about, [tableElement(columns, []), ...foot]);
  const rows = rowsThatFit(content.rows, columns.length, MOST.bytes - SPARE_BYTES - sizeOf(empty).bytes);
  const figure =
    columns.length > 0 && rows.length > 0 ? tableElement(columns, rows) : textBlock('（没有数据）');
  const missing = [
    ...leftOut(content.rows.length - rows.length, '行'),
    ...leftOut(content.columns.length - columns.length, '列'),
  ];
  return frame(about, [figure, ...missing, ...foot]);
}

const leftOut = (count: number, unit: string): Element[] =>
  count > 0 ? [remark(`… 另有 ${count} ${unit}`)] : [];

type Row = Record<string, string>;

function rowsThatFit(rows: readonly (readonly string[])[], columns: number, bytes: number): Row[] {
  if (columns === 0) return [];
  let fitting: Row[] = [];
  for (const chars of CELL_CHARS) {
    fitting = [];
    let left = bytes;
    for (const row of rows) {
      const cells = cellsOf(row.slice(0, columns), chars);
      left -= sizeOf(cells).bytes + 1;
      if (left < 0) break;
      fitting.push(cells);
    }
    if (fitting.length === rows.length) break;
  }
  return fitting;
}

/** An empty cell is left out, since the platform takes no empty text; a row has one cell at least. */
function cellsOf(row: readonly string[], chars: number): Row {
  const cells = row
    .map((cell, index): [string, string] => [columnName(index), shown(cut(cell, chars))])
    .filter(([, cell]) => cell.trim() !== '');
  return Object.fromEntries(cells.length > 0 ? cells : [[columnName(0), '—']]);
}

const columnName = (index: number): string => `c${index}`;

const tableElement = (columns: readonly string[], rows: readonly Row[]): Element => ({
  tag: 'table',
  page_size: Math.min(ROWS_ON_A_PAGE, Math.max(rows.length, 1)),
  row_height: 'auto',
  row_max_height: '124px',
  freeze_first_column: columns.length > 3,
  header_style: { text_align: 'left', background_style: 'grey', bold: true, lines: 2 },
  columns: columns.map((name, index) => ({
    name: columnName(index),
    display_name: shown(cut(name, COLUMN_CHARS)).trim() || '—',
    data_type: 'text',
    width: 'auto',
    horizontal_align: 'left',
    vertical_align: 'top',
  })),
  rows,
});
