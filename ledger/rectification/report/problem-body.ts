import { boundaryAt } from './boundary.ts';
import { type FoldedText, trimmed } from './folded-text.ts';
import { type Family, markerAt } from './marker.ts';
import { measureChain, type Ordinal } from './measure-chain.ts';
import { type Segment, type SegmentKind, segmentsOf } from './problem-segments.ts';

/** Offsets into the text; `why` says in Chinese why nothing was made of it. */
export interface LeftOver {
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

export interface MeasureSpan {
  /** As the report numbers it; `undefined` where the text has no number. */
  readonly number?: number;
  readonly start: number;
  readonly end: number;
}

export interface ProblemBody {
  readonly findings?: { readonly start: number; readonly end: number };
  readonly measures: readonly MeasureSpan[];
  readonly leftOver: readonly LeftOver[];
}

const whys = {
  duty: '责任人和时限不从通报导入，请在台账中指派',
  progress: '这个问题另有“整改措施”，这里写的是进展，没有作为措施导入',
  findings: '在整改措施之后又写了问题表现，没有归入',
  lead: '整改措施前的引导语，没有序号，没有作为措施导入',
  part: '问题内部的分项标题，其下措施已归入这个问题',
  plain: '在标签之外，不知道属于哪一项',
  turn: '序号与前面的措施接不上，没有作为措施导入',
  empty: '序号后面没有内容',
} as const;

/** Findings, measures and what is left over of one problem, whose text stands in `[start, end)` behind its heading. */
export function readProblemBody(
  text: FoldedText,
  start: number,
  end: number,
  problemFamily: Family,
  quoted: Uint8Array,
): ProblemBody {
  const segments = segmentsOf(text, start, end, quoted);
  const source = measureSource(segments);
  const lists = segments.map((each) =>
    each.kind === source ? readList(text, each, problemFamily, quoted) : undefined,
  );
  const first = lists.findIndex((each) => each && each.measures.length > 0);
  const leftOver: LeftOver[] = [];
  let findings: { start: number; end: number } | undefined;
  for (const [index, segment] of segments.entries()) {
    const list = lists[index];
    const opening =
      (first < 0 || index <= first) && (segment.kind === 'plain' || segment.kind === 'findings');
    if (opening)
      findings = { start: findings?.start ?? findingsStart(segment), end: list?.lead.end ?? segment.end };
    else leftOver.push(...besidesMeasures(text, segment, list));
    if (list) leftOver.push(...list.leftOver);
  }
  const found = findings && trimmed(text, findings.start, findings.end);
  return {
    ...(found && found.end > found.start ? { findings: found } : {}),
    measures: lists.flatMap((each) => each?.measures ?? []),
    leftOver: leftOver.sort((a, b) => a.start - b.start),
  };
}

const findingsStart = (segment: Segment) =>
  segment.kind === 'findings' ? segment.contentStart : segment.start;

function measureSource(segments: readonly Segment[]): SegmentKind | undefined {
  const order: readonly SegmentKind[] = ['measures', 'progress', 'plain', 'findings'];
  return order.find((kind) => segments.some((each) => each.kind === kind));
}

function besidesMeasures(text: FoldedText, segment: Segment, list: MeasureList | undefined): LeftOver[] {
  if (!list) {
    const why = segment.kind === 'measures' ? whys.plain : whys[segment.kind];
    return [{ start: segment.start, end: segment.end, why }];
  }
  const leftOver: LeftOver[] = [];
  if (segment.partHeading) leftOver.push({ start: segment.start, end: segment.contentStart, why: whys.part });
  const lead = trimmed(text, list.lead.start, list.lead.end);
  if (lead.end > lead.start) leftOver.push({ ...lead, why: whys.lead });
  return leftOver;
}

interface MeasureList {
  readonly lead: { readonly start: number; readonly end: number };
  readonly measures: readonly MeasureSpan[];
  readonly leftOver: readonly LeftOver[];
}

function readList(
  text: FoldedText,
  segment: Segment,
  problemFamily: Family,
  quoted: Uint8Array,
): MeasureList {
  const { contentStart, end, kind } = segment;
  const { chain, strays } = ordinalsIn(text, segment, problemFamily, quoted);
  const astray = new Set(strays);
  const cuts = [...chain, ...strays].sort((a, b) => a.start - b.start);
  if (chain.length === 0) return withoutNumbers(text, segment, kind !== 'findings');
  const measures: MeasureSpan[] = [];
  const leftOver: LeftOver[] = [];
  for (const [index, cut] of cuts.entries()) {
    const until = cuts[index + 1]?.start ?? end;
    const span = trimmed(text, cut.end, until);
    if (astray.has(cut)) leftOver.push({ start: cut.start, end: until, why: whys.turn });
    else if (!saysSomething.test(text.source.slice(span.start, span.end)))
      leftOver.push({ start: cut.start, end: until, why: whys.empty });
    else measures.push({ number: cut.number, ...span });
  }
  return { lead: { start: contentStart, end: cuts[0]?.start ?? end }, measures, leftOver };
}

const saysSomething = /[\p{L}\p{N}]/u;

/** A report that numbers nothing below a problem describes one measure; what is labelled as findings is none. */
function withoutNumbers(text: FoldedText, segment: Segment, isMeasure: boolean): MeasureList {
  const { contentStart, end } = segment;
  const span = trimmed(text, contentStart, end);
  if (!isMeasure || span.end === span.start)
    return { lead: { start: contentStart, end }, measures: [], leftOver: [] };
  return { lead: { start: contentStart, end: contentStart }, measures: [span], leftOver: [] };
}

const mayBegin =
  /[一二三四五六七八九十]{1,3}是|[第其](?=[一二三四五六七八九十\d])|[(①-⑳⑴-⒇⒈-⒛㈠-㈩]|\d{1,3}(?= ?[.、)])/g;

function ordinalsIn(text: FoldedText, segment: Segment, problemFamily: Family, quoted: Uint8Array) {
  const families = (['ordinal', 'rank', 'bracket', 'circle', 'half', 'number', 'part'] as const).filter(
    (each) => each !== problemFamily,
  );
  const byFamily = new Map<Family, Ordinal[]>();
  const head = trimmed(text, segment.contentStart, segment.end).start;
  for (const found of text.folded.slice(segment.contentStart, segment.end).matchAll(mayBegin)) {
    const at = segment.contentStart + found.index;
    const boundary =
      at === head ? 3 : (boundaryAt(text.folded, at) ?? (/[①-⑳]/.test(found[0]) ? 0 : undefined));
    if (quoted[at] || boundary === undefined) continue;
    const marker = markerAt(text.folded, at, families);
    if (!marker || marker.end > segment.end || (marker.family === 'number' && boundary === 0)) continue;
    const sameFamily = byFamily.get(marker.family);
    if (sameFamily) sameFamily.push({ ...marker, boundary });
    else byFamily.set(marker.family, [{ ...marker, boundary }]);
  }
  return outermost([...byFamily.values()]);
}

/** Where several kinds of number are used, the one that comes first holds the others. */
function outermost(families: readonly Ordinal[][]): { chain: Ordinal[]; strays: Ordinal[] } {
  const lists = families.map((ordinals) => ({ ordinals, chain: measureChain(ordinals) }));
  const begun = lists.filter(({ chain }) => chain.length > 0);
  const sure = begun.filter(({ chain }) => chain.length > 1 || (chain[0]?.boundary ?? 0) >= 2);
  const first = (sure.length ? sure : begun).sort(
    (a, b) => (a.chain[0]?.start ?? 0) - (b.chain[0]?.start ?? 0),
  )[0];
  if (!first) return { chain: [], strays: [] };
  const chosen = new Set(first.chain);
  return {
    chain: first.chain,
    strays: first.ordinals.filter((each) => each.boundary === 3 && !chosen.has(each)),
  };
}
