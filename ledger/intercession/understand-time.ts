import * as zh from 'chrono-node/zh';
import { bureauCalendar, type Calendar, type CalendarDate } from '../calendar.ts';
import { plainTimeWords } from './time-words.ts';

/** Characters in which a time is looked for: what happened is told at the beginning. */
const LOOKED_AT = 500;

/**
 * When something happened, as a sentence tells it, on the bureau's clock and never later than `at`: YYYY-MM-DDTHH:mm where
 * the hour was told, the same with `~` behind it where only the part of the day was (the middle of 下午), and YYYY-MM-DD where
 * neither was: an hour that nobody told must not stand in a form as if he had (ledger/rough-time.ts).
 * Undefined where no day can be made out (三月底, 前几天, 那天下午) or the time told lies ahead: no time misleads less than a wrong one.
 */
export function understandTime(sentence: string, at: Date, timeZone: string): string | undefined {
  const calendar = bureauCalendar(timeZone);
  const now = calendar.minuteOf(at);
  const text = plainTimeWords(sentence.slice(0, LOOKED_AT), now.slice(0, 10), calendar);
  const told = zh.hans.parse(text, machineClock(now)).flatMap((result) => read(result, text) ?? []);
  const day = told.find(({ namesDay }) => namesDay) ?? told.find(({ part, isOfToday }) => part && isOfToday);
  if (!day) return /刚才|刚刚|方才/.test(text) ? now : undefined;
  return settle(withTimeFrom(day, told), now, calendar);
}

type Result = ReturnType<typeof zh.hans.parse>[number];

interface Told {
  on: CalendarDate;
  namesDay: boolean;
  namesYear: boolean;
  /** Said alone, it means today; chrono says so of the 下午 in 那天下午 too. */
  isOfToday: boolean;
  part: Part | undefined;
  /** HH:mm, where an hour was told. */
  time: string | undefined;
  from: number;
  to: number;
}

/** When each part of the day begins, and what it is taken for where no hour is told. */
const PARTS = {
  凌晨: { begins: '00:00', middle: '03:00' },
  早: { begins: '06:00', middle: '08:00' },
  上午: { begins: '08:00', middle: '10:00' },
  中午: { begins: '11:00', middle: '12:00' },
  下午: { begins: '12:00', middle: '15:00' },
  晚: { begins: '18:00', middle: '20:00' },
} as const;
type Part = keyof typeof PARTS;
const PART = new RegExp(Object.keys(PARTS).join('|'));
const LONE_PART = /^(?:凌晨|早上|[上中下]午|晚上)$/;

/** 两小时前 is counted; 两个月前 and 几天前 are a manner of speaking. */
const COUNTED_AGO = /^(?:\d{1,3}|[一二两三四五六七八九十]{1,3})(?:天|日|个?小时|分钟)之?前$|^半个?小时之?前$/;

function read(result: Result, text: string): Told | undefined {
  const { start, index, text: words } = result;
  const isAgo = words.endsWith('前');
  const part = PART.exec(words)?.[0] as Part | undefined;
  const namesDay = isAgo || (start.isCertain('day') && !LONE_PART.test(words));
  const time = start.isCertain('hour') ? timeOf(start, part === undefined && !isAgo) : undefined;
  const on = dateOf(start);
  const isOfToday = !/[天日号]$/.test(text.slice(0, index));
  // 晚上十二点 ends one day and begins another.
  const isMidnight = part === '晚' && time?.startsWith('12');
  if (on === undefined || (isAgo && !COUNTED_AGO.test(words)) || isMidnight) return undefined;
  const namesYear = isAgo || start.isCertain('year');
  return { on, namesDay, namesYear, isOfToday, part, time, from: index, to: index + words.length };
}

function dateOf(start: Result['start']): CalendarDate | undefined {
  const [year = 0, month = 0, day = 0] = (['year', 'month', 'day'] as const).map(
    (unit) => start.get(unit) ?? 0,
  );
  const midnight = new Date(Date.UTC(year < 100 ? year + 2000 : year, month - 1, day));
  const exists = midnight.getUTCDate() === day && midnight.getUTCFullYear() < 10_000;
  return exists ? midnight.toISOString().slice(0, 10) : undefined;
}

/** @param bare no part of the day is named: nobody says 三点 of the small hours */
function timeOf(start: Result['start'], bare: boolean): string {
  const [hour, minute] = [start.get('hour') ?? 0, start.get('minute') ?? 0];
  const meant = bare && hour >= 1 && hour <= 6 ? hour + 12 : hour % 24;
  return [meant, minute].map((each) => String(each).padStart(2, '0')).join(':');
}

/** 「11月18日，下午三点」: the hour may be told a few characters after the day. */
function withTimeFrom(day: Told, told: readonly Told[]): Told {
  if (day.time !== undefined || day.part !== undefined) return day;
  const next = told.find((each) => !each.namesDay && each.from >= day.to && each.from - day.to <= 10);
  return next ? { ...day, part: next.part, time: next.time } : day;
}

function settle({ on, namesYear, part, time }: Told, now: string, calendar: Calendar): string | undefined {
  const today = now.slice(0, 10);
  const said = (day: CalendarDate): string => {
    if (time !== undefined) return `${day}T${time}`;
    return part ? `${day}T${PARTS[part].middle}~` : day;
  };
  if (on < today) return said(on);
  if (on === today) return saidOfToday(said(on), part, now);
  // 12月3日 said in November is last year's.
  return namesYear ? undefined : said(calendar.addMonths(on, -12));
}

/** A part of the day that is not over yet reaches up to now; one that has not begun, or an hour ahead, was not told of. */
function saidOfToday(said: string, part: Part | undefined, now: string): string | undefined {
  if (said.replace('~', '') <= now) return said;
  const hasBegun = part !== undefined && PARTS[part].begins <= now.slice(11);
  return said.endsWith('~') && hasBegun ? `${now}~` : undefined;
}

/**
 * The bureau's wall clock as if it were the machine's: chrono reads its reference by the machine's clock in some places and by the
 * given zone in others, so that the day is wrong at night wherever the two differ.
 */
function machineClock(minute: string): Date {
  const [year = 0, month = 1, day = 1, hour = 0, minutes = 0] = minute.split(/[-T:]/).map(Number);
  return new Date(year, month - 1, day, hour, minutes);
}
