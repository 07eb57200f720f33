import type { Calendar, CalendarDate } from '../../ledger/calendar.ts';
import { understandTime } from '../../ledger/intercession/understand-time.ts';
import { readDate, withoutPartOfDay } from '../../ledger/read-date.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Answer, Asked } from './read-answer.ts';

/** Nothing but a date: a sentence that names one tells of something. */
const ALL_DATE =
  /^(?:[\d零〇一二三四五六七八九十廿年月日号底末明今昨去前后本这个下上周天大\s/.-]|星期|礼拜){1,24}$/u;
/** Whoever writes more than an hour tells of something. */
const LONGEST = 24;

/** 20270115. */
const FIGURES = /^(\d{4})(\d{2})(\d{2})$/u;

/** 明天, 12月31日, 下周五, 月底, 2026-12-31. */
export function readDay(said: string, { field, at, calendar }: Asked): Answer {
  const plain = withoutPartOfDay(said.normalize('NFKC').trim()).replace(FIGURES, '$1-$2-$3');
  const on = ALL_DATE.test(plain) ? dateIn(plain, at, calendar) : undefined;
  if (on === undefined)
    return { wrong: `没有看懂日期，请写成「12月31日」「下周五」或「${calendar.dateOf(at)}」` };
  return { value: field.past ? notAhead(on, plain, calendar.dateOf(at), calendar) : on };
}

function dateIn(plain: string, at: Date, calendar: Calendar): CalendarDate | undefined {
  try {
    return readDate(plain, at, calendar);
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}

const FULL_YEAR = /\d{4}|[今明后去前]年/u;
const WEEKDAY = /^(?:周|星期|礼拜)/u;
const DAY_ALONE = /^\d{1,2}[日号]$/u;

/** Of what has happened: without a year, the last such day. */
function notAhead(on: CalendarDate, plain: string, today: CalendarDate, calendar: Calendar): CalendarDate {
  if (on <= today || FULL_YEAR.test(plain)) return on;
  if (WEEKDAY.test(plain)) return calendar.addDays(on, -7);
  if (DAY_ALONE.test(plain)) return calendar.addMonths(on, -1);
  return /\d/u.test(plain) ? calendar.addMonths(on, -12) : on;
}

const EXACT = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s+|T)?(\d{1,2})(?:[:点时])(?:(\d{1,2})分?)?$/u;
/** Says a day, and not only an hour. */
const DAY = /[天日号周月昨今前刚]|星期|礼拜|\d[-./]\d|之前|以前/u;

/**
 * 昨天下午三点, 11月20日 15:30, 刚才. What is told by its day or by the part of the day is kept so, and asked for
 * (ledger/rough-time.ts).
 */
export function readMoment(said: string, { kept, at, calendar }: Asked): Answer {
  const plain = said.normalize('NFKC').trim();
  const exact = exactly(plain);
  if (exact !== undefined) return { value: exact };
  const day = typeof kept === 'string' ? kept.slice(0, 10) : '';
  const isHourAlone = !DAY.test(plain) && day !== '';
  const text = isHourAlone ? `${inWords(day)}${plain}` : plain;
  const told = [...plain].length > LONGEST ? undefined : understandTime(text, at, calendar.timeZone);
  return told === undefined
    ? { wrong: '没有看懂时间，或者这个时间还没有到，请写成「昨天下午三点」或「11月20日 15:30」' }
    : { value: told };
}

function exactly(plain: string): string | undefined {
  const [, year, month = '', day = '', hour = '', minute = '0'] = EXACT.exec(plain) ?? [];
  if (year === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const two = (part: string) => part.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** As it is understood in front of an hour: 2026年11月22日. */
const inWords = (on: CalendarDate): string => {
  const [year, month, day] = on.split('-').map(Number);
  return `${year}年${month}月${day}日`;
};
