import type { Calendar } from '../../ledger/calendar.ts';
import { type Content, headline, type Section } from '../../ledger/message.ts';
import type { Waiting } from '../sample-record.ts';

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
  return messages.flatMap(({ to, notBefore, content }) =>
    partsOf(content).flatMap(({ title, sections }) => {
      const week = calendar.weekOf(calendar.dateOf(notBefore));
      if (title.startsWith('本周督查（')) return [`card ${week} ${to}`];
      if (title.startsWith('整改时限预警')) {
        return sections.flatMap(({ heading = '', lines }) =>
          lines.map((line) => `${heading.charAt(0)} ${line.split(' ', 1)[0]} ${to}`),
        );
      }
      return [`other ${title} ${to}`];
    }),
  );
}

const DATED = /^\d{4}-\d\d-\d\d /;

/** Of a message that was put together each part, else the message itself. */
function partsOf(content: Content): { title: string; sections: Section[] }[] {
  const sections = content.kind === 'notice' ? content.sections : [];
  const parts: { title: string; sections: Section[] }[] = [];
  for (const section of sections) {
    const { heading = '' } = section;
    if (DATED.test(heading)) parts.push({ title: heading.replace(DATED, ''), sections: [] });
    else parts.at(-1)?.sections.push(section);
  }
  return parts.length > 0 ? parts : [{ title: headline(content), sections }];
}

/**
 * What should have been said, worked out by walking through the moments at which somebody looks: every start, and every
 * day's hours that pass while the service is up. The items were given out at `from`.
 */
export function remarksExpected(
  items: readonly Item[],
  from: Date,
  jumps: readonly Jump[],
  calendar: Calendar,
): string[] {
  const said = new Set<string>();
  const terms = items.map((item) => ({
    ...item,
    term: calendar.daysBetween(calendar.dateOf(from), item.dueOn),
  }));
  let now = from;
  lookForWarnings(now, terms, calendar, said);
  lookForCard(now, items, calendar, said);
  for (const { hours, isDown } of jumps) {
    const to = new Date(now.getTime() + hours * HOUR_MS);
    const moments = (time: string) => (isDown ? [to] : daily(time, now, to, calendar));
    for (const at of moments('09:00')) lookForWarnings(at, terms, calendar, said);
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

function lookForWarnings(
  at: Date,
  items: readonly (Item & { term: number })[],
  calendar: Calendar,
  said: Set<string>,
): void {
  const today = calendar.dateOf(at);
  if (!calendar.isWorkday(today) || at < calendar.instantOf(today, '09:00')) return;
  for (const { ref, leader, responsible, dueOn, term } of items) {
    const left = calendar.daysBetween(today, dueOn);
    // Where there are less than 30 days for it, the warnings come in proportion.
    const share = Math.min(1, term / 30);
    const [green, yellow] = [Math.max(1, Math.round(20 * share)), Math.max(1, Math.round(10 * share))];
    if (left > green) continue;
    const [level, others] =
      left > yellow ? ['绿', []] : left > -1 ? ['黄', [leader]] : ['红', [leader, '田守正']];
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
