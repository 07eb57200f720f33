import type { Calendar, CalendarDate } from '../calendar.ts';

/** 长期坚持: progress is told by the last day of the quarter, and there is no date by which the work is done. */
export const quarterEnd = (on: CalendarDate, calendar: Calendar): CalendarDate => {
  const [year = '', month = ''] = on.split('-');
  const last = Math.ceil(Number(month) / 3) * 3;
  const firstOfLast = `${year}-${String(last).padStart(2, '0')}-01`;
  return calendar.addDays(calendar.addMonths(firstOfLast, 1), -1);
};

/** The end of the quarter after. */
const next = (end: CalendarDate, calendar: Calendar): CalendarDate =>
  quarterEnd(calendar.addDays(quarterEnd(end, calendar), 1), calendar);

/** When progress is first due: with this quarter, or with the next where this one ends within so many days. */
export const firstQuarterEnd = (today: CalendarDate, noticeDays: number, calendar: Calendar): CalendarDate =>
  quarterEnd(calendar.addDays(today, noticeDays), calendar);

/**
 * When progress is due after it was told today. Telling it moves the date on by a quarter, at most to the end of the next
 * one: who tells it every week does not put off what the next quarter asks of him.
 */
export function dueAfterProgress(dueOn: CalendarDate, today: CalendarDate, calendar: Calendar): CalendarDate {
  const moved = next(dueOn, calendar);
  const soonest = quarterEnd(today, calendar);
  const latest = next(today, calendar);
  if (moved < soonest) return soonest;
  return moved > latest ? latest : moved;
}

const QUARTERS = ['一', '二', '三', '四'];

/** 「四季度」 */
export const quarterName = (on: CalendarDate): string =>
  `${QUARTERS[Math.ceil(Number(on.slice(5, 7)) / 3) - 1]}季度`;

/** When progress of 长期坚持 is due next, and for which quarter: 「2026-12-31，四季度」. */
export const progressDue = (dueOn: CalendarDate): string => `${dueOn}，${quarterName(dueOn)}`;
