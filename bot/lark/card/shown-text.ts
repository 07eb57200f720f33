const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Control characters except the line break, and the marks that turn the direction of whatever follows them. */
const UNSEEN = /[[\p{Cc}\u202a-\u202e\u2066-\u2069]--\n]/gv;

/** The text as a person sees it: line breaks stay; what only confuses a screen, and halves of characters, go. */
export const shown = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll('\t', ' ')
    .replace(UNSEEN, '');

/** The text in at most so many UTF-16 units, ending in 「…」 where something was left out; no character is cut in two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // What is far behind the cut cannot move it.
  const head = text.slice(0, most + 64);
  const end = graphemes.segment(head).containing(Math.max(most - 1, 0))?.index ?? 0;
  return `${end > 0 ? head.slice(0, end) : wholeStart(head, most - 1)}…`;
}

/** For a single character of absurd length, such as a letter with a thousand accents. */
function wholeStart(text: string, most: number): string {
  const start = text.slice(0, Math.max(most, 0));
  return start.isWellFormed() ? start : start.slice(0, -1);
}

/** At most so many lines of at most so many units each, and a last one that says how many are missing. */
export function cutLines(lines: readonly string[], most: { lines: number; chars: number }): string[] {
  const kept = lines.slice(0, most.lines).map((line) => cut(line, most.chars));
  return kept.length < lines.length ? [...kept, `… 另有 ${lines.length - kept.length} 行`] : kept;
}
