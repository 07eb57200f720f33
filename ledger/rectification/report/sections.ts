import type { FoldedText } from './folded-text.ts';
import type { Head } from './head.ts';

/** The part of a report that tells of problems: one chapter, or the whole text where there are no chapters. */
export interface Section {
  readonly start: number;
  readonly end: number;
  /** The chapter's own heading, where the text has chapters. */
  readonly chapter?: Head;
  /** All that stand in it, the chapter's own first. */
  readonly heads: readonly Head[];
}

/** Chapters about how the work was organised or goes on, in whatever words their problems are counted. */
const frame =
  /下(?:一)?步|今后|努力方向|打算|工作安排|组织(?:领导|实施|部署|推进|开展|落实)*(?:情况)?$|主体责任|总体(?:情况|部署)|基本情况/;
const aboutProblems = /问题|整改(?:工作)?(?:任务|事项)?(?:落实|进展|完成)*情况|(?:落实|进展|完成)情况|方面/;

/** The sections in which problems are looked for; `[]` where every chapter is about something else. */
export function findSections(text: FoldedText, heads: readonly Head[]): Section[] {
  const chapters = chaptersOf(text, heads);
  if (chapters.length === 0) return [{ start: 0, end: text.source.length, heads }];
  const open = chapters
    .map((each) => ({ ...each, title: titleOf(text, each.chapter) }))
    .filter(({ chapter, title }) => chapter.plainness === 2 || !frame.test(title) || /问题/.test(title));
  const plainest = open.reduce((most, each) => Math.max(most, plainestOf(each)), 0);
  if (plainest === 0) return open.filter(({ title }) => aboutProblems.test(title));
  return open.filter((each) => plainestOf(each) === plainest || /问题/.test(each.title));
}

type Chapter = Section & { readonly chapter: Head };

function chaptersOf(text: FoldedText, heads: readonly Head[]): Chapter[] {
  const starts = [...heads.entries()].filter(([, each]) => each.family === 'chapter');
  return starts.map(([at, chapter], index) => {
    const [nextAt, next] = starts[index + 1] ?? [heads.length, undefined];
    const end = next?.start ?? text.source.length;
    return { chapter, start: chapter.lineEnd, end, heads: heads.slice(at, nextAt) };
  });
}

const plainestOf = (section: Section) =>
  section.heads.reduce<number>((most, each) => Math.max(most, each.plainness), 0);

function titleOf(text: FoldedText, chapter: Head): string {
  const line = text.folded.slice(chapter.contentStart, Math.min(chapter.lineEnd, chapter.contentStart + 80));
  return (line.split(/[。:]/)[0] ?? '').trim();
}
