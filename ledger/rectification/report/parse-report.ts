import { quotedPlaces } from './boundary.ts';
import { type FoldedText, foldText, lineAt, trimmed } from './folded-text.ts';
import { findHeads } from './head.ts';
import { headingEnd } from './heading-end.ts';
import type { Family } from './marker.ts';
import { outlineOf, type ProblemPlace } from './outline.ts';
import { type LeftOver, readProblemBody } from './problem-body.ts';
import { ownWords } from './problem-wording.ts';
import { readFace } from './report-face.ts';

/** A published report on rectification after an inspection (巡察整改进展情况通报), as far as its text tells. */
export interface RectificationReport {
  /** 关于…整改进展情况的通报, where the text has one. */
  title?: string;
  /** As signed, or as named in the title. */
  issuer?: string;
  /** YYYY-MM-DD, from the signature. */
  issuedOn?: string;
  /** YYYY-MM-DD: the day on which the inspectors gave their findings (2021年2月1日,巡察组反馈了巡察意见). */
  feedbackOn?: string;
  problems: ReportProblem[];
  /** What stands among the problems and belongs to none; text before and behind them is not listed. */
  unplaced: UnplacedLine[];
}

export interface ReportProblem {
  /** As the report numbers it; counted through from 1 where its numbers do not ascend (each aspect begins at 1). */
  number: number;
  /** 方面, without number and 关于. */
  aspect?: string;
  /** The problem's own words: 政治理论学习缺乏系统性、实效性. */
  title: string;
  heading: string;
  /** From 1. */
  line: number;
  /** 具体表现: the text between the heading and the measures. */
  findings?: string;
  measures: ReportMeasure[];
}

export interface ReportMeasure {
  /** As the report numbers it; counted through from 1 where its numbers do not ascend or are missing. */
  number: number;
  /** The file's own characters from behind the number to the next measure, without white space at the ends. */
  text: string;
  /** The line, from 1, on which `text` begins. */
  line: number;
}

export interface UnplacedLine {
  /** From 1. */
  line: number;
  text: string;
  /** In Chinese. */
  why: string;
}

/**
 * Reads the form of such reports, whichever way a bureau numbers them. Never throws; a text without problems
 * gives none. Matching looks at a folded copy, all that is kept is cut from `text` itself.
 */
export function parseReport(text: string): RectificationReport {
  const page = foldText(text);
  const { signatureStart, ...face } = readFace(page);
  const heads = findHeads(page);
  const outline = outlineOf(page, heads, signatureStart ?? text.length);
  if (!outline) return { ...face, problems: [], unplaced: [] };
  const quoted = quotedPlaces(page);
  const leftOver: LeftOver[] = [...outline.leftOver];
  const numbers = ascending(outline.problems.map(({ head }) => head.number));
  return {
    ...face,
    problems: outline.problems.map((place, index) => ({
      number: numbers[index] ?? index + 1,
      ...readProblem(page, place, outline.family, quoted, leftOver),
    })),
    unplaced: unplacedLines(page, leftOver),
  };
}

function readProblem(
  page: FoldedText,
  { head, aspect, end }: ProblemPlace,
  family: Family,
  quoted: Uint8Array,
  leftOver: LeftOver[],
): Omit<ReportProblem, 'number'> {
  const cut = (start: number, stop: number) => {
    const span = trimmed(page, start, stop);
    return page.source.slice(span.start, span.end);
  };
  const wordsEnd = Math.min(headingEnd(page, head, quoted), end);
  const words = ownWords(page.folded, head.contentStart, wordsEnd);
  const body = readProblemBody(page, wordsEnd, end, family, quoted);
  leftOver.push(...body.leftOver);
  const numbers = ascending(body.measures.map((each) => each.number ?? 0));
  const heading = cut(head.start, wordsEnd);
  return {
    ...(aspect ? { aspect } : {}),
    title: cut(words.start, words.end) || heading,
    heading,
    line: head.line,
    ...(body.findings ? { findings: cut(body.findings.start, body.findings.end) } : {}),
    measures: body.measures.map(({ start, end: stop }, index) => ({
      number: numbers[index] ?? index + 1,
      text: page.source.slice(start, stop),
      line: lineAt(page, start).number,
    })),
  };
}

/** The numbers themselves if each is greater than the one before, else 1, 2, 3 …, so that no two are the same. */
function ascending(numbers: readonly number[]): readonly number[] {
  const ascends = numbers.every((each, index) => each > (numbers[index - 1] ?? 0));
  return ascends ? numbers : numbers.map((_, index) => index + 1);
}

function unplacedLines(page: FoldedText, leftOver: readonly LeftOver[]): UnplacedLine[] {
  return [...leftOver]
    .sort((a, b) => a.start - b.start)
    .flatMap(({ start, end, why }) => {
      const lines: UnplacedLine[] = [];
      for (let line = lineAt(page, start); ; ) {
        const text = page.source.slice(Math.max(start, line.start), Math.min(end, line.end)).trim();
        if (text && start < end) lines.push({ line: line.number, text, why });
        const next = page.lines[line.number];
        if (!next || next.start >= end) return lines;
        line = next;
      }
    });
}
