/** How plainly a heading says that it names a problem: 2 关于/针对…问题, 1 …的问题, 0 not at all. */
export type Plainness = 0 | 1 | 2;

export interface Wording {
  readonly plainness: Plainness;
  /** Offset behind the heading's own words, where they can be told from what follows in the line. */
  readonly end?: number;
}

const tail =
  '问题(?:的?(?:整改|落实|完成|办理)(?:整改|落实|工作|进展|完成|办理)*(?:情况|措施|进展|结果)?(?:如下)?)?';
const stop =
  ' {0,4}(?:[。.:;!】]|$|(?=[ (①-⑳⑴-⒇【])|(?=一是|第一[,、:]|其一|1[.、)]|整改|具体表现|主要表现))';
/** Quoted words may hold any punctuation; a quote that never closes falls to the second spelling. */
const words = ['(?:“[^“”]{1,160}”|[^。;!?“])', '[^。;!?]'];

const plain = words.map((each) => new RegExp(`^(?:关于|针对|对于)${each}{1,160}?${tail}${stop}`));
const vague = words.map((each) => new RegExp(`^${each}{1,100}?(?:的|[”"」』]|方面)${tail}${stop}`));
const labelled = /^(?:存在|反馈)?的?问题(?:表述|描述)?:/;
const longest = 360;

/** Judges the rest of a heading's line, `folded` from behind its number to the end of the line. */
export function wordingOf(folded: string, start: number, lineEnd: number): Wording {
  const rest = folded.slice(start, Math.min(lineEnd, start + longest));
  for (const pattern of plain) {
    const found = pattern.exec(rest);
    if (found) return { plainness: 2, end: start + found[0].length };
  }
  if (labelled.test(rest)) return { plainness: 2 };
  for (const pattern of vague) {
    const found = pattern.exec(rest);
    if (found && !found[0].includes(',')) return { plainness: 1, end: start + found[0].length };
  }
  return { plainness: 0 };
}

const before =
  /^[ 】]*(?:(?:存在|反馈)?的?问题(?:表述|描述)?:)?(?:(?:关于|针对|对于)(?:巡[察视]组?(?:反馈|指出)的?)?)? */;
const after =
  /(?:(?:存在的?|的)?问题(?:的?(?:整改|落实)(?:整改|落实|工作|进展|完成)*(?:情况|措施|进展|结果)?(?:如下)?)?|的整改(?:落实)?(?:情况|措施|进展)?)?[。.:;,! 】]{0,4}$/;
/** How much of a heading's end is looked at; what reports append to a problem's words is far shorter. */
const afterLength = 60;
const quotes = ['“”', '「」', '『』', '""', '‘’'];

/**
 * Where in `[start, end)` the problem's own words stand: without 关于, without 问题的整改, and without the
 * quotation marks when one pair holds them all.
 */
export function ownWords(folded: string, start: number, end: number): { start: number; end: number } {
  const heading = folded.slice(start, end);
  let from = before.exec(heading)?.[0].length ?? 0;
  const last = Math.max(0, heading.length - afterLength);
  let to = last + (after.exec(heading.slice(last))?.index ?? heading.length - last);
  if (to <= from) to = heading.length;
  const inner = heading.slice(from, to);
  if (quotes.some((pair) => wraps(inner, pair))) {
    from++;
    to--;
  }
  return { start: start + from, end: start + to };
}

function wraps(text: string, pair: string): boolean {
  const open = pair.charAt(0);
  const close = pair.charAt(1);
  if (text.length < 3 || text.at(0) !== open || text.at(-1) !== close) return false;
  const inside = text.slice(1, -1);
  return !inside.includes(open) && !inside.includes(close);
}
