import type { Calendar, CalendarDate } from './calendar.ts';
import type { Ledger } from './define.ts';
import type { Entries } from './entry.ts';
import type { Chart } from './message.ts';

/** Weeks that a trend looks back. */
const WEEKS = 8;

/** What each of the last weeks brought to a ledger, in the reader's figures; nothing where there was nothing. */
export async function weeklyTrend(
  entries: Entries,
  { name }: Ledger,
  thisMonday: CalendarDate,
  calendar: Calendar,
): Promise<Chart | undefined> {
  const mondays = Array.from({ length: WEEKS }, (_, index) =>
    calendar.addDays(thisMonday, -7 * (WEEKS - index)),
  );
  const counted = await Promise.all(
    mondays.map(async (monday) => {
      const week = {
        from: calendar.instantOf(monday, '00:00'),
        to: calendar.instantOf(calendar.addDays(monday, 7), '00:00'),
      };
      const all = { ledger: name, leaf: true };
      const [added, closed] = await Promise.all([
        entries.figure({ ...all, createdBetween: week }),
        entries.figure({ ...all, closedBetween: week }),
      ]);
      return { added, closed };
    }),
  );
  if (counted.every(({ added, closed }) => added === 0 && closed === 0)) return undefined;
  return {
    shape: 'bars',
    title: `近 ${WEEKS} 周（按周一日期）`,
    labels: mondays.map((monday) => monday.slice('2026-'.length)),
    series: [
      { name: '新增', values: counted.map(({ added }) => added) },
      { name: '办结', values: counted.map(({ closed }) => closed) },
    ],
  };
}
