// The table alone: the package's functions read it by the machine's time zone and are a day off west of Greenwich.
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { CalendarDate } from './calendar.ts';
import { statutoryDays } from './statutory-days.ts';

/** What a bureau has taken from the State Council's notice itself: it goes before what the package says. */
export interface ArrangedDays {
  extraHolidays: readonly CalendarDate[];
  extraWorkdays: readonly CalendarDate[];
}

/** Which days are worked. */
export interface Workdays {
  /** @param weekday Monday is 0 */
  isWorked(on: CalendarDate, weekday: number): boolean;
  /** Whether the year's notice is known, from the package or from the bureau. */
  isKnown(year: number): boolean;
}

/** 法定节假日, and the weekend days worked in exchange (调休). */
const FREE: ReadonlySet<CalendarDate> = new Set(Object.keys(notices.holidays));
const WORKED: ReadonlySet<CalendarDate> = new Set(Object.keys(notices.workdays));
const SATURDAY = 5;

/** The package's notices with the bureau's own; in a year without either, the days that are free by law. */
export function workdays({ extraHolidays, extraWorkdays }: ArrangedDays): Workdays {
  const given = new Set(extraHolidays);
  const taken = new Set(extraWorkdays);
  // Every year's notice names 国庆节, and no other year's notice reaches that day; 元旦 may stand in the notice of the year before.
  const isKnown = (year: number) => FREE.has(`${year}-10-01`) || given.has(`${year}-10-01`);
  return {
    isKnown,
    isWorked(on, weekday) {
      if (taken.has(on)) return true;
      if (given.has(on)) return false;
      if (WORKED.has(on)) return true;
      if (weekday >= SATURDAY || FREE.has(on)) return false;
      const year = Number(on.slice(0, 4));
      return isKnown(year) || !statutoryDays(year).has(on);
    },
  };
}
