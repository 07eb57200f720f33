import type { CalendarDate } from '../../calendar.ts';
import type { DigestWeek } from '../../digest-week.ts';
import type { EntryFilter, Life } from '../../entry.ts';
import type { Chart } from '../../message.ts';
import type { Facets } from './facets.ts';
import { ITEMS } from './figures.ts';

/**
 * 在办 and 逾期 at the end of each of the last weeks, and what was closed in it; nothing where there was nothing. They are
 * told by the dates that items have now: a closing that did not last, and a date that was put off, are not in it. What was
 * applied for in time and waits, or waited until it was closed, is not 逾期, as elsewhere.
 */
export async function trend(
  { entries, monday, store: { calendar } }: Pick<DigestWeek, 'entries' | 'monday' | 'store'>,
  weeks: number,
  of: EntryFilter = {},
): Promise<Chart | undefined> {
  const mondays = Array.from({ length: weeks }, (_, index) => calendar.addDays(monday, -7 * (weeks - index)));
  const start = calendar.instantOf(mondays[0] ?? monday, '00:00');
  const lives = await entries.lives({ ...ITEMS, ...of, notClosedBefore: start });
  const counted = mondays.map((first) => {
    const next = calendar.addDays(first, 7);
    const [from, to] = [calendar.instantOf(first, '00:00'), calendar.instantOf(next, '00:00')];
    const count = (isMeant: (life: Life) => boolean) =>
      lives.reduce((sum, life) => (isMeant(life) ? sum + life.count : sum), 0);
    const isOpen = ({ createdAt, closedAt }: Life) => createdAt < to && (closedAt === null || closedAt >= to);
    return {
      open: count(isOpen),
      overdue: count((life) => isOpen(life) && isOver(life, next)),
      closed: count(({ closedAt }) => closedAt !== null && closedAt >= from && closedAt < to),
    };
  });
  if (counted.every(({ open, closed }) => open === 0 && closed === 0)) return undefined;
  return {
    shape: 'lines',
    title: `近 ${weeks} 周（按周一日期）`,
    labels: mondays.map((day) => day.slice('2026-'.length)),
    series: [
      { name: '周末在办', values: counted.map(({ open }) => open) },
      { name: '当周销号', values: counted.map(({ closed }) => closed) },
      { name: '周末逾期', values: counted.map(({ overdue }) => overdue) },
    ],
  };
}

/** There may be hundreds of thousands: the database's own facets are not checked one by one. */
const isOver = ({ dueOn, facets }: Life, on: CalendarDate): boolean =>
  dueOn !== null && dueOn < on && (facets as Facets).appliedInTime !== true;
