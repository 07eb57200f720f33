import { Temporal } from 'temporal-polyfill';
import { type ArrangedDays, type Workdays, workdays } from './workdays.ts';

/** A date on the bureau's calendar, YYYY-MM-DD. Dates compare as text. */
export type CalendarDate = string;

/**
 * The hours in which nobody is to be disturbed, on the bureau's clock: from `from` up to but not including `to`, across midnight
 * where `from` is the later of the two; equal ends mean no such hours. `workdaysOnly`: days that are no workday are quiet altogether.
 */
export interface QuietHours {
  from: string;
  to: string;
  workdaysOnly: boolean;
}

/**
 * Dates, weeks and workdays (工作日, with 法定节假日 and 调休) as the bureau counts them.
 * A date or time that is none is a programming fault: RangeError naming what was found and what was expected.
 */
export interface Calendar {
  readonly timeZone: string;
  /** The bureau's date at that instant. */
  dateOf(at: Date): CalendarDate;
  /** The bureau's clock at that instant, YYYY-MM-DDTHH:mm. */
  minuteOf(at: Date): string;
  /** When the bureau's clock shows `time` (HH:mm) on that date; a time that the clock skips counts from after the gap. */
  instantOf(on: CalendarDate, time: string): Date;
  /** For people: 2026-11-23 周一 09:30. */
  display(at: Date): string;
  addDays(on: CalendarDate, days: number): CalendarDate;
  /** 31 January and one month is the end of February. */
  addMonths(on: CalendarDate, months: number): CalendarDate;
  /** 自然日 from one date to the other, negative if `to` is the earlier. */
  daysBetween(from: CalendarDate, to: CalendarDate): number;
  isWorkday(on: CalendarDate): boolean;
  /** The `count`-th workday after `on`, which itself does not count; 0 gives `on`, whatever day it is. */
  addWorkdays(on: CalendarDate, count: number): CalendarDate;
  /** Workdays after `from` up to and including `to`, so that it undoes `addWorkdays`; negative if `to` is the earlier. */
  workdaysBetween(from: CalendarDate, to: CalendarDate): number;
  mondayOf(on: CalendarDate): CalendarDate;
  /** The ISO week: 2026-W47. */
  weekOf(on: CalendarDate): string;
  /** The first workday Monday to Sunday; undefined where a long holiday leaves the week none. */
  firstWorkdayOfWeek(on: CalendarDate): CalendarDate | undefined;
  /** The last workday up to Friday; where there is only 调休 at the weekend, the last of that; undefined where the week has none. */
  lastWorkdayOfWeek(on: CalendarDate): CalendarDate | undefined;
  /** Whether the State Council's holiday notice for the year is in the data; if not, `isWorkday` knows weekends and the days that are free by law, and no 调休. */
  isKnown(year: number): boolean;
  /** The instant itself where people may be disturbed, else the next one at which they may. */
  afterQuietHours(at: Date, quiet: QuietHours): Date;
}

/**
 * @param timeZone an IANA name; Asia/Shanghai unless the bureau says otherwise
 * @param arranged what the bureau has taken from the State Council's notice itself
 * @throws RangeError for a name that is no time zone
 */
export function bureauCalendar(
  timeZone = 'Asia/Shanghai',
  arranged: ArrangedDays = { extraHolidays: [], extraWorkdays: [] },
): Calendar {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  return new BureauCalendar(timeZone, workdays(arranged));
}

class BureauCalendar implements Calendar {
  readonly timeZone: string;
  private readonly workdays: Workdays;
  /** What was asked last: the present is asked for many times a minute, and Temporal takes its time. */
  private last: { minute: number; shown: string } | undefined;
  /** The same of dates and their weeks. */
  private readonly weeks = new Map<CalendarDate, string>();

  constructor(timeZone: string, worked: Workdays) {
    this.timeZone = timeZone;
    this.workdays = worked;
  }

  dateOf(at: Date): CalendarDate {
    const [on = ''] = this.minuteOf(at).split('T');
    return on;
  }

  minuteOf(at: Date): string {
    const minute = Math.floor(at.getTime() / 60_000);
    if (this.last?.minute === minute) return this.last.shown;
    const shown = this.clockAt(at)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute', roundingMode: 'floor' });
    if (minute >= WHOLE_MINUTES_SINCE) this.last = { minute, shown };
    return shown;
  }

  instantOf(on: CalendarDate, time: string): Date {
    return this.atClock(on, time, 'compatible');
  }

  display(at: Date): string {
    const [on = '', time = ''] = this.minuteOf(at).split('T');
    return `${on} 周${'一二三四五六日'.charAt(weekdayOf(dayOf(on)))} ${time}`;
  }

  addDays(on: CalendarDate, days: number): CalendarDate {
    return dateOfDay(dayOf(on) + whole(days, 'days'));
  }

  addMonths(on: CalendarDate, months: number): CalendarDate {
    return parseDate(on)
      .add({ months: whole(months, 'months') })
      .toString();
  }

  daysBetween(from: CalendarDate, to: CalendarDate): number {
    return dayOf(to) - dayOf(from);
  }

  isWorkday(on: CalendarDate): boolean {
    return this.workdays.isWorked(on, weekdayOf(dayOf(on)));
  }

  addWorkdays(on: CalendarDate, count: number): CalendarDate {
    if (whole(count, 'count') < 0)
      throw new RangeError(`count of workdays: found ${count}, expected 0 or more`);
    let day = dayOf(on);
    for (let left = count; left > 0; ) {
      day += 1;
      if (this.workdays.isWorked(dateOfDay(day), weekdayOf(day))) left -= 1;
    }
    return dateOfDay(day);
  }

  workdaysBetween(from: CalendarDate, to: CalendarDate): number {
    const days = this.daysBetween(from, to);
    if (days < 0) return 0 - this.workdaysBetween(to, from);
    return this.run(from, days + 1)
      .slice(1)
      .filter((on) => this.isWorkday(on)).length;
  }

  mondayOf(on: CalendarDate): CalendarDate {
    const day = dayOf(on);
    return dateOfDay(day - weekdayOf(day));
  }

  weekOf(on: CalendarDate): string {
    const known = this.weeks.get(on);
    if (known !== undefined) return known;
    const { yearOfWeek, weekOfYear } = parseDate(on);
    const week = `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
    if (this.weeks.size >= MOST_WEEKS) this.weeks.clear();
    this.weeks.set(on, week);
    return week;
  }

  firstWorkdayOfWeek(on: CalendarDate): CalendarDate | undefined {
    return this.run(this.mondayOf(on), 7).find((day) => this.isWorkday(day));
  }

  lastWorkdayOfWeek(on: CalendarDate): CalendarDate | undefined {
    const week = this.run(this.mondayOf(on), 7);
    return (
      week.slice(0, 5).findLast((day) => this.isWorkday(day)) ?? week.findLast((day) => this.isWorkday(day))
    );
  }

  isKnown(year: number): boolean {
    return this.workdays.isKnown(year);
  }

  afterQuietHours(at: Date, quiet: QuietHours): Date {
    const from = parseTime(quiet.from);
    const to = parseTime(quiet.to);
    let allowed = at;
    for (;;) {
      const [on = '', time = ''] = this.minuteOf(allowed).split('T');
      const overMidnight = from > to;
      const isQuiet = overMidnight ? time >= from || time < to : time >= from && time < to;
      if (quiet.workdaysOnly && !this.isWorkday(on)) allowed = this.atClock(this.addWorkdays(on, 1), '00:00');
      else if (!isQuiet) return allowed;
      else allowed = this.atClock(overMidnight && time >= from ? this.addDays(on, 1) : on, to);
    }
  }

  private clockAt(at: Date): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(this.timeZone);
  }

  /** `later` by default: where the clock shows a time twice, waiting until it must never end before it began. */
  private atClock(on: CalendarDate, time: string, disambiguation: 'compatible' | 'later' = 'later'): Date {
    const shown = parseDate(on).toPlainDateTime(parseTime(time));
    return new Date(shown.toZonedDateTime(this.timeZone, { disambiguation }).epochMilliseconds);
  }

  private run(from: CalendarDate, days: number): CalendarDate[] {
    const first = dayOf(from);
    return Array.from({ length: days }, (_, index) => dateOfDay(first + index));
  }
}

const DAY_MS = 86_400_000;
/** Dates whose weeks are remembered: a year's. */
const MOST_WEEKS = 400;
/** Since 2000 every zone is a whole number of minutes from UTC. */
const WHOLE_MINUTES_SINCE = Date.parse('2000-01-01') / 60_000;
const FIRST_DAY = Date.parse('0000-01-01') / DAY_MS;
const LAST_DAY = Date.parse('9999-12-31') / DAY_MS;

/**
 * Days since 1970-01-01. Counting days needs no time zone, and done with numbers it is many times faster than with Temporal,
 * which serves where zones, months and ISO weeks come in. One date has one spelling here.
 */
function dayOf(on: CalendarDate): number {
  const midnight = new Date(/^\d{4}-\d\d-\d\d$/.test(on) ? on : Number.NaN);
  // 31 June is read as 1 July: then the day of the month has changed.
  if (midnight.getUTCDate() === Number(on.slice(8))) return midnight.getTime() / DAY_MS;
  throw new RangeError(`calendar date: found ${JSON.stringify(on)}, expected YYYY-MM-DD`);
}

function dateOfDay(day: number): CalendarDate {
  if (day >= FIRST_DAY && day <= LAST_DAY) return new Date(day * DAY_MS).toISOString().slice(0, 10);
  throw new RangeError(`calendar date: found day ${day} from 1970-01-01, expected the years 0000 to 9999`);
}

/** Monday is 0; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

const parseDate = (on: CalendarDate): Temporal.PlainDate => Temporal.PlainDate.from(dateOfDay(dayOf(on)));

function parseTime(time: string): string {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return time;
  throw new RangeError(`time of day: found ${JSON.stringify(time)}, expected HH:mm`);
}

function whole(amount: number, what: string): number {
  if (Number.isSafeInteger(amount)) return amount;
  throw new RangeError(`${what}: found ${amount}, expected a whole number`);
}
