import type { Calendar, CalendarDate } from './calendar.ts';
import { Refusal } from './refusal.ts';

/** A month, a quarter or a year of the bureau's calendar. */
export interface Period {
  /** `2026-10`, `2026-Q4`, `2026`: what people type. */
  id: string;
  name: string;
  /** From an instant up to, and without, another. */
  from: Date;
  to: Date;
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
type Length = keyof typeof MONTHS;

/** How people say it, with how many of them back from today. */
const SAID: Readonly<Record<string, readonly [Length, number]>> = {
  本月: ['month', 0],
  上月: ['month', 1],
  本季度: ['quarter', 0],
  上季度: ['quarter', 1],
  今年: ['year', 0],
  本年: ['year', 0],
  去年: ['year', 1],
};

const QUARTERS = '一二三四';
const QUARTER = /^(?<year>[12]\d{3})年?-?(?:Q(?<quarter>[1-4])|第?(?<quarter>[1-4一二三四])季度)$/iu;
const MONTH = /^(?<year>[12]\d{3})(?:年|(?:年|[-.])(?<month>\d{1,2})月?)?$/u;

/** The period of that length in which the day lies. */
export function periodWith(on: CalendarDate, length: Length, calendar: Calendar): Period {
  const months = MONTHS[length];
  const [year = '', month = ''] = on.split('-');
  const first = Math.floor((Number(month) - 1) / months) * months + 1;
  const begins = `${year}-${String(first).padStart(2, '0')}-01`;
  const instant = (day: CalendarDate) => calendar.instantOf(day, '00:00');
  const quarter = Math.ceil(first / 3);
  const names = {
    month: [`${year}-${begins.slice(5, 7)}`, `${year} 年 ${first} 月`],
    quarter: [`${year}-Q${quarter}`, `${year} 年第${QUARTERS.charAt(quarter - 1)}季度`],
    year: [year, `${year} 年`],
  } as const;
  const [id, name] = names[length];
  return { id, name, from: instant(begins), to: instant(calendar.addMonths(begins, months)) };
}

/**
 * A period as a person types it: 2026-10, 2026年10月, 2026-Q4, 2026年四季度, 2026, 本月, 上季度, 今年.
 * @returns `undefined` for what is meant as no period
 * @throws Refusal for one that does not exist
 */
export function readPeriod(typed: string, today: CalendarDate, calendar: Calendar): Period | undefined {
  const word = typed.normalize('NFKC').trim();
  const said = SAID[word];
  if (said) {
    const [length, back] = said;
    return periodWith(calendar.addMonths(today, -MONTHS[length] * back), length, calendar);
  }
  const { year, quarter, month } = (QUARTER.exec(word) ?? MONTH.exec(word))?.groups ?? {};
  if (year === undefined) return undefined;
  if (quarter !== undefined) {
    const number = QUARTERS.includes(quarter) ? QUARTERS.indexOf(quarter) + 1 : Number(quarter);
    return periodWith(`${year}-${String(number * 3).padStart(2, '0')}-01`, 'quarter', calendar);
  }
  if (month === undefined) return periodWith(`${year}-01-01`, 'year', calendar);
  if (Number(month) < 1 || Number(month) > 12) {
    throw new Refusal(
      'invalid-input',
      `没有「${word}」这个期间，可以写 2026-10、2026-Q4、2026、本月、上季度。`,
    );
  }
  return periodWith(`${year}-${month.padStart(2, '0')}-01`, 'month', calendar);
}
