import type { Entry } from '../../define.ts';
import type { DigestWeek } from '../../digest-week.ts';
import type { Section } from '../../message.ts';
import { OPEN } from '../data.ts';
import { waitingWord } from '../figures/applied-in-time.ts';
import { APPLIED_IN_TIME, readFacets } from '../figures/facets.ts';
import { countOverdue, ITEMS } from '../figures/figures.ts';
import { namesOf } from '../people-of.ts';
import { short } from '../wording.ts';

/**
 * What is red, the longest over its date first, and who holds it: of what the reader may see each by itself. Apart from it
 * what waits for others though its closing was asked for in time, and with whom it is.
 */
export async function overdue(week: DigestWeek): Promise<Section[]> {
  const { entries, today, store } = week;
  const seen = await countOverdue({ entries, among: 'seen', today });
  if (seen.overdue === 0) return [];
  const all = await countOverdue({ entries, among: 'figure', today });
  const { listed } = store.rules.leadersDigest;
  const over = { ...ITEMS, states: OPEN, dueBefore: today };
  const items = await entries.list(over, { take: listed + seen.appliedInTime, order: 'due' });
  const red = items.filter((item) => !isWaiting(item)).slice(0, listed);
  const waiting =
    seen.appliedInTime > 0
      ? await entries.list({ ...over, facets: APPLIED_IN_TIME }, { take: listed, order: 'due' })
      : [];
  return [
    ...named(
      '红色·已逾期',
      [all, seen].map((each) => each.overdue - each.appliedInTime),
      red.map((item) => redLine(item, week)),
    ),
    ...named(
      '已过时限，但已按期申请',
      [all, seen].map((each) => each.appliedInTime),
      waiting.map((item) => waitingLine(item, week)),
    ),
  ];
}

function named(heading: string, [all = 0, seen = 0]: readonly number[], lines: readonly string[]): Section[] {
  if (seen === 0) return [];
  const rest = seen - lines.length;
  return [
    {
      // Above stands the figure of all, of which a 班子成员 is named his own.
      heading: `${heading}（${all > seen ? `全部 ${all} 项，您可以查看的 ${seen} 项` : seen}）`,
      lines: [...lines, ...(rest > 0 ? [`… 另有 ${rest} 项`] : [])],
      actions: [{ action: '台账 逾期', label: '查看逾期' }],
    },
  ];
}

/** Whether it waits for others though its closing was asked for in time. */
export const isWaiting = ({ facets }: Entry): boolean => readFacets(facets).appliedInTime === true;

type Week = Pick<DigestWeek, 'today' | 'directory' | 'store'>;

export function redLine(item: Entry, { today, directory, store: { calendar } }: Week): string {
  const over = item.dueOn === null ? 0 : calendar.daysBetween(item.dueOn, today);
  const who = `${namesOf(item, 'responsible', directory)}（责任领导 ${namesOf(item, 'leader', directory)}）`;
  return `${item.ref} 已逾期 ${over} 天 · ${who} · ${short(item.title)}`;
}

const waitingLine = (item: Entry, { directory }: Week): string =>
  `${item.ref} ${waitingWord(item, directory)} · 时限 ${item.dueOn} · ${short(item.title)}`;
