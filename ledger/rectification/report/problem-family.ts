import { boundaryAt } from './boundary.ts';
import type { FoldedText } from './folded-text.ts';
import type { Head } from './head.ts';
import type { Family } from './marker.ts';
import type { Plainness } from './problem-wording.ts';

/** From the widest to the narrowest; a report's aspects stand before its problems in this order. */
export const headOrder: readonly Family[] = [
  'chapter',
  'part',
  'number',
  'issue',
  'bracket',
  'half',
  'circle',
  'bare',
];

export const depthOf = (head: Head) => headOrder.indexOf(head.family);

/** Which kind of number this report's problems bear, and how plain the wording of its problem headings is. */
export interface ProblemFamily {
  readonly family: Family;
  readonly plainness: Plainness;
}

/**
 * Reports number problems in every way there is, so the text itself must tell: the widest kind of plainly worded
 * heading that holds measures rather than further such headings; where nothing is worded plainly, the narrowest
 * kind of number that holds lists.
 */
export function problemFamily(text: FoldedText, heads: readonly Head[]): ProblemFamily | undefined {
  const lists = listStarts(text);
  const worded = familyByWording(heads, lists);
  const shaped = familyByShape(heads, lists);
  if (worded && shaped && shaped.count > 2 * worded.count) return { family: shaped.family, plainness: 0 };
  if (worded) return { family: worded.family, plainness: worded.plainness };
  return shaped && { family: shaped.family, plainness: 0 };
}

interface ListStart {
  readonly start: number;
  readonly short: boolean;
}

const listStart =
  /(?:一是|第一[,、:]|其一|\( ?1 ?\)|⑴|①|1\)|整改(?:工作|落实)?(?:措施|情况|进展)[:】])|1[.、](?!\d)|\(一\)|㈠/g;

function listStarts(text: FoldedText): ListStart[] {
  return [...text.folded.matchAll(listStart)]
    .filter((found) => boundaryAt(text.folded, found.index) !== undefined)
    .map((found) => ({ start: found.index, short: /^(?:1[.、]|\(一|㈠)/.test(found[0]) }));
}

type Counted = ProblemFamily & { readonly count: number };

function familyByWording(heads: readonly Head[], lists: readonly ListStart[]): Counted | undefined {
  const level = ([2, 1] as const).find((each) => heads.some((head) => head.plainness === each));
  if (!level) return undefined;
  const all = heads.filter((each) => each.plainness >= level);
  const numbered = all.filter((each) => each.family !== 'bare');
  const plain = numbered.length > 0 ? numbered : all;
  const holding = plain.filter((head, index) => {
    const next = plain[index + 1];
    if (!next || depthOf(next) <= depthOf(head)) return true;
    return hasListBetween(lists, head.wordsEnd ?? head.contentStart, next.start);
  });
  const count = (from: readonly Head[], family: Family) =>
    from.filter((each) => each.family === family).length;
  const held = headOrder.find((family) => count(holding, family) * 2 > count(plain, family));
  const family = held ?? headOrder.toSorted((a, b) => count(plain, b) - count(plain, a))[0];
  return family && { family, plainness: level, count: count(plain, family) };
}

function familyByShape(heads: readonly Head[], lists: readonly ListStart[]): Counted | undefined {
  for (const family of ['number', 'part'] as const) {
    const depth = headOrder.indexOf(family);
    const level = heads.filter((each) => !each.inline && depthOf(each) <= depth);
    const own = level.filter((each) => each.family === family);
    const narrower = family === 'number' ? lists.filter((each) => !each.short) : lists;
    const holding = level.filter((head, index) => {
      const end = level[index + 1]?.start ?? Number.POSITIVE_INFINITY;
      return head.family === family && hasListBetween(narrower, head.contentStart, end);
    });
    if (holding.length * 2 > own.length) return { family, plainness: 0, count: holding.length };
  }
  return undefined;
}

function hasListBetween(lists: readonly ListStart[], start: number, end: number): boolean {
  let low = 0;
  let high = lists.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lists[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return (lists[low]?.start ?? Number.POSITIVE_INFINITY) < end;
}
