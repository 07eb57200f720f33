import type { Calendar, CalendarDate } from './calendar.ts';

/** Days before a year begins from which its notice, which comes in autumn, should be known. */
const AHEAD_DAYS = 30;

/** The year that has begun, or soon will, though the State Council's notice for it is not known here. */
export function unknownYear(calendar: Calendar, today: CalendarDate): number | undefined {
  const years = [today, calendar.addDays(today, AHEAD_DAYS)].map((on) => Number(on.slice(0, 4)));
  return years.find((year) => !calendar.isKnown(year));
}
