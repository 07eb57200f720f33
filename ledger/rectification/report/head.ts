import type { FoldedText } from './folded-text.ts';
import { skipSpaces } from './folded-text.ts';
import { type Family, markerAt } from './marker.ts';
import { type Plainness, wordingOf } from './problem-wording.ts';

/** A place where a chapter, an aspect or a problem may begin. */
export interface Head {
  readonly family: Family;
  /** 0 where there is no number. */
  readonly number: number;
  readonly start: number;
  readonly contentStart: number;
  readonly line: number;
  /** The end of its line, or the next heading in the same line. */
  readonly lineEnd: number;
  readonly plainness: Plainness;
  /** Offset behind the heading's words, where its wording tells. */
  readonly wordsEnd?: number;
  /** It stands behind other text in its line. */
  readonly inline: boolean;
  /** Its line is short and ends in 方面. */
  readonly aspect: boolean;
}

const families = ['issue', 'chapter', 'part', 'number', 'bracket', 'half', 'circle'] as const;
const aspectLine =
  /^[^。;!?]{1,60}?(?<![一二三四五六七八九十\d几各多]个?)方面(?:(?:存在)?的?(?:主要)?问题)?(?:的?(?:整改|落实)(?:整改|落实|工作|进展|完成)*(?:情况|措施|进展)?)?[】。:]? *$/;
/** A title of the whole report, though it is worded like a problem. */
const reportTitle = /巡[察视].{0,10}(?:反馈|整改)|整改.{0,8}(?:通报|报告|公告|公示)/;
const inlineHead = /(?:[。;!?”] {0,4}| )(?=(?:问题 ?)?\d{1,3} ?[.、] {0,4}(?:关于|针对))/g;

/** All places that look like headings, in the order of the file. */
export function findHeads(text: FoldedText): Head[] {
  return text.lines.flatMap((line) => {
    const start = skipSpaces(text.folded, line.start);
    if (start >= line.end) return [];
    const inside = [...text.folded.slice(start, line.end).matchAll(inlineHead)].map(
      (found) => start + found.index + found[0].length,
    );
    return [start, ...inside].flatMap((at, index) => {
      const head = headAt(text.folded, at, line.number, inside[index] ?? line.end, index > 0);
      return head && (index === 0 || head.plainness === 2) ? [head] : [];
    });
  });
}

function headAt(
  folded: string,
  start: number,
  line: number,
  lineEnd: number,
  inline: boolean,
): Head | undefined {
  const marker = markerAt(folded, start, families);
  const contentStart = skipSpaces(folded, marker?.end ?? start);
  const wording = wordingOf(folded, contentStart, lineEnd);
  const rest = folded.slice(contentStart, Math.min(lineEnd, contentStart + 90));
  const aspect = aspectLine.test(rest);
  const bare = !marker && wording.plainness === 2 && !reportTitle.test(rest);
  if (!marker && !bare && !aspect) return undefined;
  return {
    family: marker?.family ?? 'bare',
    number: marker?.number ?? 0,
    start,
    contentStart,
    line,
    lineEnd,
    plainness: marker?.family === 'issue' ? 2 : wording.plainness,
    ...(wording.end === undefined ? {} : { wordsEnd: wording.end }),
    inline,
    aspect,
  };
}
