import { closingAfter } from './closing.ts';
import { type FoldedText, trimmed } from './folded-text.ts';
import type { Head } from './head.ts';
import type { Family } from './marker.ts';
import type { LeftOver } from './problem-body.ts';
import { depthOf, headOrder, type ProblemFamily, problemFamily } from './problem-family.ts';
import { ownWords } from './problem-wording.ts';
import { findSections, type Section } from './sections.ts';

/** Where each problem stands, in the order of the file. */
export interface Outline {
  readonly family: Family;
  readonly problems: readonly ProblemPlace[];
  /** Lines of the problem sections outside every problem. */
  readonly leftOver: readonly LeftOver[];
}

export interface ProblemPlace {
  readonly head: Head;
  readonly aspect?: string;
  /** Offset at which the problem's text ends. */
  readonly end: number;
}

interface Placed {
  readonly head: Head;
  readonly role: 'aspect' | 'problem';
}

/** `end` is where the signature begins, or the end of the text. */
export function outlineOf(text: FoldedText, allHeads: readonly Head[], end: number): Outline | undefined {
  const heads = allHeads.filter((each) => each.start < end);
  const sections = findSections(text, heads);
  const found = problemFamily(
    text,
    sections.flatMap((each) => each.heads),
  );
  if (!found) return undefined;
  const parts = sections.map((section) => {
    const placed = placeHeads(section.heads, found);
    const until = Math.min(section.end, end);
    const lastHead = placed.at(-1)?.head;
    const closing =
      lastHead && section === sections.at(-1) ? closingAfter(text, lastHead.lineEnd, until) : undefined;
    const asAspect = found.family !== 'chapter' && isAspect(section, sections);
    const part = sectionOutline(text, { ...section, end: closing?.start ?? until }, placed, asAspect);
    return { ...part, leftOver: [...part.leftOver, ...(closing?.leftOver ?? [])] };
  });
  return {
    family: found.family,
    problems: parts.flatMap((each) => each.problems),
    leftOver: parts.flatMap((each) => each.leftOver),
  };
}

const isAspect = ({ chapter }: Section, sections: readonly Section[]) =>
  chapter !== undefined && (chapter.aspect || (sections.length > 1 && chapter.plainness > 0));

/** Tells problems from aspects among the headings of one section, and drops those that are neither. */
function placeHeads(heads: readonly Head[], found: ProblemFamily): Placed[] {
  const depth = headOrder.indexOf(found.family);
  const others = heads.filter(
    (each) => !each.inline && each.family !== 'chapter' && each.family !== found.family,
  );
  const wider = others.filter((each) => depthOf(each) < depth);
  const named = new Set(
    others.filter((each) => each.aspect && (depthOf(each) < depth || each.family === 'bare')),
  );
  const problems = acceptedProblems(heads, named, found);
  const roles = new Map<Head, Placed['role']>();
  for (const head of [...named, ...unnamedAspects(wider, problems)]) roles.set(head, 'aspect');
  for (const head of problems) roles.set(head, 'problem');
  return [...roles].map(([head, role]) => ({ head, role })).sort((a, b) => a.head.start - b.head.start);
}

/** Short headings right before a problem, unless their numbers begin again: then they are somebody's measures. */
function unnamedAspects(wider: readonly Head[], problems: ReadonlySet<Head>): Head[] {
  const begins = wider.filter((each) => each.number === 1).map((each) => each.family);
  const restarts = new Set(begins.filter((family, index) => begins.indexOf(family) !== index));
  const events = [...wider, ...problems].sort((a, b) => a.start - b.start);
  return events.filter((head, index) => {
    const next = events[index + 1];
    const short = head.lineEnd - head.contentStart <= 60;
    return short && !restarts.has(head.family) && !problems.has(head) && next && problems.has(next);
  });
}

/** A heading of the right kind counts if it is worded like a problem or is the next in turn. */
function acceptedProblems(
  heads: readonly Head[],
  aspects: ReadonlySet<Head>,
  found: ProblemFamily,
): ReadonlySet<Head> {
  const accepted = new Set<Head>();
  const isPlain = (head: Head) => found.plainness > 0 && head.plainness >= found.plainness;
  const lastPlain = new Map(
    heads
      .filter((each) => each.family === found.family && isPlain(each))
      .map((each) => [each.number, each.start]),
  );
  let last = 0;
  let fresh = true;
  for (const head of heads) {
    if (aspects.has(head)) {
      fresh = true;
      continue;
    }
    if (head.family !== found.family) continue;
    const inTurn = fresh || head.number === last + 1;
    const skipsOne = found.plainness === 0 && head.number === last + 2;
    const takenLater = (lastPlain.get(head.number) ?? -1) > head.start;
    const counts = isPlain(head)
      ? !head.inline || inTurn
      : !head.inline && (inTurn || skipsOne) && !takenLater;
    if (!counts) continue;
    accepted.add(head);
    last = head.number;
    fresh = false;
  }
  return accepted;
}

const whys = {
  lead: '在第一个问题之前，像是引导语',
  aspectLead: '这个方面的引导语，在第一个问题之前',
  finer: '方面之下更细的分类，没有保留',
  noProblem: '这个方面之下没有找到问题',
} as const;

type SectionOutline = Omit<Outline, 'family'>;

/** Deals a section's text out to its problems; where aspects are nested, the widest is kept. */
function sectionOutline(
  text: FoldedText,
  section: Section,
  placed: readonly Placed[],
  chapterIsAspect: boolean,
): SectionOutline {
  const problems: ProblemPlace[] = [];
  const leftOver: LeftOver[] = [];
  const { chapter } = section;
  let widest =
    chapter && chapterIsAspect ? { depth: depthOf(chapter), name: aspectOf(text, chapter) } : undefined;
  if (chapter && placed[0]?.head !== chapter) {
    leftOver.push({ start: section.start, end: placed[0]?.head.start ?? section.end, why: whys.lead });
  }
  for (const [index, { head, role }] of placed.entries()) {
    const next = placed[index + 1];
    const end = next?.head.start ?? section.end;
    if (role === 'problem') {
      problems.push({ head, end, ...(widest ? { aspect: widest.name } : {}) });
      continue;
    }
    const depth = aspectDepth(head);
    const holdsNext = next && (next.role === 'problem' || aspectDepth(next.head) > depth);
    const finer = widest && depth > widest.depth;
    if (!finer) widest = { depth, name: aspectOf(text, head) };
    if (!holdsNext) leftOver.push({ start: head.start, end, why: whys.noProblem });
    else if (finer) leftOver.push({ start: head.start, end, why: whys.finer });
    else leftOver.push({ start: aspectEnd(text, head), end, why: whys.aspectLead });
  }
  return { problems, leftOver };
}

/** An aspect without a number is taken for a wide one. */
const aspectDepth = (head: Head) => (head.family === 'bare' ? 0 : depthOf(head));

function aspectEnd(text: FoldedText, head: Head): number {
  const words = /^[^。:;]*[。:;]?/.exec(text.folded.slice(head.contentStart, head.lineEnd))?.[0] ?? '';
  return head.contentStart + words.length;
}

function aspectOf(text: FoldedText, head: Head): string {
  const words = ownWords(text.folded, head.contentStart, aspectEnd(text, head));
  const span = trimmed(text, words.start, words.end);
  return text.source.slice(span.start, span.end);
}
