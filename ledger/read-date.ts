// Of its own address: the whole of chrono has a dozen languages, and takes a fifth of a second to load.
import { parse } from 'chrono-node/zh/hans';
import type { Calendar, CalendarDate } from './calendar.ts';
import { Refusal } from './refusal.ts';

/**
 * A date to come as people type it: 2026-12-31, 2026.12.31, 12月31日, 12-31, 下周五, 月底, 明天. Without a year, the next
 * such day.
 * @throws Refusal `invalid-input` when it cannot be read as one
 */
export function readDate(typed: string, at: Date, calendar: Calendar): CalendarDate {
  const plain = typed.normalize('NFKC').trim();
  const today = calendar.dateOf(at);
  const on =
    inFigures(plain, today) ??
    weekday(plain, today, calendar) ??
    endOf(plain, today, calendar) ??
    inWords(plain, at, calendar);
  if (on) return on;
  throw new Refusal('invalid-input', `看不懂日期「${plain.slice(0, 20)}」，请写成 ${today} 这样的形式。`);
}

const FIGURES = /^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?$/u;

function inFigures(plain: string, today: CalendarDate): CalendarDate | undefined {
  const figures = FIGURES.exec(plain);
  if (!figures) return undefined;
  const [, year, month = '', day = ''] = figures;
  const thisYear = Number(today.slice(0, 4));
  const years = year ? [Number(year)] : [thisYear, thisYear + 1];
  const dates = years.flatMap((each) => dateOf(each, Number(month), Number(day)) ?? []);
  return year ? dates[0] : dates.find((on) => on >= today);
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

const END = /^(?:(本|下)个?月|(?:(\d{4})年)?(0?[1-9]|1[0-2])月|(今年|明年|年)?)(底|末)$/u;

/** 月底, 下月底, 3月底, 年底. */
function endOf(plain: string, today: CalendarDate, calendar: Calendar): CalendarDate | undefined {
  const end = END.exec(plain === '月底' || plain === '月末' ? `本${plain}` : plain);
  if (!end) return undefined;
  const [, relative, year, month, ofYear] = end;
  if (relative) return lastOfMonth(calendar.addMonths(today, relative === '下' ? 1 : 0), calendar);
  const thisYear = Number(today.slice(0, 4));
  if (month) {
    const on = lastOfMonth(`${year ?? thisYear}-${month.padStart(2, '0')}-01`, calendar);
    return year || on >= today ? on : calendar.addMonths(on, 12);
  }
  return ofYear ? `${thisYear + (ofYear === '明年' ? 1 : 0)}-12-31` : undefined;
}

const lastOfMonth = (on: CalendarDate, calendar: Calendar): CalendarDate =>
  calendar.addDays(calendar.addMonths(`${on.slice(0, 7)}-01`, 1), -1);

function inWords(plain: string, at: Date, calendar: Calendar): CalendarDate | undefined {
  if (FIGURES.test(plain) || END.test(plain)) return undefined;
  // chrono reads the reference as a moment of the machine's zone: noon of the bureau's date is on that date everywhere.
  const noon = new Date(`${calendar.dateOf(at)}T12:00:00`);
  const [found] = parse(plain.slice(0, 40), noon, { forwardDate: true });
  const [year, month, day] = (['year', 'month', 'day'] as const).map((unit) => found?.start.get(unit));
  return year && month && day ? dateOf(year, month, day) : undefined;
}

/** The date, if there is such a day. */
function dateOf(year: number, month: number, day: number): CalendarDate | undefined {
  const on = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  const parsed = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(on) ? on : undefined;
}
