import type { Calendar } from '../../ledger/calendar.ts';
import { headline } from '../../ledger/message.ts';
import type { Waiting } from '../sample-record.ts';
import { asCard } from './at-work.ts';

export interface Item {
  ref: string;
  leader: string;
  responsible: readonly string[];
  dueOn: string;
}

/** The clock goes forward; `isDown`: without the service, which is started again at the end. */
export interface Jump {
  hours: number;
  isDown: boolean;
}

const HOUR_MS = 3_600_000;
const QUIET = { from: '20:00', to: '08:00', workdaysOnly: true };

/** What was said, one line for each thing that may be said once only: a warning of one item, or one week's card. */
export function readRemarks(messages: readonly Waiting[], calendar: Calendar): string[] {
  return messages.flatMap(({ to, notBefore, content }) => {
    const title = headline(content);
    const week = calendar.weekOf(calendar.dateOf(notBefore));
    if (title.startsWith('本周督查（')) return [`card ${week} ${to}`];
    if (title.startsWith('整改时限预警')) {
      return asCard(content).sections.flatMap(({ heading = '', lines }) =>
        lines.map((line) => `${heading.charAt(0)} ${line.split(' ', 1)[0]} ${to}`),
      );
    }
    return [`other ${title} ${to}`];
  });
}

/**
 * What should have been said, worked out by walking through the moments at which somebody looks: every start, and every
 * day's hours that pass while the service is up.
 */
export function remarksExpected(
  items: readonly Item[],
  from: Date,
  jumps: readonly Jump[],
  calendar: Calendar,
): string[] {
  const said = new Set<string>();
  let now = from;
  lookForWarnings(now, items, calendar, said);
  lookForCard(now, items, calendar, said);
  for (const { hours, isDown } of jumps) {
    const to = new Date(now.getTime() + hours * HOUR_MS);
    const moments = (time: string) => (isDown ? [to] : daily(time, now, to, calendar));
    for (const at of moments('09:00')) lookForWarnings(at, items, calendar, said);
    for (const at of moments('09:30')) lookForCard(at, items, calendar, said);
    now = to;
  }
  return [...said];
}

function daily(time: string, from: Date, to: Date, calendar: Calendar): Date[] {
  const moments: Date[] = [];
  for (let on = calendar.dateOf(from); on <= calendar.dateOf(to); on = calendar.addDays(on, 1)) {
    const at = calendar.instantOf(on, time);
    if (at > from && at <= to) moments.push(at);
  }
  return moments;
}

function lookForWarnings(at: Date, items: readonly Item[], calendar: Calendar, said: Set<string>): void {
  const today = calendar.dateOf(at);
  if (!calendar.isWorkday(today) || at < calendar.instantOf(today, '09:00')) return;
  for (const { ref, leader, responsible, dueOn } of items) {
    const left = calendar.daysBetween(today, dueOn);
    if (left > 20) continue;
    const [level, others] =
      left > 10 ? ['绿', []] : left > -1 ? ['黄', [leader]] : ['红', [leader, '田守正']];
    for (const person of [...responsible, ...others]) said.add(`${level} ${ref} ${person}`);
  }
}

function lookForCard(at: Date, items: readonly Item[], calendar: Calendar, said: Set<string>): void {
  const today = calendar.dateOf(at);
  const [first, last] = [calendar.firstWorkdayOfWeek(today), calendar.lastWorkdayOfWeek(today)];
  if (!first || !last || at < calendar.instantOf(first, '09:30')) return;
  if (calendar.dateOf(calendar.afterQuietHours(at, QUIET)) > last) return;
  for (const person of new Set(items.flatMap(({ responsible }) => responsible))) {
    said.add(`card ${calendar.weekOf(today)} ${person}`);
  }
}
