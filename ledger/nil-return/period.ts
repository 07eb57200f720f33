import type { Calendar, CalendarDate } from '../calendar.ts';
import type { Rules } from '../store.ts';

type Length = Rules['nilReturn']['period'];

/** A month or a quarter for which everybody declares. */
export interface Period {
  /** `2026-11`, or `2026-Q4`. */
  id: string;
  /** 2026年11月 */
  name: string;
  firstOn: CalendarDate;
  lastOn: CalendarDate;
}

/** @param id such as `2026-11` or `2026-Q4` */
export function periodOf(id: string, calendar: Calendar): Period {
  const [year = '', part = ''] = id.split('-');
  const quarter = part.startsWith('Q') ? Number(part.slice(1)) : undefined;
  const month = quarter === undefined ? Number(part) : 3 * quarter - 2;
  const firstOn = `${year}-${String(month).padStart(2, '0')}-01`;
  const after = calendar.addMonths(firstOn, quarter === undefined ? 1 : 3);
  const name =
    quarter === undefined ? `${year}年${month}月` : `${year}年第${'一二三四'.charAt(quarter - 1)}季度`;
  return { id, name, firstOn, lastOn: calendar.addDays(after, -1) };
}

/** The period in which the day lies. */
export function periodAround(on: CalendarDate, length: Length, calendar: Calendar): Period {
  const [year = '', month = ''] = on.split('-');
  const part = length === 'month' ? month : `Q${Math.ceil(Number(month) / 3)}`;
  return periodOf(`${year}-${part}`, calendar);
}

/** The last periods that were over before the day, the latest first. */
export function periodsBefore(
  on: CalendarDate,
  count: number,
  { calendar, rules }: { calendar: Calendar; rules: Rules },
): Period[] {
  const found: Period[] = [];
  for (let from = on; found.length < count; ) {
    const { firstOn } = periodAround(from, rules.nilReturn.period, calendar);
    from = calendar.addDays(firstOn, -1);
    found.push(periodAround(from, rules.nilReturn.period, calendar));
  }
  return found;
}

export const liesIn = ({ firstOn, lastOn }: Period, on: CalendarDate): boolean =>
  firstOn <= on && on <= lastOn;

/** 「2026-11」, 「2026年11月」, 「2026-Q4」, 「2026年第四季度」 → its id. */
export function readPeriodId(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toUpperCase();
  const month = /^(20\d\d)(?:-|年)(0?[1-9]|1[0-2])月?$/.exec(plain);
  if (month) return `${month[1]}-${month[2]?.padStart(2, '0')}`;
  const quarter = /^(20\d\d)(?:-Q|年第?)([1-4一二三四])(?:季度)?$/.exec(plain);
  if (!quarter) return undefined;
  const place = '一二三四'.indexOf(quarter[2] ?? '');
  return `${quarter[1]}-Q${place === -1 ? quarter[2] : place + 1}`;
}
