import { type BookCell, type BookRow, letterOf, type Merge } from './book.ts';
import { FIELDS, type Field, headingText, type Mapping } from './fields.ts';
import type { Layout } from './layout.ts';

/** A row of a ledger: one measure, or one problem without any. */
export interface LedgerRow {
  sheet: string;
  line: number;
  cells: Partial<Record<Field, BookCell>>;
  /** Which column of its sheet is what, be the cell empty or not. */
  mapping: Mapping;
  aspect: string;
  problem: string;
  measure: string;
}

/** The number as it is typed, its signs made even. */
export const typedRef = ({ cells }: LedgerRow): string =>
  (cells.ref?.text ?? '')
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/[.．—–]/g, '-');

export interface FoundRows {
  rows: LedgerRow[];
  /** What was passed over, in sentences. */
  notes: string[];
  /** What must be mended before anything can be read, in sentences without a full stop. */
  flaws: string[];
}

/** Without what stands in these, nobody could say what the row is about. */
const NEEDED: readonly Field[] = ['problem', 'measure', 'findings', 'aspect', 'ref', 'version'];
const FOOTER = /^(?:合计|总计|小计|备注|注|说明|填表|制表|审核|联系|填报)/u;

/** Every row below the headings. A merged cell says what it says in each of its rows; an empty one under a problem goes on with it. */
export function rowsOf(layout: Layout): FoundRows {
  const { sheet, headLine, mapping } = layout;
  const found: FoundRows = { rows: [], notes: [], flaws: [] };
  const take = reader(layout);
  const hidden: number[] = [];
  let aspect = '';
  let problem = '';
  for (const row of sheet.rows) {
    if (row.line <= headLine || isHeadingAgain(row, layout)) continue;
    const section = sectionIn(row, layout);
    if (section) [aspect, problem] = [section, ''];
    if (section || isFooter(row)) continue;
    const cells = Object.fromEntries(
      Object.keys(mapping).flatMap((field) => {
        const cell = take(row, field as Field);
        return cell ? [[field, cell]] : [];
      }),
    ) as LedgerRow['cells'];
    found.flaws.push(...flawsOf(row.line, cells, layout));
    aspect = words(cells.aspect) || aspect;
    const own = words(cells.problem);
    const measure = words(cells.measure);
    problem = own || (measure ? problem : '');
    if (own === '' && measure === '') {
      found.notes.push(`${placeIn(layout, row.line)}没有问题也没有措施，没有读入。`);
      continue;
    }
    if (problem === '' && cells.problem?.flaw === undefined)
      found.flaws.push(`${placeIn(layout, row.line)}有措施，但它和它的上面都没有问题`);
    if (row.isHidden) hidden.push(row.line);
    found.rows.push({ sheet: sheet.name, line: row.line, cells, mapping, aspect, problem, measure });
  }
  if (hidden.length > 0) {
    const lines = `${hidden.slice(0, 10).join('、')}${hidden.length > 10 ? ' 等' : ''}`;
    found.notes.push(`工作表「${sheet.name}」第 ${lines} 行是隐藏的，已一并读入。`);
  }
  return found;
}

const placeIn = ({ sheet }: Layout, line: number): string => `「${sheet.name}」第 ${line} 行`;

/** The words, without a number before them. */
const words = (cell: BookCell | undefined): string => unnumbered(cell?.text ?? '');

const NUMBERED =
  /^\s*(?:问题|措施)?\s*(?:[（(]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]|(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[.．、:：](?!\d)|[①-⑳])\s*/u;
export const unnumbered = (text: string): string => text.trim().replace(NUMBERED, '').trim();

/** The cell, or that at the head of the merged cells in its column. */
function reader({ sheet, headLine, mapping }: Layout): (row: BookRow, field: Field) => BookCell | undefined {
  const byLine = new Map(sheet.rows.map((row) => [row.line, row]));
  const byColumn = new Map<number, Merge[]>();
  for (const merge of sheet.merges) {
    if (merge.top <= headLine || merge.bottom === merge.top) continue;
    byColumn.set(merge.left, [...(byColumn.get(merge.left) ?? []), merge]);
  }
  for (const merges of byColumn.values()) merges.sort((a, b) => a.top - b.top);
  const next = new Map<number, number>();
  return (row, field) => {
    const column = mapping[field] ?? -1;
    const own = row.cells.get(column);
    if (own) return own;
    // Rows come from the top, so each column's ranges are passed once.
    const merges = byColumn.get(column) ?? [];
    let at = next.get(column) ?? 0;
    while ((merges[at]?.bottom ?? Number.POSITIVE_INFINITY) < row.line) at += 1;
    next.set(column, at);
    const merge = merges[at];
    return merge && merge.top <= row.line ? byLine.get(merge.top)?.cells.get(column) : undefined;
  };
}

/** On a printed ledger the headings stand on each page. */
function isHeadingAgain(row: BookRow, { headings }: Layout): boolean {
  const same = [...row.cells].filter(
    ([column, { text }]) => text !== '' && headingText(text) === headingText(headings.get(column) ?? ''),
  );
  return same.length >= 2;
}

/** 「（一）党的领导方面」: one text over the whole width. */
function sectionIn(row: BookRow, { sheet, mapping }: Layout): string | undefined {
  const [only, ...others] = row.cells;
  if (!only || others.length > 0) return undefined;
  const [column, { text }] = only;
  const isWide = sheet.merges.some(
    ({ top, left, right }) => top === row.line && left === column && right - left >= 2,
  );
  const isNamed = /方面[：:]?$/u.test(text.trim()) && column !== mapping.aspect;
  const isFirst = column !== mapping.problem && column !== mapping.measure;
  return (isWide && !FOOTER.test(text.trim())) || (isNamed && isFirst) ? unnumbered(text) : undefined;
}

function isFooter({ cells }: BookRow): boolean {
  const [first] = [...cells.values()];
  return cells.size <= 3 && first !== undefined && FOOTER.test(first.text.trim());
}

function flawsOf(line: number, cells: LedgerRow['cells'], layout: Layout): string[] {
  return NEEDED.flatMap((field) => {
    const flaw = cells[field]?.flaw;
    const column = layout.mapping[field];
    return flaw && column !== undefined
      ? [`${placeIn(layout, line)} ${letterOf(column)} 列（${FIELDS[field]}）${flaw}`]
      : [];
  });
}

/** Rows of several sheets; what stands on a second one too, as on a copy, is read once. */
export function gather(found: readonly FoundRows[]): FoundRows {
  const all: FoundRows = { rows: [], notes: [], flaws: [] };
  const first = new Map<string, LedgerRow>();
  const again = new Map<string, number>();
  for (const { rows, notes, flaws } of found) {
    all.notes.push(...notes);
    all.flaws.push(...flaws);
    for (const row of rows) {
      const key = JSON.stringify([
        row.cells.ref?.text ?? '',
        row.aspect,
        row.problem,
        row.cells.measure?.text ?? '',
      ]);
      const before = first.get(key);
      if (!before) {
        first.set(key, row);
        all.rows.push(row);
      } else if (before.sheet === row.sheet)
        all.notes.push(`「${row.sheet}」第 ${row.line} 行与第 ${before.line} 行相同，没有重复读入。`);
      else {
        const pair = `工作表「${row.sheet}」与「${before.sheet}」`;
        again.set(pair, (again.get(pair) ?? 0) + 1);
      }
    }
  }
  for (const [pair, count] of again) all.notes.push(`${pair}有 ${count} 行相同，没有重复读入。`);
  return all;
}

/** 「1.… 2.… 3.…」 on lines of one cell are as many measures. */
export function splitMeasures(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const starts = lines.flatMap((line, index) => (NUMBERED.test(line) ? [index] : []));
  if (starts.length < 2 || starts[0] !== 0) return [unnumbered(text)].filter((one) => one !== '');
  return starts.map((start, index) => unnumbered(lines.slice(start, starts[index + 1]).join('\n')));
}
