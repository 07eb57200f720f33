import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { statutoryDays } from '../../ledger/statutory-days.ts';
import { unknownYear } from '../../ledger/unknown-year.ts';

const inOrder = (year: number) => [...statutoryDays(year)].sort();

describe('the days that are free by law', () => {
  it('are thirteen, with the lunar ones where they fall: in 2027 the new moon of 春节 is four minutes before midnight', () => {
    expect(inOrder(2027)).toEqual([
      ...['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-04-05', '2027-05-01'],
      ...['2027-05-02', '2027-06-09', '2027-09-15', '2027-10-01', '2027-10-02', '2027-10-03'],
    ]);
    expect(inOrder(2030)).toContain('2030-02-02');
    expect(inOrder(2030)).not.toContain('2030-02-06');
  });

  it('are days off in every notice since the law in force is', () => {
    for (const year of [2025, 2026])
      for (const on of statutoryDays(year)) expect(Object.keys(notices.holidays), on).toContain(on);
  });

  it('are none of a year before it, and the fixed ones where no lunar table reaches', () => {
    expect(inOrder(2003)).toEqual([]);
    expect([2024, 2025, 2099, 2100].map((year) => inOrder(year).length)).toEqual([0, 13, 13, 6]);
    expect(inOrder(2150)).toEqual([
      ...['2150-01-01', '2150-05-01', '2150-05-02', '2150-10-01', '2150-10-02', '2150-10-03'],
    ]);
  });
});

describe('the year of which the notice is missing', () => {
  const calendar = bureauCalendar();
  const given = bureauCalendar(undefined, { extraHolidays: ['2091-10-01'], extraWorkdays: [] });

  it('is told from a month before it begins, and until the notice is known', () => {
    expect(unknownYear(calendar, '2025-12-31')).toBeUndefined();
    expect(unknownYear(calendar, '2090-06-01')).toBe(2090);
    expect(unknownYear(calendar, '2024-12-31')).toBeUndefined();
    const before = bureauCalendar(undefined, { extraHolidays: ['2090-10-01'], extraWorkdays: [] });
    expect(unknownYear(before, '2090-12-01')).toBeUndefined();
    expect(unknownYear(before, '2090-12-02')).toBe(2091);
    expect(unknownYear(given, '2091-06-01')).toBeUndefined();
  });
});
