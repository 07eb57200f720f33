import { zh } from 'chrono-node';
import type { Calendar, CalendarDate } from '../calendar.ts';
import { Refusal } from '../refusal.ts';

/**
 * A date as people type it: 2026-12-31, 2026.12.31, 12月31日, 下周五.
 * @throws Refusal when it cannot be read as one
 */
export function readDate(typed: string, at: Date, calendar: Calendar): CalendarDate {
  const plain = typed.normalize('NFKC').trim();
  const exact = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$/u.exec(plain);
  if (exact) {
    const on = `${exact[1]}-${exact[2]?.padStart(2, '0')}-${exact[3]?.padStart(2, '0')}`;
    if (isDate(on)) return on;
  }
  const [parsed] = exact ? [] : zh.hans.parse(plain, at, { forwardDate: true });
  const [year, month, day] = (['year', 'month', 'day'] as const).map((unit) => parsed?.start.get(unit));
  if (year && month && day) {
    const on = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    if (isDate(on)) return on;
  }
  throw new Refusal(
    'invalid-input',
    `看不懂日期「${plain.slice(0, 20)}」，请写成 ${calendar.dateOf(at)} 这样的形式。`,
  );
}

function isDate(on: string): boolean {
  const parsed = new Date(`${on}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(on);
}
