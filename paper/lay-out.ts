import { breakLines, type Measure } from './break-lines.ts';
import type { FormRow, PaperForm } from './form.ts';
import { RECEIPT_LABEL } from './form.ts';
import { cellLines, heightOf, type Line, parted, SIZE } from './lay-out-cell.ts';

/** Points: A4, upright. */
export const PAGE = { width: 595.28, height: 841.89, left: 60, right: 60, top: 64, bottom: 62 };
export const QR_SIZE = 84;
const COLUMNS = 6;
const COLUMN = (PAGE.width - PAGE.left - PAGE.right) / COLUMNS;
const PADDING = { x: 6, y: 5 };
const TITLE_SIZE = 19;
const NOTE_SIZE = 9;
const NOTE_HEIGHT = 14;
/** A row that is higher than this is parted rather than left a gap for. */
const PARTED_FROM = 150;
/** Less than this of a row is not begun at the end of a page. */
const LEAST_PART = 60;

/** What is drawn where; `y` is the top of it, points from the top of the page. */
export type Drawn =
  | { kind: 'text'; x: number; y: number; size: number; weight: 'regular' | 'medium'; text: string }
  | { kind: 'tick'; x: number; y: number; size: number; ticked: boolean }
  | { kind: 'frame'; x: number; y: number; width: number; height: number }
  | { kind: 'qr'; x: number; y: number; size: number; text: string };

export type Page = Drawn[];

/** How wide letters of size 1 are. */
export interface Measures {
  regular: Measure;
  medium: Measure;
}

/** A form on A4 pages: nothing is left out, nothing stands outside its frame, and what is long goes on on the next page. */
export function layOut(form: PaperForm, measures: Measures): Page[] {
  const sheet = new Sheet(measures);
  sheet.head(form);
  for (const row of form.rows) sheet.row(row);
  sheet.foot(form);
  return sheet.numbered(form.mark);
}

interface Box {
  label: string;
  lines: Line[];
  /** Columns beside the label's. */
  columns: number;
}

class Sheet {
  private readonly pages: Page[] = [[]];
  private readonly measures: Measures;
  private y = PAGE.top;

  constructor(measures: Measures) {
    this.measures = measures;
  }

  head({ title, head }: PaperForm): void {
    const width = PAGE.width - PAGE.left - PAGE.right;
    for (const line of breakLines(title, width, this.measure('medium', TITLE_SIZE))) {
      const x = PAGE.left + (width - this.measures.medium(line) * TITLE_SIZE) / 2;
      this.put({ kind: 'text', x, y: this.y, size: TITLE_SIZE, weight: 'medium', text: line });
      this.y += TITLE_SIZE * 1.5;
    }
    this.y += 8;
    const right = PAGE.width - PAGE.right - this.measures.regular(head[1]) * SIZE;
    this.words(PAGE.left, head[0]);
    this.words(right, head[1]);
    this.y += SIZE * 1.7;
  }

  row(row: FormRow): void {
    const columns = COLUMNS / row.length - 1;
    const width = columns * COLUMN - 2 * PADDING.x;
    const measure = this.measure('regular', SIZE);
    this.boxes(
      row.map((cell) => ({ label: cell.label, lines: cellLines(cell, width, measure), columns })),
      '',
    );
  }

  private boxes(boxes: readonly Box[], mark: string): void {
    const heights = boxes.map(({ lines }) => heightOf(lines));
    const labels = boxes.map(({ label }) => this.labelLines(label + mark).length * SIZE * 1.4);
    const height = Math.max(...heights, ...labels) + 2 * PADDING.y;
    if (height > this.room() && (height < PARTED_FROM || this.room() < LEAST_PART)) this.turn();
    const left = this.room();
    if (height <= left) {
      this.frames(boxes, mark, height);
      return;
    }
    const parts = boxes.map((box) => ({ box, parts: parted(box.lines, left - 2 * PADDING.y) }));
    this.frames(
      parts.map(({ box, parts: [first] }) => ({ ...box, lines: first })),
      mark,
      left,
    );
    this.turn();
    this.boxes(
      parts.map(({ box, parts: [, rest] }) => ({ ...box, lines: rest })),
      '（续）',
    );
  }

  private frames(boxes: readonly Box[], mark: string, height: number): void {
    let x = PAGE.left;
    for (const { label, lines, columns } of boxes) {
      this.put({ kind: 'frame', x, y: this.y, width: COLUMN, height });
      this.label(label + mark, x, height);
      this.put({ kind: 'frame', x: x + COLUMN, y: this.y, width: columns * COLUMN, height });
      this.lines(lines, x + COLUMN + PADDING.x, height);
      x += (columns + 1) * COLUMN;
    }
    this.y += height;
  }

  private label(label: string, x: number, height: number): void {
    const lines = this.labelLines(label);
    let y = this.y + (height - lines.length * SIZE * 1.4) / 2 + SIZE * 0.15;
    for (const text of lines) {
      const indent = (COLUMN - this.measures.regular(text) * SIZE) / 2;
      this.put({ kind: 'text', x: x + indent, y, size: SIZE, weight: 'regular', text });
      y += SIZE * 1.4;
    }
  }

  private labelLines(label: string): string[] {
    return breakLines(label, COLUMN - 2 * PADDING.x, this.measure('regular', SIZE));
  }

  /** Short things stand in the middle of their cell, writing begins at its top. */
  private lines(lines: readonly Line[], x: number, height: number): void {
    let y = this.y + (lines.length === 1 ? (height - heightOf(lines)) / 2 : PADDING.y);
    for (const { pieces, height: taken } of lines) {
      y += taken;
      for (const piece of pieces) {
        const at = { x: x + piece.x, y: y - SIZE * 1.35, size: SIZE };
        if ('text' in piece) this.put({ kind: 'text', ...at, weight: 'regular', text: piece.text });
        else this.put({ kind: 'tick', ...at, ticked: piece.ticked });
      }
    }
  }

  foot({ notes, receipt }: PaperForm): void {
    const width = PAGE.width - PAGE.left - PAGE.right - (receipt ? QR_SIZE + 12 : 0);
    const paragraphs = [...notes, ...(receipt ? [RECEIPT_LABEL + receipt] : [])];
    const lines = paragraphs.flatMap((note) => breakLines(note, width, this.measure('regular', NOTE_SIZE)));
    const height = Math.max(lines.length * NOTE_HEIGHT, receipt ? QR_SIZE : 0) + 8;
    if (this.y + height > PAGE.height - PAGE.bottom) this.turn();
    this.y += 8;
    if (receipt) {
      const x = PAGE.width - PAGE.right - QR_SIZE;
      this.put({ kind: 'qr', x, y: this.y, size: QR_SIZE, text: receipt });
    }
    for (const line of lines) {
      this.words(PAGE.left, line, NOTE_SIZE);
      this.y += NOTE_HEIGHT;
    }
  }

  /** The pages, each with what stands on every page. */
  numbered(mark: string): Page[] {
    return this.pages.map((page, index) => {
      const number = `第 ${index + 1} 页　共 ${this.pages.length} 页`;
      const x = PAGE.width - PAGE.right - this.measures.regular(number) * NOTE_SIZE;
      const at = { y: PAGE.height - PAGE.bottom + 18, size: NOTE_SIZE, weight: 'regular' } as const;
      return [
        ...page,
        { kind: 'text', x: PAGE.left, text: mark, ...at },
        { kind: 'text', x, text: number, ...at },
      ];
    });
  }

  private words(x: number, text: string, size = SIZE): void {
    if (text) this.put({ kind: 'text', x, y: this.y, size, weight: 'regular', text });
  }

  private put(drawn: Drawn): void {
    this.pages.at(-1)?.push(drawn);
  }

  private room(): number {
    return PAGE.height - PAGE.bottom - this.y;
  }

  private turn(): void {
    this.pages.push([]);
    this.y = PAGE.top;
  }

  private measure(weight: keyof Measures, size: number): Measure {
    return (text) => this.measures[weight](text) * size;
  }
}
