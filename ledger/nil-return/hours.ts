import type { CalendarDate } from '../calendar.ts';
import { type Hour, leavesAt, type Timetable } from '../hour.ts';
import { askOn } from './asked.ts';
import { periodsBefore } from './period.ts';

/** When everybody is asked, where that is in the week of the day. */
export function hours(today: CalendarDate, timetable: Timetable): Hour[] {
  const { calendar, rules } = timetable;
  const sunday = calendar.addDays(calendar.mondayOf(today), 6);
  const [period] = rules.nilReturn.enabled ? periodsBefore(sunday, 1, timetable) : [];
  if (!period) return [];
  const at = leavesAt(timetable, askOn(period, timetable), rules.nilReturn.at);
  return [{ at, tells: async () => true }];
}
