import type { FoldedText } from './folded-text.ts';

/**
 * How clearly a marker at some place begins something new: 3 at the start of a line, 2 behind a full stop,
 * 1 behind a semicolon or colon, 0 behind a comma or a blank; `undefined` in the middle of a phrase.
 */
export type Boundary = 0 | 1 | 2 | 3;

const closers = /[”’"」』)》】]/;

export function boundaryAt(folded: string, index: number): Boundary | undefined {
  let at = index - 1;
  while (folded.charAt(at) === ' ') at--;
  const blank = at < index - 1;
  if (closers.test(folded.charAt(at)) && /[。!?;]/.test(folded.charAt(at - 1))) at--;
  const before = folded.charAt(at);
  if (before === '' || before === '\n' || before === '\r') return 3;
  if (/[。!?】]/.test(before)) return 2;
  if (/[;:]/.test(before)) return 1;
  return blank || before === ',' ? 0 : undefined;
}

const spans = [/《[^《》\r\n]{1,200}》/g, /“[^“”\r\n]{1,200}”/g, /\([^()\r\n]{1,200}\)/g];

/** Marks the characters inside 《…》, “…” and (…), where 二是 or (1) counts nothing. */
export function quotedPlaces(text: FoldedText): Uint8Array {
  const quoted = new Uint8Array(text.folded.length);
  for (const span of spans) {
    for (const found of text.folded.matchAll(span)) {
      quoted.fill(1, found.index + 1, found.index + found[0].length - 1);
    }
  }
  return quoted;
}
