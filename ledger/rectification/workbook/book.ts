import { Refusal } from '../../refusal.ts';

/** A file of tables, whatever its kind: what stands in its cells, nothing of how it was reckoned. */
export interface Book {
  sheets: BookSheet[];
  /** What was passed over or read otherwise than it looks, in sentences. */
  notes: string[];
}

export interface BookSheet {
  name: string;
  isHidden: boolean;
  /** Those in which something stands. */
  rows: BookRow[];
  merges: Merge[];
}

export interface BookRow {
  /** As the person who has the file open sees it, from 1. */
  line: number;
  isHidden: boolean;
  /** By column from 0; only cells in which something stands. */
  cells: Map<number, BookCell>;
}

export interface BookCell {
  text: string;
  /** YYYY-MM-DD, where the cell is formatted as a date. */
  on?: string;
  /** Where the file holds a number. */
  number?: number;
  /** The text is the result that the file keeps of a formula; nothing is ever reckoned here. */
  isFormula?: true;
  /** What is wrong with it, such as 「是错误值 #REF!」. */
  flaw?: string;
}

/** Cells that are one: lines from 1, columns from 0, ends included. */
export interface Merge {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** 0 → A, 27 → AB. */
export function letterOf(column: number): string {
  let rest = column + 1;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}

/** AB → 27. @returns `undefined` for what names no column */
export function columnOf(letters: string): number | undefined {
  if (!/^[A-Z]{1,3}$/i.test(letters)) return undefined;
  return [...letters.toUpperCase()].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;
}

/** 「整改台账」第 7 行 C 列 */
export const placeOf = (sheet: Pick<BookSheet, 'name'>, line: number, column?: number): string =>
  `「${sheet.name}」第 ${line} 行${column === undefined ? '' : ` ${letterOf(column)} 列`}`;

export const badFile = (sentence: string): Refusal => new Refusal('invalid-input', sentence);
