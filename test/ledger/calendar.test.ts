import { describe, expect, test } from 'vitest';
import { bureauCalendar, type QuietHours } from '../../ledger/calendar.ts';

const calendar = bureauCalendar('Asia/Shanghai');
const days = (from: string, to: string) =>
  Array.from({ length: calendar.daysBetween(from, to) + 1 }, (_, index) => calendar.addDays(from, index));

describe('the bureau’s clock', () => {
  const evening = new Date('2026-11-22T16:30:59.999Z');

  test('an evening in UTC is the next morning in Shanghai', () => {
    expect(calendar.dateOf(evening)).toBe('2026-11-23');
    expect(calendar.minuteOf(evening)).toBe('2026-11-23T00:30');
    expect(calendar.display(evening)).toBe('2026-11-23 周一 00:30');
  });

  test('Shanghai is meant where no zone is named, and a zone that does not exist is refused', () => {
    expect(bureauCalendar().timeZone).toBe('Asia/Shanghai');
    expect(() => bureauCalendar('Asia/Nowhere')).toThrow(RangeError);
  });

  test('a time on a date becomes the instant at which the clock shows it', () => {
    expect(calendar.instantOf('2026-11-23', '09:30').toISOString()).toBe('2026-11-23T01:30:00.000Z');
    expect(bureauCalendar('Asia/Urumqi').instantOf('2026-11-23', '09:30').toISOString()).toBe(
      '2026-11-23T03:30:00.000Z',
    );
  });

  test('a clock that once was no whole minute from UTC is read anew within a minute', () => {
    // Until 1901 Shanghai was 8:05:43 ahead.
    expect(calendar.minuteOf(new Date('1900-01-01T00:00:00Z'))).toBe('1900-01-01T08:05');
    expect(calendar.minuteOf(new Date('1900-01-01T00:00:30Z'))).toBe('1900-01-01T08:06');
  });

  test('every day of the week has its name', () => {
    const week = days('2026-11-23', '2026-11-29').map((on) =>
      calendar.display(calendar.instantOf(on, '12:00')),
    );
    expect(week.map((line) => line.split(' ')[1])).toEqual([...'一二三四五六日'].map((name) => `周${name}`));
  });
});

describe('days and months', () => {
  test('a month after the 31st ends with the shorter month', () => {
    expect(calendar.addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(calendar.addMonths('2028-01-31', 1)).toBe('2028-02-29');
    expect(calendar.addMonths('2021-02-01', 3)).toBe('2021-05-01');
    expect(calendar.addMonths('2026-03-31', -1)).toBe('2026-02-28');
  });

  test('days are counted over the end of a year and backwards', () => {
    expect(calendar.addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(calendar.daysBetween('2026-11-23', '2026-12-03')).toBe(10);
    expect(calendar.daysBetween('2026-12-03', '2026-11-23')).toBe(-10);
  });

  test.each([
    '',
    '2026-2-1',
    '2026-02-30',
    '2026-13-01',
    '20260201',
    '2026-02-01T00:00',
    '明天',
    '+002026-02-01',
  ])('no date: %j', (on) => {
    const message = `calendar date: found ${JSON.stringify(on)}, expected YYYY-MM-DD`;
    expect(() => calendar.isWorkday(on)).toThrow(new RangeError(message));
    expect(() => calendar.mondayOf(on)).toThrow(new RangeError(message));
    expect(() => calendar.weekOf(on)).toThrow(new RangeError(message));
    expect(() => calendar.addDays(on, 1)).toThrow(RangeError);
    expect(() => calendar.addMonths(on, 1)).toThrow(RangeError);
    expect(() => calendar.daysBetween('2026-01-01', on)).toThrow(RangeError);
    expect(() => calendar.instantOf(on, '09:30')).toThrow(RangeError);
  });

  test('times, counts and years that are none are refused too', () => {
    expect(() => calendar.instantOf('2026-11-23', '24:00')).toThrow('found "24:00", expected HH:mm');
    expect(() => calendar.addWorkdays('2026-11-23', -1)).toThrow('found -1, expected 0 or more');
    expect(() => calendar.addDays('2026-11-23', 0.5)).toThrow('days: found 0.5, expected a whole number');
    expect(() => calendar.addMonths('2026-11-23', 0.5)).toThrow('months: found 0.5, expected a whole number');
    expect(() => calendar.addWorkdays('2026-11-23', 0.5)).toThrow(
      'count: found 0.5, expected a whole number',
    );
    for (const time of ['9:30', '109:30', '09:300', '09:60', '上午'])
      expect(() => calendar.instantOf('2026-11-23', time), time).toThrow(`found "${time}", expected HH:mm`);
    expect(() => calendar.dateOf(new Date(Number.NaN))).toThrow(RangeError);
  });

  test('the years that are counted end with 0000 and 9999', () => {
    expect(calendar.addDays('9999-12-30', 1)).toBe('9999-12-31');
    expect(calendar.addDays('0000-01-02', -1)).toBe('0000-01-01');
    const beyond = 'from 1970-01-01, expected the years 0000 to 9999';
    expect(() => calendar.addDays('9999-12-31', 1)).toThrow(`calendar date: found day 2932897 ${beyond}`);
    expect(() => calendar.addDays('0000-01-01', -1)).toThrow(`calendar date: found day -719529 ${beyond}`);
  });
});

describe('workdays of 2026 as the State Council set them', () => {
  test('国庆节: 1 to 7 October are free, 20 September (Sunday) and 10 October (Saturday) are worked', () => {
    expect(days('2026-10-01', '2026-10-07').some((on) => calendar.isWorkday(on))).toBe(false);
    expect(['2026-09-20', '2026-10-10', '2026-10-08'].every((on) => calendar.isWorkday(on))).toBe(true);
    expect(calendar.isWorkday('2026-10-11')).toBe(false);
  });

  test('春节: 15 to 23 February are free, the Saturdays 14 and 28 February are worked', () => {
    expect(days('2026-02-15', '2026-02-23').some((on) => calendar.isWorkday(on))).toBe(false);
    expect(['2026-02-14', '2026-02-24', '2026-02-28'].every((on) => calendar.isWorkday(on))).toBe(true);
  });

  test('workdays are counted over the holiday', () => {
    expect(calendar.addWorkdays('2026-09-30', 1)).toBe('2026-10-08');
    expect(calendar.addWorkdays('2026-09-30', 3)).toBe('2026-10-10');
    expect(calendar.addWorkdays('2026-10-03', 0)).toBe('2026-10-03');
    expect(calendar.workdaysBetween('2026-09-30', '2026-10-12')).toBe(4);
    expect(calendar.workdaysBetween('2026-10-12', '2026-09-30')).toBe(-4);
    expect(calendar.workdaysBetween('2026-10-03', '2026-10-01')).toBe(0);
    expect(calendar.workdaysBetween('2026-10-12', '2026-10-12')).toBe(0);
    expect(bureauCalendar().addWorkdays('2026-09-30', 3)).toBe('2026-10-10');
  });

  test('a year whose notice is not in the data is not known', () => {
    expect([2003, 2004, 2025, 2026, 2090].map((year) => calendar.isKnown(year))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('workdays of a year whose notice is not known', () => {
  test('the days that are free by law are free, and nothing is exchanged for them', () => {
    expect(['2090-01-01', '2090-05-01', '2090-10-03'].some((on) => calendar.isWorkday(on))).toBe(false);
    // 2090-01-30 is 春节, a Monday: 除夕 to 初三 is Sunday to Wednesday.
    expect(days('2090-01-27', '2090-02-03').map((on) => calendar.isWorkday(on))).toEqual([
      ...[true, false, false, false, false, false, true, true],
    ]);
    expect(calendar.addWorkdays('2090-01-27', 1)).toBe('2090-02-02');
    expect(calendar.workdaysBetween('2090-01-27', '2090-02-02')).toBe(1);
    const night: QuietHours = { from: '20:00', to: '08:00', workdaysOnly: true };
    expect(calendar.display(calendar.afterQuietHours(calendar.instantOf('2090-01-30', '10:00'), night))).toBe(
      '2090-02-02 周四 08:00',
    );
  });

  test('what the bureau has taken from the notice itself goes before everything else', () => {
    const arranged = bureauCalendar('Asia/Shanghai', {
      extraHolidays: ['2090-10-01', '2090-10-04', '2026-11-23'],
      extraWorkdays: ['2090-01-28', '2026-10-01'],
    });
    expect(['2090-10-04', '2026-11-23'].some((on) => arranged.isWorkday(on))).toBe(false);
    expect(['2090-01-28', '2026-10-01'].every((on) => arranged.isWorkday(on))).toBe(true);
    expect([calendar.isKnown(2090), arranged.isKnown(2090), arranged.isKnown(2091)]).toEqual([
      ...[false, true, false],
    ]);
    // Once the notice is known, it alone says which days of the year are free.
    expect(arranged.isWorkday('2090-01-30')).toBe(true);
  });
});

describe('weeks', () => {
  test('a week runs from Monday to Sunday and has its ISO number', () => {
    expect(calendar.mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(calendar.mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(calendar.weekOf('2026-11-22')).toBe('2026-W47');
    expect(calendar.weekOf('2027-01-03')).toBe('2026-W53');
    expect(calendar.weekOf('2026-01-01')).toBe('2026-W01');
  });

  test.each([
    ['an ordinary week', '2026-11-25', '2026-11-23', '2026-11-27'],
    ['the week before 国庆节', '2026-10-03', '2026-09-28', '2026-09-30'],
    ['the week after it, whose Saturday is worked', '2026-10-06', '2026-10-08', '2026-10-09'],
    ['春节 2024: only the Sunday is worked', '2024-02-12', '2024-02-18', '2024-02-18'],
    ['国庆节 2023: Saturday and Sunday are worked', '2023-10-04', '2023-10-07', '2023-10-08'],
    ['春节 2026: no workday at all', '2026-02-18', undefined, undefined],
  ])('%s', (_, on, first, last) => {
    expect(calendar.firstWorkdayOfWeek(on)).toBe(first);
    expect(calendar.lastWorkdayOfWeek(on)).toBe(last);
  });
});

describe('quiet hours', () => {
  const night: QuietHours = { from: '21:00', to: '08:30', workdaysOnly: true };
  const spoken = (on: string, time: string, quiet = night) =>
    calendar.display(calendar.afterQuietHours(calendar.instantOf(on, time), quiet));

  test('an allowed instant stays as it is, to the millisecond', () => {
    const at = new Date('2026-11-23T02:03:04.567Z');
    expect(calendar.afterQuietHours(at, night)).toEqual(at);
  });

  test.each([
    ['at night', '2026-11-23', '23:10', '2026-11-24 周二 08:30'],
    ['before the morning', '2026-11-24', '08:29', '2026-11-24 周二 08:30'],
    ['as the quiet hours begin', '2026-11-24', '21:00', '2026-11-25 周三 08:30'],
    ['on Friday night', '2026-11-27', '22:00', '2026-11-30 周一 08:30'],
    ['at the weekend, in the middle of the day', '2026-11-28', '12:00', '2026-11-30 周一 08:30'],
    ['in 国庆节', '2026-10-01', '10:00', '2026-10-08 周四 08:30'],
    ['before a worked Saturday', '2026-10-09', '22:00', '2026-10-10 周六 08:30'],
  ])('%s', (_, on, time, expected) => {
    expect(spoken(on, time)).toBe(expected);
  });

  test('quiet hours within a day, every day of the week', () => {
    const noon: QuietHours = { from: '12:00', to: '14:00', workdaysOnly: false };
    expect(spoken('2026-11-28', '12:00', noon)).toBe('2026-11-28 周六 14:00');
    expect(spoken('2026-11-28', '13:00', noon)).toBe('2026-11-28 周六 14:00');
    expect(spoken('2026-11-28', '14:00', noon)).toBe('2026-11-28 周六 14:00');
    expect(spoken('2026-11-28', '23:00', { ...noon, from: '22:00', to: '00:00' })).toBe(
      '2026-11-29 周日 00:00',
    );
  });

  test('last until the second time that the clock shows their end, where it is put back', () => {
    const berlin = bureauCalendar('Europe/Berlin');
    const quiet: QuietHours = { from: '22:00', to: '02:30', workdaysOnly: false };
    const night = berlin.instantOf('2026-10-25', '01:00');
    expect(berlin.afterQuietHours(night, quiet).toISOString()).toBe('2026-10-25T01:30:00.000Z');
    expect(berlin.instantOf('2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  test('equal ends mean no quiet hours', () => {
    const none: QuietHours = { from: '08:00', to: '08:00', workdaysOnly: false };
    expect(spoken('2026-11-28', '08:00', none)).toBe('2026-11-28 周六 08:00');
    expect(spoken('2026-11-28', '12:00', { ...none, workdaysOnly: true })).toBe('2026-11-30 周一 00:00');
  });
});
