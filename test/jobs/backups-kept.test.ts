import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultRules } from '../../config/rules.ts';
import { backupName, fromTheFuture, superseded } from '../../jobs/backup/kept-backups.ts';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { runs } from '../chance.ts';

const calendar = bureauCalendar();
const keep = defaultRules.backup;
const DAY_MS = 86_400_000;
/** 02:30 on the bureau's clock. */
const FIRST = new Date('2025-01-01T18:30:00Z');
const onDay = (day: number) => new Date(FIRST.getTime() + day * DAY_MS);

/** What is in the folder after each day's backup. */
function* lived(days: number): Generator<{ names: string[]; removed: string[]; at: Date }> {
  let names: string[] = [];
  for (let day = 0; day < days; day++) {
    const at = onDay(day);
    names.push(backupName(calendar, at));
    const removed = superseded(names, keep, calendar, at);
    names = names.filter((name) => !removed.includes(name));
    yield { names: [...names], removed, at };
  }
}

test('over sixteen months the last 7 days, 4 weeks and 12 months are there, and few files', () => {
  let removed = 0;
  const missing: string[] = [];
  for (const { names, removed: gone, at } of lived(500)) {
    removed += gone.length;
    const dates = new Set(names.map((name) => name.slice('qinglian-'.length, 'qinglian-2025-01-01'.length)));
    const today = calendar.dateOf(at);
    const began = calendar.dateOf(FIRST);
    const due = [0, 1, 2, 3, 4, 5, 6].map((back) => calendar.addDays(today, -back));
    for (const on of due) if (on >= began && !dates.has(on)) missing.push(`${today}: ${on}`);
    const weeks = new Set([...dates].map((on) => calendar.mondayOf(on)));
    for (const back of [0, 7, 14, 21]) {
      const monday = calendar.mondayOf(calendar.addDays(today, -back));
      if (monday >= began && !weeks.has(monday)) missing.push(`${today}: week of ${monday}`);
    }
    const months = new Set([...dates].map((on) => on.slice(0, 7)));
    const monthsSince = (Number(today.slice(0, 4)) - 2025) * 12 + Number(today.slice(5, 7));
    if (months.size < Math.min(12, monthsSince)) missing.push(`${today}: ${months.size} months`);
    if (names.length > 7 + 4 + 12) missing.push(`${today}: ${names.length} files`);
  }
  expect(missing).toEqual([]);
  expect(removed).toBeGreaterThan(470);
});

test('of months that are past, the backup of their last day stays', () => {
  const [last] = [...lived(200)].slice(-1);
  expect(last?.names.slice(0, 3).map((name) => name.slice(9, 19))).toEqual([
    '2025-01-31',
    '2025-02-28',
    '2025-03-31',
  ]);
});

const anyDay = fc.integer({ min: 0, max: 1500 });
const anyName = fc.oneof(
  anyDay.map((day) => backupName(calendar, onDay(day))),
  fc.constantFrom(
    'qinglian.db',
    'qinglian-2025-01-01.backup',
    'qinglian-2025-13-01-0230.backup',
    'qinglian-2025-01-01-0230.backup.old',
    'kept-qinglian-2025-01-01-0230.backup',
    '.qinglian-part-host-1-abcdef',
    'notes.txt',
  ),
);
const anyKeep = fc.record({
  keepDaily: fc.nat(9),
  keepWeekly: fc.nat(5),
  keepMonthly: fc.nat(13),
});

test('whatever lies there and whatever the clock shows, nothing else is removed, and never the newest', () =>
  fc.assert(
    fc.property(fc.uniqueArray(anyName), anyKeep, anyDay, (names, kept, day) => {
      const removed = superseded(names, kept, calendar, onDay(day));
      const own = names.filter((name) => /^qinglian-\d{4}-(?!13)\d\d-\d\d-\d{4}\.backup$/.test(name)).sort();
      expect(own).toEqual(expect.arrayContaining(removed));
      expect(removed).not.toContain(own.at(-1));
      // What was decided once is decided: a second look removes nothing more.
      const left = names.filter((name) => !removed.includes(name));
      expect(superseded(left, kept, calendar, onDay(day))).toEqual([]);
    }),
    { numRuns: runs(200) },
  ));

test('a clock that went back removes nothing, however old the others seem', () => {
  const names = [...lived(400)].at(-1)?.names ?? [];
  const another = [...names, ...[1, 2, 3].map((day) => backupName(calendar, onDay(day)))];
  expect(superseded(another, keep, calendar, onDay(399)).length).toBeGreaterThan(0);
  for (const day of [0, 100, 398]) {
    expect(superseded(another, keep, calendar, onDay(day))).toEqual([]);
    expect(fromTheFuture(another, calendar, onDay(day))).toContain(backupName(calendar, onDay(399)));
  }
});

test('a clock that ran ahead for a while takes away what one more day would, and not what is old by it', () => {
  const names = [...lived(30)].at(-1)?.names ?? [];
  const ahead = onDay(4000);
  const removed = superseded([...names, backupName(calendar, ahead)], keep, calendar, ahead);
  expect(removed.length).toBeLessThanOrEqual(2);
  for (const day of [24, 25, 26, 27, 28, 29]) expect(removed).not.toContain(backupName(calendar, onDay(day)));
});
