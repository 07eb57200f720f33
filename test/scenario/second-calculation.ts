import type { Warning } from './what-was-said.ts';

/**
 * What ought to be said and when, counted a second time and in another way than the program does: the days of the State
 * Council's notice for 2026 are written down here by hand, and the rules as the bureau knows them.
 */

/** 春节: 15 to 23 February; the Saturdays of 14 and 28 February are worked in exchange. */
const FREE = [15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `2026-02-${day}`);
const WORKED = ['2026-02-14', '2026-02-28'];

const DAY_MS = 86_400_000;
const FIRST_MONDAY = '2026-01-05';
export const WEEKS = 12;

const plus = (on: string, days: number): string =>
  new Date(Date.parse(on) + days * DAY_MS).toISOString().slice(0, 10);
const between = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

export const isWorked = (on: string): boolean =>
  WORKED.includes(on) || (![0, 6].includes(new Date(on).getUTCDay()) && !FREE.includes(on));

/** Monday to Sunday of each of the weeks. */
export const DAYS_BY_WEEK: readonly string[][] = Array.from({ length: WEEKS }, (_, week) =>
  Array.from({ length: 7 }, (__, day) => plus(FIRST_MONDAY, week * 7 + day)),
);

/** The first workday of each week, of those that have one. */
export const FIRST_WORKDAYS = DAYS_BY_WEEK.flatMap((days) => days.find(isWorked) ?? []);
/** The last up to Friday. */
export const LAST_WORKDAYS = DAYS_BY_WEEK.flatMap((days) => days.slice(0, 5).findLast(isWorked) ?? []);

/** An item as it stood on a morning, before anything was said. */
export interface Standing {
  ref: string;
  state: string;
  dueOn: string | null;
  assignedOn: string | undefined;
  isLasting: boolean;
  responsible: string[];
  leaders: string[];
}

export type Mornings = ReadonlyMap<string, readonly Standing[]>;

const WORKED_ON = ['assigned', 'signed', 'progressing', 'returned', 'relapsed'];

/** 绿 20 days before, 黄 10 days, 红 on the day after; less than 30 days are taken in proportion. */
function levelOn(on: string, { dueOn, assignedOn }: Standing): string | undefined {
  if (dueOn === null) return undefined;
  const left = between(on, dueOn);
  const term = assignedOn === undefined ? 30 : between(assignedOn, dueOn);
  const part = (days: number) => (term < 30 ? Math.max(1, Math.round((term * days) / 30)) : days);
  if (left < 0) return '红';
  if (left <= part(10)) return '黄';
  return left <= part(20) ? '绿' : undefined;
}

/** Each level once an item and date, on the first workday on which it has been reached and is the gravest. */
export function warningsDue(mornings: Mornings, secretary: string): Warning[] {
  const told = new Set<string>();
  const due: Warning[] = [];
  for (const [on, standings] of mornings) {
    if (!isWorked(on)) continue;
    for (const item of standings.filter(({ state }) => [...WORKED_ON, 'stalled'].includes(state))) {
      const level = levelOn(on, item);
      const once = `${item.ref} ${item.dueOn} ${level}`;
      if (level === undefined || told.has(once)) continue;
      told.add(once);
      const others = { 绿: [], 黄: item.leaders, 红: [...item.leaders, secretary] }[level] ?? [];
      for (const to of new Set([...item.responsible, ...others]))
        due.push({ on, to, ref: item.ref, dueOn: item.dueOn ?? '', level });
    }
  }
  return due;
}

/** Who is asked on the first workday of each week: whoever has something at work; 长期坚持 within 20 days of its date. */
export function cardsDue(mornings: Mornings): { on: string; to: string }[] {
  return FIRST_WORKDAYS.flatMap((on) => {
    const asked = (mornings.get(on) ?? []).filter(
      ({ state, isLasting, dueOn }) =>
        WORKED_ON.includes(state) && (!isLasting || between(on, dueOn ?? on) <= 20),
    );
    return [...new Set(asked.flatMap(({ responsible }) => responsible))].map((to) => ({ on, to }));
  });
}
