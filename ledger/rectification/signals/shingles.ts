/** Signs in a row that are compared at once. */
const LENGTH = 3;

/** A text as it is compared: letters, digits and characters only, whatever their width or case. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const countOf = (text: string): number => Math.max(0, text.length - LENGTH + 1);

/**
 * How alike two texts are, in hundredths, rounded down: what they have in common of every three signs in a row, as a part of what both
 * have (Dice). The same text gives 100, texts without three signs in common give 0, and the order of the two does not matter.
 */
export const likeness = (one: string, other: string): number => comparer(normalise(one), 0)(normalise(other));

/**
 * The same for one text and many others; for those below `from` it gives 0 as soon as that is sure.
 * @param own normalised, as the others have to be
 * @param from in whole hundredths
 */
export function comparer(own: string, from: number): (other: string) => number {
  const size = countOf(own);
  const shingles = shinglesOf(own);
  return (theirs) => {
    const both = size + countOf(theirs);
    if (both === 0) return 0;
    const needed = Math.ceil((from * both) / 200);
    if (Math.min(size, both - size) < needed) return 0;
    return Math.floor((200 * inCommon(shingles, theirs, both - size - needed)) / both);
  };
}

/** Every three signs in a row of a text, and how often they stand there. */
interface Shingles {
  counts: ReadonlyMap<string, number>;
  /** Whether some of them have that code: a text that has nothing to do with it is told apart by this alone. */
  codes: Uint8Array;
}

const CODES = 1 << 16;

const codeAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) * 31 + text.charCodeAt(at + 2)) % CODES;

function shinglesOf(text: string): Shingles {
  const counts = new Map<string, number>();
  const codes = new Uint8Array(CODES);
  for (let at = 0; at < countOf(text); at++) {
    const each = text.slice(at, at + LENGTH);
    counts.set(each, (counts.get(each) ?? 0) + 1);
    codes[codeAt(text, at)] = 1;
  }
  return { counts, codes };
}

/** @param spare so many of the text's may be foreign before the rest does not matter any more */
function inCommon({ counts, codes }: Shingles, text: string, spare: number): number {
  const used = new Map<string, number>();
  const isForeign = (at: number): boolean => {
    if (codes[codeAt(text, at)] === 0) return true;
    const each = text.slice(at, at + LENGTH);
    const taken = used.get(each) ?? 0;
    used.set(each, taken + 1);
    return taken >= (counts.get(each) ?? 0);
  };
  const all = countOf(text);
  let foreign = 0;
  for (let at = 0; at < all; at++) if (isForeign(at) && ++foreign > spare) return 0;
  return all - foreign;
}
