import type { Entry } from '../../define.ts';
import type { DigestWeek } from '../../digest-week.ts';
import type { Section } from '../../message.ts';
import { OPEN } from '../data.ts';
import { ITEMS } from '../figures/figures.ts';
import { namesOf } from '../people-of.ts';
import { short } from '../wording.ts';

/** What is red, the longest over its date first, and who holds it: of what the reader may see each by itself. */
export async function overdue(week: DigestWeek): Promise<Section[]> {
  const { entries, today, store } = week;
  const filter = { ...ITEMS, states: OPEN, dueBefore: today };
  const total = await entries.count(filter);
  if (total === 0) return [];
  const { listed } = store.rules.leadersDigest;
  const items = await entries.list(filter, { take: listed, order: 'due' });
  const rest = total - items.length;
  return [
    {
      heading: `红色·已逾期（${total}）`,
      lines: [...items.map((item) => redLine(item, week)), ...(rest > 0 ? [`… 另有 ${rest} 项`] : [])],
      actions: [{ action: '台账 逾期', label: '查看逾期' }],
    },
  ];
}

export function redLine(
  item: Entry,
  { today, directory, store: { calendar } }: Pick<DigestWeek, 'today' | 'directory' | 'store'>,
): string {
  const over = item.dueOn === null ? 0 : calendar.daysBetween(item.dueOn, today);
  const who = `${namesOf(item, 'responsible', directory)}（责任领导 ${namesOf(item, 'leader', directory)}）`;
  return `${item.ref} 已逾期 ${over} 天 · ${who} · ${short(item.title)}`;
}
