import type { Calendar } from '../../ledger/calendar.ts';
import type { Rules } from '../../ledger/store.ts';

/** `qinglian-2026-11-30-0230.backup`: the bureau's clock. Names compare as the times do. */
const NAME = /^qinglian-(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))-(?:[01]\d|2[0-3])[0-5]\d\.backup$/;

export const backupName = (calendar: Calendar, at: Date): string =>
  `qinglian-${calendar.minuteOf(at).replace('T', '-').replace(':', '')}.backup`;

/** Those of the names that the service gives to what it makes by itself, the oldest first. */
const ownNames = (names: readonly string[]): string[] => names.filter((name) => NAME.test(name)).sort();

/**
 * Backups that are dated later than now: the clock went back, or it was ahead for a while. As long as there are any, nothing
 * is removed.
 */
export const fromTheFuture = (names: readonly string[], calendar: Calendar, now: Date): string[] =>
  ownNames(names).filter((name) => name > backupName(calendar, now));

/**
 * Which of the files in the folder are not needed any longer. Of the last so many days, weeks and months that have backups, and
 * not of those that the clock has seen, the newest of each stays: a clock that runs ahead takes nothing away. What has
 * another name is never among them, nor is the newest.
 */
export function superseded(
  names: readonly string[],
  keep: Pick<Rules['backup'], 'keepDaily' | 'keepWeekly' | 'keepMonthly'>,
  calendar: Calendar,
  now: Date,
): string[] {
  if (fromTheFuture(names, calendar, now).length > 0) return [];
  const newestFirst = ownNames(names).reverse();
  const kept = new Set<string>(newestFirst.slice(0, 1));
  const keepNewestOfEach = (count: number, stretchOf: (on: string) => string) => {
    const newest = new Map<string, string>();
    for (const name of newestFirst) {
      const stretch = stretchOf(dateOf(name));
      if (!newest.has(stretch)) newest.set(stretch, name);
    }
    for (const name of [...newest.values()].slice(0, count)) kept.add(name);
  };
  keepNewestOfEach(keep.keepDaily, (on) => on);
  keepNewestOfEach(keep.keepWeekly, (on) => calendar.mondayOf(on));
  keepNewestOfEach(keep.keepMonthly, (on) => on.slice(0, 7));
  return newestFirst.filter((name) => !kept.has(name));
}

const dateOf = (name: string): string => NAME.exec(name)?.[1] ?? '';
