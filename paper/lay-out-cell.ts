import { breakLines, type Measure } from './break-lines.ts';
import { type Block, type FormCell, signatureLine } from './form.ts';

/** Points. */
export const SIZE = 10.5;
const LINE_HEIGHT = 16.5;
const BEFORE_SIGNATURE = 12;
/** Between the options of one question. */
const GAP = 12;
/** A tick box with the space behind it. */
export const TICK_WIDTH = SIZE + 2;

/** Something on a line, `x` from the cell's inner left edge. */
export type Piece = { x: number; text: string } | { x: number; ticked: boolean };

export interface Line {
  pieces: Piece[];
  /** Above the line and with it. */
  height: number;
}

/** A cell's lines in a cell so wide, all of them. */
export function cellLines({ blocks, minLines = 0 }: FormCell, width: number, measure: Measure): Line[] {
  const lines = blocks.flatMap((block) => blockLines(block, width, measure));
  // What is signed stands at the bottom of the room that is left for writing.
  const end = blocks.at(-1)?.kind === 'signature' ? lines.length - 1 : lines.length;
  while (lines.length < minLines) lines.splice(end, 0, { pieces: [], height: LINE_HEIGHT });
  return lines;
}

function blockLines(block: Block, width: number, measure: Measure): Line[] {
  if (block.kind === 'choices') return choiceLines(block.choices, width, measure);
  if (block.kind === 'text') return breakLines(block.text, width, measure).map((text) => lineOf(text));
  const line = signatureLine(block.who);
  const x = Math.max(0, width - measure(line));
  return [{ pieces: [{ x, text: line }], height: LINE_HEIGHT + BEFORE_SIGNATURE }];
}

const lineOf = (text: string): Line => ({ pieces: text ? [{ x: 0, text }] : [], height: LINE_HEIGHT });

/** An option is not parted from its box. */
function choiceLines(
  choices: readonly { label: string; ticked: boolean }[],
  width: number,
  measure: Measure,
): Line[] {
  const lines: Line[] = [lineOf('')];
  let x = 0;
  for (const { label, ticked } of choices) {
    const size = TICK_WIDTH + measure(label);
    if (x > 0 && x + size > width) {
      lines.push(lineOf(''));
      x = 0;
    }
    lines.at(-1)?.pieces.push({ x, ticked }, { x: x + TICK_WIDTH, text: label });
    x += size + GAP;
  }
  return lines;
}

export const heightOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { height }) => sum + height, 0);

/** As many lines from the beginning as fit into the height, and the rest. */
export function parted(lines: readonly Line[], height: number): [Line[], Line[]] {
  let used = 0;
  const count = lines.findIndex((line) => {
    used += line.height;
    return used > height;
  });
  return count < 0 ? [[...lines], []] : [lines.slice(0, count), lines.slice(count)];
}
