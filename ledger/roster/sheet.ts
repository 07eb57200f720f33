/** A table as a file holds it, whatever the file's kind. */
export interface Sheet {
  name: string;
  rows: SheetRow[];
}

export interface SheetRow {
  /** As the person who has the file open sees it, from 1. */
  line: number;
  /** By column from 0; empty cells may be holes. */
  cells: (SheetCell | undefined)[];
}

export interface SheetCell {
  /** B7, or 第 2 列. */
  place: string;
  text: string;
  /** Why the text may not be taken for what was typed: 「是公式」. */
  problem?: string;
}

/** A text that a spreadsheet would run when the list is exported again (CSV injection). */
const RUNNABLE = /^\s*(?:[=+@]|-(?=.*[(|!]))/;

/** A cell from plain text: what could pass for a formula is one. */
export function textCell(place: string, text: string): SheetCell {
  return RUNNABLE.test(text) ? { place, text, problem: '是公式' } : { place, text };
}
