import type { CalendarDate } from '../calendar.ts';
import type { Entry } from '../define.ts';
import type { Person } from '../directory.ts';
import type { Entries } from '../entry.ts';
import { type Hour, leavesAt, type Timetable } from '../hour.ts';
import type { Role } from '../role.ts';
import { AT_WORK, OPEN, WARNED } from './data.ts';
import { levelOf } from './warning.ts';

/** When the week of the day brings 周督查, its summary, and warnings that cannot wait for the next week. */
export function hours(today: CalendarDate, timetable: Timetable): Hour[] {
  const { calendar, rules } = timetable;
  const { cardAt, summaryAt } = rules.weeklySupervision;
  const [first, last] = [calendar.firstWorkdayOfWeek(today), calendar.lastWorkdayOfWeek(today)];
  return [
    ...(first ? [{ at: leavesAt(timetable, first, cardAt), tells: hasWork }] : []),
    ...(last ? [{ at: leavesAt(timetable, last, summaryAt), tells: isSummedUpTo }] : []),
    ...warningHours(today, timetable),
  ];
}

const SUMMED_UP: readonly Role[] = ['secretary', 'supervisor'];

const hasWork: Hour['tells'] = ({ id }, entries) =>
  entries.some({ ledger: 'rectification', personId: id, parts: ['responsible'], states: AT_WORK });

const isSummedUpTo: Hour['tells'] = async ({ id, roles }, entries) =>
  roles.some((role) => SUMMED_UP.includes(role)) ||
  entries.some({ ledger: 'rectification', personId: id, parts: ['leader'], states: OPEN });

/** Items that are looked at: who has more that fall due in one week has a warning on each day of it. */
const MOST_ITEMS = 100;

/** One for each workday that is left, on which an item reaches a level and whose date is before the next week's first workday. */
function warningHours(today: CalendarDate, timetable: Timetable): Hour[] {
  const { calendar, rules } = timetable;
  const sunday = calendar.addDays(calendar.mondayOf(today), 6);
  const dueBefore = calendar.addWorkdays(sunday, 1);
  const days = Array.from({ length: calendar.daysBetween(today, sunday) }, (_, index) =>
    calendar.addDays(today, index + 1),
  ).filter((on) => calendar.isWorkday(on));
  const tellsOn =
    (on: CalendarDate, before: CalendarDate): Hour['tells'] =>
    async (person, entries) => {
      const items = await dueFor(person, entries, { dueAfter: today, dueBefore });
      return items.some((item) => {
        const [level, former] = [on, before].map((day) => levelOf(item, day, timetable));
        return level !== former && (level === 'yellow' || (level === 'green' && isHis(item, person)));
      });
    };
  return days.map((on, index) => ({
    at: leavesAt(timetable, on, rules.warnings.at),
    tells: tellsOn(on, days[index - 1] ?? today),
    isRare: true as const,
  }));
}

const dueFor = (
  { id }: Pick<Person, 'id'>,
  entries: Entries,
  due: { dueAfter: CalendarDate; dueBefore: CalendarDate },
): Promise<Entry[]> =>
  entries.list(
    {
      ...{ ledger: 'rectification', personId: id, parts: ['responsible', 'leader'] },
      ...{ states: WARNED, leaf: true, ...due },
    },
    { take: MOST_ITEMS },
  );

const isHis = ({ people }: Entry, { id }: Pick<Person, 'id'>): boolean =>
  people.some(({ personId, part }) => personId === id && part === 'responsible');
