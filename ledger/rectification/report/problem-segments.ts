import { boundaryAt } from './boundary.ts';
import type { FoldedText } from './folded-text.ts';

/** What a stretch of a problem's text is about, as its label says. */
export type SegmentKind = 'plain' | 'findings' | 'measures' | 'progress' | 'duty';

export interface Segment {
  readonly kind: SegmentKind;
  /** The label or the heading of a part, if there is one, stands in `[start, contentStart)`. */
  readonly start: number;
  readonly contentStart: number;
  readonly end: number;
  /** Set where the segment begins with 针对“…”的问题 inside a problem. */
  readonly partHeading?: true;
}

const labels: Readonly<Record<Exclude<SegmentKind, 'plain'>, string>> = {
  measures: '整改(?:落实|工作|主要|具体|的)?(?:措施|举措|办法)|(?:主要|具体|落实)(?:措施|举措)',
  progress:
    '整改(?:落实|工作|完成)?(?:情况|进展情况|进展|成效|结果|效果|进度)|(?:完成|落实|进展)情况|已取得成效',
  findings: '(?:具体|主要|问题)表现|(?:存在|反馈|具体|主要)的?(?:主要)?问题|问题(?:描述|表述)|反馈意见',
  duty: '(?:整改)?(?:责任|牵头|配合|包案|分管)(?:领导|人|单位|部门|科室|处室|股室)|(?:整改|完成|办结)(?:时限|期限|时间)|销号(?:时间|情况)',
};

const label = new RegExp(
  `【?(?:${Object.entries(labels)
    .map(([kind, words]) => `(?<${kind}>${words})`)
    .join('|')})(?:如下)?(?:】:?|:|(?= {0,4}(?:[\\r\\n]|$)))`,
  'g',
);

const partHeading =
  /(?:关于|针对)[^。;!?\r\n]{1,120}?问题(?:的?整改(?:落实)?(?:情况|措施)?)?(?:[,:。] {0,4}(?=一是|第一[,、:]|\(1\)|①|1\))|[:。]? {0,4}(?=[\r\n]|$))/g;

interface Break {
  readonly kind?: SegmentKind;
  readonly start: number;
  readonly contentStart: number;
}

/** Cuts a problem's text at its labels (整改措施:, 责任领导: …) and at the headings of its parts. */
export function segmentsOf(text: FoldedText, start: number, end: number, quoted: Uint8Array): Segment[] {
  const breaks = [...breaksOf(text, start, end, quoted)].sort((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let current: Omit<Segment, 'end'> = { kind: 'plain', start, contentStart: start };
  for (const each of breaks) {
    if (each.start < current.contentStart) continue;
    segments.push({ ...current, end: each.start });
    const { start: from, contentStart } = each;
    current = each.kind
      ? { kind: each.kind, start: from, contentStart }
      : { kind: current.kind, start: from, contentStart, partHeading: true };
  }
  segments.push({ ...current, end });
  return segments.filter(({ start: from, end: to }) => text.source.slice(from, to).trim() !== '');
}

function* breaksOf(text: FoldedText, start: number, end: number, quoted: Uint8Array): Generator<Break> {
  const body = text.folded.slice(start, end);
  const begins = (at: number) =>
    !quoted[at] && (body.slice(0, at - start).trim() === '' || (boundaryAt(text.folded, at) ?? 0) >= 2);
  for (const found of body.matchAll(label)) {
    const at = start + found.index;
    if (!begins(at)) continue;
    const kind = (Object.keys(labels) as (keyof typeof labels)[]).find((each) => found.groups?.[each]);
    if (kind) yield { kind, start: at, contentStart: at + found[0].length };
  }
  for (const found of body.matchAll(partHeading)) {
    const at = start + found.index;
    if (begins(at)) yield { start: at, contentStart: at + found[0].length };
  }
}
