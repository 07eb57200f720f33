import { createHash } from 'node:crypto';
import { type Book, type BookRow, type BookSheet, letterOf } from './book.ts';
import { FIELDS, type Field, fieldOf, headingText, type Mapping } from './fields.ts';

/** A sheet with headings, and what its columns are taken for. */
export interface Layout {
  sheet: BookSheet;
  /** Where the headings end: the ledger begins below. */
  headLine: number;
  headings: ReadonlyMap<number, string>;
  mapping: Mapping;
  /** The same for every sheet that has the same headings in the same columns. */
  key: string;
  /** Columns that could be the same thing, in sentences. */
  notes: string[];
  /** What stands above the headings. */
  titles: string[];
}

/** So far down are headings looked for. */
const LINES = 30;

/**
 * Looks for the headings of a sheet, in one row or in two of which the upper one names groups; rows above are titles.
 * @returns `undefined` where no row names a problem or a measure beside something else
 */
export function findLayout(sheet: BookSheet): Layout | undefined {
  const rows = sheet.rows.slice(0, LINES);
  // Of equals the one of one row: a title above it adds nothing.
  const candidates = [
    ...rows.map((row, index) => ({ index, headLine: row.line, headings: headingsIn([row], sheet) })),
    ...rows.flatMap((row, index) => {
      const next = rows[index + 1];
      if (next?.line !== row.line + 1 || !isHeadPair(row, next, sheet)) return [];
      return [{ index, headLine: next.line, headings: headingsIn([row, next], sheet) }];
    }),
  ].map((each) => ({ ...each, score: scoreOf(each.headings) }));
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (found, each) => (each.score > (found?.score ?? 1) ? each : found),
    undefined,
  );
  if (!best) return undefined;
  const { headLine, headings } = best;
  const titles = rows
    .slice(0, best.index)
    .flatMap(({ cells }) => [...cells.values()].map(({ text }) => text));
  const key = keyOf(headings);
  return { sheet, headLine, headings, key, titles, ...guess(headings, sheet) };
}

/** Two rows are one heading where the lower one stands under a group, or beside cells that reach down to it. */
function isHeadPair(upper: BookRow, lower: BookRow, sheet: BookSheet): boolean {
  const isGrouped = sheet.merges.some(({ top, bottom, left, right }) => {
    if (top > upper.line || bottom < upper.line) return false;
    return right > left || bottom === lower.line;
  });
  return isGrouped || [...lower.cells.keys()].some((column) => !upper.cells.has(column));
}

function headingsIn([upper, lower]: readonly BookRow[], sheet: BookSheet): Map<number, string> {
  const found = new Map<number, string>();
  const columns = new Set([...(upper?.cells.keys() ?? []), ...(lower?.cells.keys() ?? [])]);
  for (const column of [...columns].sort((a, b) => a - b)) {
    const below = lower?.cells.get(column)?.text.trim() ?? '';
    const above = upper && (groupAbove(upper, column, sheet) ?? '');
    if (below === '') found.set(column, upper?.cells.get(column)?.text.trim() ?? '');
    // 「领导」 under 「责任」 is 责任领导.
    else found.set(column, fieldOf(`${above}${below}`)?.isExact ? `${above}${below}` : below);
  }
  return found;
}

/** The upper cell's text, also where it is merged over the column. */
function groupAbove(upper: BookRow, column: number, { merges }: BookSheet): string | undefined {
  const own = upper.cells.get(column)?.text.trim();
  if (own) return own;
  const over = merges.find(
    ({ top, bottom, left, right }) =>
      top <= upper.line && bottom >= upper.line && left <= column && right >= column,
  );
  return over && upper.cells.get(over.left)?.text.trim();
}

/** How many things the headings name; none where they name no problem and no measure. */
function scoreOf(headings: ReadonlyMap<number, string>): number {
  const fields = new Set([...headings.values()].flatMap((heading) => fieldOf(heading)?.field ?? []));
  return fields.has('problem') || fields.has('measure') ? fields.size : 0;
}

function guess(headings: ReadonlyMap<number, string>, sheet: BookSheet): Pick<Layout, 'mapping' | 'notes'> {
  const mapping: Partial<Record<Field, number>> = {};
  const notes: string[] = [];
  const meant = [...headings].flatMap(([column, heading]) => {
    const found = fieldOf(heading);
    return found ? [{ column, heading, ...found }] : [];
  });
  for (const { column, heading, field } of [
    ...meant.filter(({ isExact }) => isExact),
    ...meant.filter(({ isExact }) => !isExact),
  ]) {
    const taken = mapping[field];
    if (taken === undefined) mapping[field] = column;
    else
      notes.push(
        `工作表「${sheet.name}」${letterOf(taken)} 列和 ${letterOf(column)} 列（${heading.slice(0, 20)}）都像「${FIELDS[field]}」，取 ${letterOf(taken)} 列。`,
      );
  }
  return { mapping, notes };
}

const keyOf = (headings: ReadonlyMap<number, string>): string =>
  createHash('sha256')
    .update(JSON.stringify([...headings].map(([column, heading]) => [column, headingText(heading)])))
    .digest('hex')
    .slice(0, 32);

/** Every sheet of the book that has headings; of the others it is said that they were not read. */
export function layoutsOf(book: Book): { layouts: Layout[]; notes: string[] } {
  const layouts: Layout[] = [];
  const notes: string[] = [];
  for (const sheet of book.sheets) {
    const layout = findLayout(sheet);
    if (layout) layouts.push(layout);
    else if (sheet.rows.length === 0) notes.push(`工作表「${sheet.name}」是空的。`);
    else notes.push(`工作表「${sheet.name}」里没有找到表头，没有读入。`);
  }
  return { layouts, notes };
}
