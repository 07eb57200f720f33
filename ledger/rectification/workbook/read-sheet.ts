import type { Rules } from '../../../config/rules.ts';
import {
  type BookCell,
  type BookRow,
  type BookSheet,
  badFile,
  columnOf,
  letterOf,
  type Merge,
  placeOf,
} from './book.ts';
import type { SharedText } from './strings-and-styles.ts';
import { readXml } from './xml.ts';

/** What the cells of a sheet point at. */
export interface Around {
  name: string;
  isHidden: boolean;
  texts: readonly SharedText[];
  dateStyles: ReadonlySet<number>;
  /** Dates count from 1904. */
  is1904: boolean;
  limits: Rules['import'];
}

/** A cell while it is read. */
interface Raw {
  line: number;
  column: number;
  type: string;
  style: number;
  value: string;
  length: number;
  isFormula: boolean;
}

/** So many merged ranges have a place on one sheet. */
const MERGES = 50_000;

/**
 * One sheet, cell by cell; what is formatted and empty costs nothing.
 * @throws Refusal `invalid-input` where it has more rows or columns than the rules allow
 */
export async function readSheet(part: Uint8Array, around: Around): Promise<BookSheet> {
  const { name, isHidden, limits } = around;
  const sheet: BookSheet = { name, isHidden, rows: [], merges: [] };
  let row: BookRow = { line: 0, isHidden: false, cells: new Map() };
  let cell: Raw | undefined;
  let column = -1;
  let takes = false;
  /** Between the marks for how a word is read aloud. */
  let isAloud = false;
  await readXml(part, {
    open(tag, attributes) {
      if (tag === 'row') {
        row = {
          line: lineIn(attributes.r) ?? row.line + 1,
          isHidden: isTrue(attributes.hidden),
          cells: new Map(),
        };
        column = -1;
      } else if (tag === 'c') {
        column = columnOf(/^[A-Z]+/i.exec(attributes.r ?? '')?.[0] ?? '') ?? column + 1;
        cell = newCell(row.line, column, attributes);
      } else if (tag === 'f' && cell) cell.isFormula = true;
      else if (tag === 'v' || tag === 't') takes = cell !== undefined && !isAloud;
      else if (tag === 'rPh') isAloud = true;
      else if (tag === 'mergeCell') addMerge(sheet, attributes.ref ?? '');
    },
    close(tag) {
      if (tag === 'v' || tag === 't') takes = false;
      if (tag === 'rPh') isAloud = false;
      if (tag === 'c' && cell) keepCell(sheet, row, cell, around);
      if (tag === 'c') cell = undefined;
      if (tag === 'row') keepRow(sheet, row, limits);
    },
    text(text) {
      if (!takes || !cell) return;
      cell.length += text.length;
      cell.value += text.slice(0, Math.max(0, limits.maxCharacters + 1 - cell.value.length));
    },
  });
  return sheet;
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

function lineIn(value: string | undefined): number | undefined {
  const line = Number(value);
  return Number.isSafeInteger(line) && line > 0 ? line : undefined;
}

const newCell = (line: number, column: number, attributes: Readonly<Record<string, string>>): Raw => ({
  line,
  column,
  type: attributes.t ?? 'n',
  style: Number(attributes.s ?? -1),
  value: '',
  length: 0,
  isFormula: false,
});

function keepCell(sheet: BookSheet, row: BookRow, raw: Raw, around: Around): void {
  const cell = cellOf(raw, around);
  if (!cell) return;
  const { maxColumns } = around.limits;
  if (raw.column >= maxColumns) {
    const where = `${letterOf(raw.column)} 列（第 ${raw.column + 1} 列）`;
    throw badFile(`${placeOf(sheet, raw.line)}写到了 ${where}，最多 ${maxColumns} 列，没有读入。`);
  }
  row.cells.set(raw.column, cell);
}

function keepRow(sheet: BookSheet, row: BookRow, { maxRows }: Rules['import']): void {
  if (row.cells.size === 0) return;
  if (sheet.rows.length >= maxRows + HEAD_ROOM)
    throw badFile(`${placeOf(sheet, row.line)}起已超过 ${maxRows} 行，没有读入。请分成几个文件后再试。`);
  sheet.rows.push(row);
}

/** Titles and headings are no rows of the ledger. */
const HEAD_ROOM = 40;

function cellOf(raw: Raw, { texts, dateStyles, is1904, limits }: Around): BookCell | undefined {
  const shared = raw.type === 's' ? texts[Number(raw.value)] : undefined;
  const { text, length } = shared ?? { text: raw.type === 's' ? '' : raw.value, length: raw.length };
  const formula = raw.isFormula ? ({ isFormula: true } as const) : {};
  if (text.trim() === '')
    return raw.isFormula ? { text: '', ...formula, flaw: '是公式，文件里没有保存它的结果' } : undefined;
  if (length > limits.maxCharacters)
    return { text: '', ...formula, flaw: `有 ${length} 字，最多 ${limits.maxCharacters} 字` };
  if (raw.type === 'e') return { text: '', ...formula, flaw: `是错误值 ${text.slice(0, 20)}` };
  if (raw.type === 'b') return { text: text === '1' ? '是' : '否', ...formula };
  if (raw.type === 'd') return { text: text.slice(0, 10), on: text.slice(0, 10), ...formula };
  if (raw.type !== 'n')
    return { text: text.replace(/\r\n?/g, '\n').replace(/_x000D_\n?/g, '\n'), ...formula };
  const number = Number(text);
  if (!Number.isFinite(number)) return { text, ...formula };
  const on = dateStyles.has(raw.style) ? dayOfSerial(number, is1904) : undefined;
  return { text: on ?? String(number), number, ...(on !== undefined && { on }), ...formula };
}

const DAY_MS = 86_400_000;
const SERIALS_FROM = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
/** 31 December 9999. */
const LAST_SERIAL = 2_958_465;

/** The date that a table program shows for the number. The first two months of 1900 count a day that never was. */
export function dayOfSerial(serial: number, is1904: boolean): string | undefined {
  if (serial < 61 || serial > LAST_SERIAL) return undefined;
  const from = SERIALS_FROM[is1904 ? 1904 : 1900];
  return new Date(from + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10);
}

function addMerge(sheet: BookSheet, ref: string): void {
  const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/i.exec(ref);
  const [, left = '', top = '', right = '', bottom = ''] = found ?? [];
  const [from, to] = [columnOf(left), columnOf(right)];
  if (from === undefined || to === undefined) return;
  if (sheet.merges.length >= MERGES)
    throw badFile(`工作表「${sheet.name}」有超过 ${MERGES} 处合并的单元格，没有读入。`);
  const merge: Merge = { top: Number(top), bottom: Number(bottom), left: from, right: to };
  sheet.merges.push(merge);
}
