import type { Calendar, CalendarDate } from '../ledger/calendar.ts';

export interface Week {
  monday: CalendarDate;
  from: Date;
  /** The next week's beginning. */
  to: Date;
}

const WEEKS = 4;

/** This week by the bureau's clock and those before it, the earliest first. */
export const lastWeeks = (calendar: Calendar, today: CalendarDate): Week[] =>
  Array.from({ length: WEEKS }, (_, index) => {
    const monday = calendar.addDays(calendar.mondayOf(today), 7 * (index + 1 - WEEKS));
    const instant = (on: CalendarDate) => calendar.instantOf(on, '00:00');
    return { monday, from: instant(monday), to: instant(calendar.addDays(monday, 7)) };
  });
