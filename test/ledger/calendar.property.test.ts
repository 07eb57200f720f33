import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bureauCalendar } from '../../ledger/calendar.ts';

const calendar = bureauCalendar('Asia/Shanghai');

describe('whatever the date and the zone', () => {
  const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
  const anyDate = fc
    .integer({ min: -10_000, max: 30_000 })
    .map((offset) => calendar.addDays('2000-01-01', offset));
  const anyTime = fc.tuple(twoDigits(23), twoDigits(59)).map(([hour, minute]) => `${hour}:${minute}`);
  const anyCalendar = fc
    .constantFrom('Asia/Shanghai', 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo')
    .map(bureauCalendar);
  const anyInstant = fc.date({
    min: new Date('2004-01-01T00:00Z'),
    max: new Date('2028-01-01T00:00Z'),
    noInvalidDate: true,
  });
  const anyQuiet = fc.record({ from: anyTime, to: anyTime, workdaysOnly: fc.boolean() });

  test('the instant of a date lies on that date', () => {
    fc.assert(
      fc.property(anyCalendar, anyDate, anyTime, (zoned, on, time) => {
        expect(zoned.dateOf(zoned.instantOf(on, time))).toBe(on);
      }),
    );
  });

  test('counting workdays lands on one, and counting back gives the number', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 40 }), (on, count) => {
        const landed = calendar.addWorkdays(on, count);
        expect(calendar.isWorkday(landed)).toBe(true);
        expect(calendar.workdaysBetween(on, landed)).toBe(count);
      }),
    );
  });

  test('the first and the last workday of a week are workdays of that week, in this order', () => {
    fc.assert(
      fc.property(anyDate, (on) => {
        const first = calendar.firstWorkdayOfWeek(on);
        const last = calendar.lastWorkdayOfWeek(on);
        const monday = calendar.mondayOf(on);
        const week = Array.from({ length: 7 }, (_, index) => calendar.addDays(monday, index));
        const worked = week.filter((day) => calendar.isWorkday(day));
        expect(first).toBe(worked[0]);
        if (first === undefined || last === undefined) expect(last).toBe(first);
        else expect(worked.includes(last) && first <= last).toBe(true);
      }),
    );
  });

  test('after quiet hours is never earlier, never quiet, and final', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyQuiet, (zoned, at, quiet) => {
        const allowed = zoned.afterQuietHours(at, quiet);
        const [on = '', time = ''] = zoned.minuteOf(allowed).split('T');
        const isQuiet =
          quiet.from <= quiet.to
            ? quiet.from <= time && time < quiet.to
            : quiet.from <= time || time < quiet.to;
        expect(allowed.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(isQuiet).toBe(false);
        if (quiet.workdaysOnly) expect(zoned.isWorkday(on)).toBe(true);
        expect(zoned.afterQuietHours(allowed, quiet)).toEqual(allowed);
      }),
      { numRuns: 500 },
    );
  });
});
