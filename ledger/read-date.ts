// Of its own address: the whole of chrono has a dozen languages, and takes a fifth of a second to load.
import { parse } from 'chrono-node/zh/hans';
import type { Calendar, CalendarDate } from './calendar.ts';
import { Refusal } from './refusal.ts';

/**
 * A date to come as people type it: 2026-12-31, 2026.12.31, 12月31日, 12-31, 15号, 下周五, 月底, 明年1月底, 明天. Without a year, the next
 * such day.
 * @throws Refusal `invalid-input` when it cannot be read as one
 */
export function readDate(typed: string, at: Date, calendar: Calendar): CalendarDate {
  const today = calendar.dateOf(at);
  const plain = spelled(withoutPartOfDay(typed.normalize('NFKC').trim()), today);
  const on =
    inFigures(plain, today) ??
    dayOfMonth(plain, today, calendar) ??
    weekday(plain, today, calendar) ??
    endOf(plain, today, calendar) ??
    inWords(plain, at, calendar);
  if (on) return on;
  const quoted = typed.normalize('NFKC').trim().slice(0, 20);
  throw new Refusal('invalid-input', `看不懂日期「${quoted}」，请写成 ${today} 这样的形式。`);
}

const PART_OF_DAY = /(?:上午|中午|下午|早上|晚上|傍晚)$/u;

/** Where a day is all that is asked, 月底上午 is 月底. */
export const withoutPartOfDay = (plain: string): string => plain.replace(PART_OF_DAY, '');

const YEARS_AHEAD: Readonly<Record<string, number>> = { 今年: 0, 明年: 1, 后年: 2 };
const TENS = /(?:([二三]?)十([一二三四五六七八九]?)|([一二三四五六七八九]))(?=[月日号])/gu;
const ONES = '一二三四五六七八九';

/** Years, months and days in figures: 明年1月底 → 2027年1月底, 十二月三十一号 → 12月31号. */
function spelled(plain: string, today: CalendarDate): string {
  return plain
    .replace(/^(今年|明年|后年)(?=[\d一二三四五六七八九十])/u, (word) => {
      const year = Number(today.slice(0, 4)) + (YEARS_AHEAD[word] ?? 0);
      return `${year}年`;
    })
    .replace(TENS, (_, tens: string | undefined, ones: string | undefined, alone: string | undefined) => {
      if (alone) return figure(alone);
      return `${tens ? figure(tens) : 1}${ones ? figure(ones) : 0}`;
    });
}

const figure = (sign: string): string => String(ONES.indexOf(sign) + 1);

const FIGURES = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})[日号]?$/u;

function inFigures(plain: string, today: CalendarDate): CalendarDate | undefined {
  const figures = FIGURES.exec(plain);
  if (!figures) return undefined;
  const [, year, month = '', day = ''] = figures;
  const thisYear = Number(today.slice(0, 4));
  const years = year ? [Number(year)] : [thisYear, thisYear + 1];
  const dates = years.flatMap((each) => dateOf(each, Number(month), Number(day)) ?? []);
  return year ? dates[0] : dates.find((on) => on >= today);
}

const DAY = /^(?:(本|这|下)个?月)?(\d{1,2})[日号]$/u;

/** 15号, 下个月15号: without a month, the next such day. */
function dayOfMonth(plain: string, today: CalendarDate, calendar: Calendar): CalendarDate | undefined {
  const [, month, day = ''] = DAY.exec(plain) ?? [];
  const first = `${today.slice(0, 7)}-01`;
  const ahead = month === undefined ? [0, 1] : [month === '下' ? 1 : 0];
  return ahead
    .flatMap((months) => {
      const [year, number] = calendar.addMonths(first, months).split('-').map(Number);
      return dateOf(year ?? 0, number ?? 0, Number(day)) ?? [];
    })
    .find((on) => month !== undefined || on >= today);
}

const WEEKDAYS = '一二三四五六日';
const WEEKDAY = /^(这|本|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天])$/u;
const WEEKS_AHEAD: Readonly<Record<string, number>> = { 这: 0, 本: 0, 下: 1, 下下: 2 };

/** Weeks begin on Monday, as people here count; chrono's begin on Sunday. */
function weekday(plain: string, today: CalendarDate, calendar: Calendar): CalendarDate | undefined {
  const named = WEEKDAY.exec(plain);
  if (!named) return undefined;
  const [, ahead, day = ''] = named;
  const days = WEEKDAYS.indexOf(day.replace('天', '日'));
  const inWeek = (weeks: number) => calendar.addDays(calendar.mondayOf(today), weeks * 7 + days);
  if (ahead) return inWeek(WEEKS_AHEAD[ahead] ?? 0);
  return inWeek(0) >= today ? inWeek(0) : inWeek(1);
}

const END = /^(?:(本|这|下)个?月|(?:(\d{4})年)?(0?[1-9]|1[0-2])月|([今明]年年?|年)?)(底|末)$/u;

/** 月底, 下月底, 3月底, 年底. */
function endOf(plain: string, today: CalendarDate, calendar: Calendar): CalendarDate | undefined {
  const end = END.exec(plain === '月底' || plain === '月末' ? `本${plain}` : plain);
  if (!end) return undefined;
  const [, relative, year, month, ofYear] = end;
  if (relative) return lastOfMonth(calendar.addMonths(today, relative === '下' ? 1 : 0));
  const thisYear = Number(today.slice(0, 4));
  if (month) {
    const on = lastOfMonth(`${year ?? thisYear}-${month.padStart(2, '0')}-01`);
    return year || on >= today ? on : lastOfMonth(calendar.addMonths(on, 12));
  }
  return ofYear ? `${thisYear + (ofYear.startsWith('明') ? 1 : 0)}-12-31` : undefined;
}

const lastOfMonth = (on: CalendarDate): CalendarDate =>
  [31, 30, 29].map((day) => `${on.slice(0, 8)}${day}`).find(isDate) ?? `${on.slice(0, 8)}28`;

/** A month, or a part of one, is no day: chrono would take today's. */
const VAGUE = /月(?:初|中|底|末|[上中下]旬)?(?:之前|以前|前)?$/u;

function inWords(plain: string, at: Date, calendar: Calendar): CalendarDate | undefined {
  if (FIGURES.test(plain) || END.test(plain) || DAY.test(plain) || VAGUE.test(plain)) return undefined;
  // chrono reads the reference as a moment of the machine's zone: noon of the bureau's date is on that date everywhere.
  const noon = new Date(`${calendar.dateOf(at)}T12:00:00`);
  const [found] = parse(plain.slice(0, 40), noon, { forwardDate: true });
  const [year, month, day] = (['year', 'month', 'day'] as const).map((unit) => found?.start.get(unit));
  return year && month && day ? dateOf(year, month, day) : undefined;
}

/** The date, if there is such a day. */
function dateOf(year: number, month: number, day: number): CalendarDate | undefined {
  const on = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return isDate(on) ? on : undefined;
}

function isDate(on: string): boolean {
  const parsed = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(on);
}
