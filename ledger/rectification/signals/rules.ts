import type { Rules } from '../../../config/rules.ts';
import type { CalendarDate } from '../../calendar.ts';
import type { EntryFile } from '../../entry-file.ts';
import type { ItemData, Signal } from '../data.ts';
import { comparer, normalise } from './shingles.ts';

type Limits = Rules['paperClosing'];

/** Refs that a sentence names; the rest is counted. */
const NAMED = 5;

/** What another item says of itself, as far as it is compared. */
export interface Other {
  ref: string;
  data: ItemData;
}

const byNumber = (one: string, other: string) => one.localeCompare(other, 'zh', { numeric: true });

/** 「Z1-1-2、Z1-2-1 等 7 项」 */
function refsIn(refs: readonly string[]): string {
  const named = [...refs].sort(byNumber).slice(0, NAMED).join('、');
  return refs.length > NAMED ? `${named} 等 ${refs.length} 项` : named;
}

/** @param under under which other items each of the files stands too: refs by the file's id */
export function sameFile(
  files: readonly EntryFile[],
  under: ReadonlyMap<string, readonly string[]>,
): Signal[] {
  return files.flatMap(({ id, name }): Signal[] => {
    const refs = under.get(id) ?? [];
    if (refs.length === 0) return [];
    return [{ kind: 'same-file', found: `「${name}」同时是 ${refsIn(refs)} 的佐证文件` }];
  });
}

const TEXTS = { summary: '完成情况', progress: '最新进展' } as const;

/** What is said of an item, as it is compared: no text that is too short. */
function texts({ application, progress }: Said, { shortestText }: Limits) {
  const comparable = (text = '') => {
    const normal = normalise(text);
    return normal.length >= shortestText ? normal : undefined;
  };
  return { summary: comparable(application?.summary), progress: comparable(progress?.text) };
}

interface Said {
  application?: { summary: string } | undefined;
  progress?: { text: string } | undefined;
}

/**
 * What is said of other items in nearly the same words.
 * @param own the closing that is asked for, and the latest progress
 */
export function similarText(own: Said, others: readonly Other[], limits: Limits): Signal[] {
  const all = others.map(({ ref, data }) => ({ ref, said: Object.values(texts(data, limits)) }));
  return Object.entries(texts(own, limits)).flatMap(([name, text]): Signal[] => {
    if (text === undefined) return [];
    const compare = comparer(text, limits.similarPercent);
    const alike = all.flatMap(({ ref, said }) => {
      const percent = Math.max(0, ...said.map((each) => (each === undefined ? 0 : compare(each))));
      return percent > 0 ? [{ ref, percent }] : [];
    });
    if (alike.length === 0) return [];
    const most = Math.max(...alike.map(({ percent }) => percent));
    const refs = refsIn(alike.map(({ ref }) => ref));
    const found = `${TEXTS[name as keyof typeof TEXTS]}与 ${refs} 的文字近乎相同（相似度 ${most}%）`;
    return [{ kind: 'similar-text', found }];
  });
}

/** 佐证 whose own date lies before the problem was fed back. */
export const oldEvidence = (
  files: readonly EntryFile[],
  { feedbackOn }: Pick<ItemData, 'feedbackOn'>,
): Signal[] =>
  files.flatMap(({ name, madeOn }): Signal[] =>
    feedbackOn !== undefined && madeOn !== undefined && madeOn < feedbackOn
      ? [
          {
            kind: 'old-evidence',
            found: `「${name}」自身日期为 ${madeOn}，早于反馈日期 ${feedbackOn}`,
          },
        ]
      : [],
  );

/** @param refs of all items of the 科室 whose last day it is and whose closing was asked for on it, this one among them */
export function lastDay(refs: readonly string[], today: CalendarDate, { lastDayCount }: Limits): Signal[] {
  if (refs.length < lastDayCount) return [];
  const found = `责任科室在时限当日（${today}）已有 ${refs.length} 项申请销号：${refsIn(refs)}`;
  return [{ kind: 'last-day', found }];
}

/** Progress of another day in nearly the same words; what is said anew on the same day corrects. */
export function repeatedProgress(
  { progress, progressBefore }: Pick<ItemData, 'progress' | 'progressBefore'>,
  { similarPercent, shortestText }: Limits,
): Signal[] {
  if (!progress || !progressBefore || progress.on === progressBefore.on) return [];
  const text = normalise(progress.text);
  if (text.length < shortestText) return [];
  const percent = comparer(text, similarPercent)(normalise(progressBefore.text));
  if (percent === 0) return [];
  const found = `${progress.on} 的进展与 ${progressBefore.on} 的近乎相同（相似度 ${percent}%）`;
  return [{ kind: 'repeated-progress', found }];
}

/** What was found of closings that were asked for before and withdrawn, and is not found of this one. */
export function ofWithdrawn(
  withdrawn: NonNullable<ItemData['withdrawn']>,
  found: readonly Signal[],
): Signal[] {
  const known = new Set(found.map((signal) => signal.found));
  return withdrawn.toReversed().flatMap(({ on, signals = [] }) =>
    signals.flatMap((signal): Signal[] => {
      if (known.has(signal.found)) return [];
      known.add(signal.found);
      return [{ ...signal, found: `${on} 申请、后撤回的一次：${signal.found}`, withdrawnOn: on }];
    }),
  );
}
