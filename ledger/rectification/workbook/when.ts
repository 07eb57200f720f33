import type { Calendar, CalendarDate } from '../../calendar.ts';
import { readDate } from '../../read-date.ts';
import { Refusal } from '../../refusal.ts';
import type { CATEGORIES } from '../data.ts';
import type { BookCell } from './book.ts';
import { dayOfSerial } from './read-sheet.ts';

/** What a cell for 整改时限 says: a date, a 类别, both, or something that nobody can read. */
export interface When {
  on?: CalendarDate;
  category?: keyof typeof CATEGORIES;
  /** What could not be read. */
  unread?: string;
}

export interface WhenContext {
  calendar: Calendar;
  today: CalendarDate;
  /** From which a date without a year, and a term in months, is counted. */
  from: CalendarDate;
}

const LASTING = /长期|持续|常态|经常性|永久|一直/u;
const IMMEDIATE = /立行立改|即知即改|立即|立改|已完成|已整改|即改/u;
/** Serial numbers of 1990 to 2100: a smaller figure is none. */
const SERIALS = { least: 32_874, most: 73_415 };

/**
 * 2021.3.31, 2021年3月底前, 3月底, 2021.3, 2021.12-2022.3, 二季度末, 三个月内, 15日内, 长期坚持, 立行立改, a date of the table program's own.
 * Where nothing can be read it says so; never throws.
 */
export function readWhen(cell: BookCell, context: WhenContext): When {
  if (cell.on) return { on: cell.on };
  const plain = cell.text.normalize('NFKC').replace(/\s/g, '');
  const serial = Number(plain);
  if (/^\d{5}(\.\d+)?$/.test(plain) && serial >= SERIALS.least && serial <= SERIALS.most) {
    const on = dayOfSerial(serial, false);
    if (on) return { on };
  }
  const category = LASTING.test(plain) ? 'lasting' : IMMEDIATE.test(plain) ? 'immediate' : undefined;
  const on = dateIn(plain, context);
  if (on) return { on, ...(category && { category }) };
  return category ? { category } : { unread: cell.text.trim().slice(0, 30) };
}

/** A hyphen from one date to another, and not within one: 2021.12-2022.3, 3.1-3.31, 3月-6月. */
const FROM_TO = /(?<=[\d月日])[-－](?=20\d{2}[./年-])|(?<=[月日]|[./月]\d{1,2})[-－](?=\d{1,2}[./月])/u;
const BETWEEN = new RegExp(`[至到~—]|(?<=日)[-－]|,|，|;|；|并|且|\\(|\\)|${FROM_TO.source}`, 'u');

/** The last date of several, such as of 「2021.1.1—2021.3.31」. */
function dateIn(plain: string, context: WhenContext): CalendarDate | undefined {
  const pieces = plain.split(BETWEEN).filter((piece) => /[\d一二三四月年末底]/u.test(piece));
  for (const piece of pieces.reverse()) {
    const inDays = termInDays(piece, context);
    if (inDays) return inDays;
    const found = oneDate(
      piece.replace(/(?:之前|以前|前|之内|内|完成|办结|整改到位|止|截止|为)+$/u, ''),
      context,
    );
    if (found) return found;
  }
  return undefined;
}

/** 「15日」 is the 15th; 「15日内」, 「15天」 and 「10个工作日」 are terms. */
const DAYS = /^(\d{1,3})(?:个?(工作日)|个?自然日|天|日(?=之?内))/u;

function termInDays(piece: string, { calendar, from }: WhenContext): CalendarDate | undefined {
  const [, days, workdays] = DAYS.exec(piece) ?? [];
  if (days === undefined) return undefined;
  return workdays ? calendar.addWorkdays(from, Number(days)) : calendar.addDays(from, Number(days));
}

function oneDate(text: string, context: WhenContext): CalendarDate | undefined {
  const { calendar, today, from } = context;
  const year = from.slice(0, 4);
  const compact = /^(20\d{2})(\d{2})(\d{2})$/.exec(text);
  if (compact) return typed(`${compact[1]}-${compact[2]}-${compact[3]}`, context);
  const month = /^(?:(20\d{2})[-./年])?(0?[1-9]|1[0-2])月?(?:份)?$/u.exec(text);
  if (month && (month[1] || /月/u.test(text)))
    return typed(`${month[1] ? `${month[1]}年` : ''}${month[2]}月底`, context);
  const quarter = /^(?:(20\d{2})年)?第?([一二三四1-4])季度(?:末|底)?$/u.exec(text);
  if (quarter) {
    const last = (('一二三四'.indexOf(quarter[2] ?? '') + 1 || Number(quarter[2])) * 3).toString();
    return typed(`${quarter[1] ? `${quarter[1]}年` : ''}${last}月底`, context);
  }
  const yearEnd = /^(20\d{2})年?(?:底|末|年底|年末)$/u.exec(text);
  if (yearEnd) return `${yearEnd[1]}-12-31`;
  const term = /^([一二两三四五六七八九十]|\d{1,2})个?月$/u.exec(text);
  if (term)
    return calendar.addMonths(
      from,
      '一二三四五六七八九十'.indexOf((term[1] ?? '').replace('两', '二')) + 1 || Number(term[1]),
    );
  if (/^(?:今年|本年)?年?(?:底|末)$/u.test(text)) return `${year}-12-31`;
  // Words such as 「下周五」 are said on the day of the import; dates without a year, on that of the feedback.
  return typed(text, /\d|[一二三四五六七八九十]月/u.test(text) ? context : { ...context, from: today });
}

function typed(text: string, { calendar, from }: WhenContext): CalendarDate | undefined {
  // What follows a date, as in 「2021年3月底(已完成)」, is passed over; nothing is guessed of what has no figure.
  const head = /^(?:20\d{2}[-./年])?\d{1,2}[-./月](?:\d{1,2}日?|底|末)?/u.exec(text)?.[0] ?? text;
  if (!/\d|底|末|周/u.test(head)) return undefined;
  try {
    return readDate(head, calendar.instantOf(from, '12:00'), calendar);
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}
