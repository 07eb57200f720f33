/**
 * A text in two spellings of the same length: `source` as the file has it, `folded` with full-width letters,
 * digits and punctuation made half-width and every blank made a space. Rules match on `folded`; what is kept
 * is cut from `source` at the same offsets, so it stays the file's own characters.
 */
export interface FoldedText {
  readonly source: string;
  readonly folded: string;
  readonly lines: readonly TextLine[];
}

/** Offsets of one line without its line break; `number` counts from 1 as editors do. */
export interface TextLine {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

const fullWidthOffset = 0xfee0;

export function foldText(source: string): FoldedText {
  const folded = source
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - fullWidthOffset))
    .replace(/[\t\v\f\u00A0\u2000-\u200F\u202A-\u202F\u2060\u3000\uFEFF]/g, ' ')
    .replace(/\uFF64/g, '、')
    .replace(/\uFF61/g, '。');
  return { source, folded, lines: linesOf(source) };
}

function linesOf(source: string): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  for (const lineBreak of source.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ number: lines.length + 1, start, end: lineBreak.index });
    start = lineBreak.index + lineBreak[0].length;
  }
  lines.push({ number: lines.length + 1, start, end: source.length });
  return lines;
}

/** The line that holds the character at `index`. */
export function lineAt(text: FoldedText, index: number): TextLine {
  let low = 0;
  let high = text.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((text.lines[middle]?.start ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return text.lines[low] ?? { number: 1, start: 0, end: text.source.length };
}

/** `[start, end)` without the white space at its ends. */
export function trimmed(text: FoldedText, start: number, end: number): { start: number; end: number } {
  let from = start;
  let to = end;
  while (from < to && isBlank(text.source, from)) from++;
  while (to > from && isBlank(text.source, to - 1)) to--;
  return { start: from, end: to };
}

const isBlank = (source: string, index: number) => /\s/.test(source.charAt(index));

/** The first offset at or after `index` that is no space; line breaks are not skipped. */
export function skipSpaces(folded: string, index: number): number {
  let at = index;
  while (folded.charAt(at) === ' ') at++;
  return at;
}
