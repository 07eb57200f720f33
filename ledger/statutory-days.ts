import chineseDays from 'chinese-days';
import type { CalendarDate } from './calendar.ts';

/** From this year on the days are those of 《全国年节及纪念日放假办法》 as revised on 10 November 2024. */
const IN_FORCE_FROM = 2025;
/** The table of lunar months, and the formula for 清明, hold for so long; of a later year only the fixed days are known. */
const LUNAR_UNTIL = 2099;

/** 元旦 1 day, 劳动节 2, 国庆节 3. */
const FIXED = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];
/** Lunar month and day: 除夕 to 正月初三 (counted from 初一), 端午节, 中秋节. */
const LUNAR: readonly { month: number; day: number; from: number; to: number }[] = [
  { month: 1, day: 1, from: -1, to: 2 },
  { month: 5, day: 5, from: 0, to: 0 },
  { month: 8, day: 15, from: 0, to: 0 },
];

/**
 * The days of that year on which everybody is free by law (第二条), whatever is arranged around them: known before the State
 * Council's notice, which adds the days that are exchanged (调休).
 */
export function statutoryDays(year: number): ReadonlySet<CalendarDate> {
  const known = found.get(year) ?? new Set(year < IN_FORCE_FROM ? [] : daysOf(year));
  found.set(year, known);
  return known;
}

const found = new Map<number, ReadonlySet<CalendarDate>>();

function daysOf(year: number): CalendarDate[] {
  const fixed = FIXED.map((day) => `${year}-${day}`);
  if (year > LUNAR_UNTIL) return fixed;
  return [...fixed, `${year}-04-0${qingming(year)}`, ...LUNAR.flatMap((feast) => lunarDays(year, feast))];
}

/** The day of April. The package has the same formula, and gives the day before where the machine is west of Greenwich. */
const qingming = (year: number): number =>
  Math.floor(0.2422 * (year % 100) + 4.81) - Math.floor((year % 100) / 4);

/**
 * By the package's table: the calendar of the JavaScript engine counts 春节 a day too late where the new moon falls close to
 * midnight, as in 2027. The package takes and gives dates of the machine's zone: noon is on that date everywhere.
 */
function lunarDays(year: number, { month, day, from, to }: (typeof LUNAR)[number]): CalendarDate[] {
  const { date } = chineseDays.getSolarDateFromLunar(new Date(year, month - 1, day, 12));
  const first = Date.parse(date);
  return Array.from({ length: to - from + 1 }, (_, index) =>
    new Date(first + (from + index) * DAY_MS).toISOString().slice(0, 10),
  );
}

const DAY_MS = 86_400_000;
