import { describe, expect, it } from 'vitest';
import { defaultRules, type Rules } from '../../../config/rules.ts';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import { askOn, dueOn, latestAskable } from '../../../ledger/nil-return/asked.ts';
import {
  liesIn,
  periodAround,
  periodOf,
  periodsBefore,
  readPeriodId,
} from '../../../ledger/nil-return/period.ts';

const calendar = bureauCalendar();
const by = (period: Rules['nilReturn']['period'], more: Partial<Rules['nilReturn']> = {}) => ({
  calendar,
  rules: { ...defaultRules, nilReturn: { ...defaultRules.nilReturn, period, ...more } },
});

describe('a period', () => {
  it.each([
    ['2026-02', '2026-02-01', '2026-02-28', '2026年2月'],
    ['2028-02', '2028-02-01', '2028-02-29', '2028年2月'],
    ['2026-12', '2026-12-01', '2026-12-31', '2026年12月'],
    ['2026-Q1', '2026-01-01', '2026-03-31', '2026年第一季度'],
    ['2026-Q4', '2026-10-01', '2026-12-31', '2026年第四季度'],
  ])('%s is from %s to %s', (id, firstOn, lastOn, name) => {
    expect(periodOf(id, calendar)).toEqual({ id, firstOn, lastOn, name });
  });

  it('goes back over the turn of the year', () => {
    const ids = (period: 'month' | 'quarter', on: string) =>
      periodsBefore(on, 3, by(period)).map(({ id }) => id);
    expect(ids('month', '2026-01-31')).toEqual(['2025-12', '2025-11', '2025-10']);
    expect(ids('quarter', '2026-02-14')).toEqual(['2025-Q4', '2025-Q3', '2025-Q2']);
  });

  it.each([
    ['2026-09-30', false],
    ['2026-10-01', true],
    ['2026-11-23', true],
    ['2026-12-31', true],
    ['2027-01-01', false],
  ])('from October to December has %s: %s', (on, isIn) => {
    expect(liesIn(periodOf('2026-Q4', calendar), on)).toBe(isIn);
    expect(periodAround(on, 'quarter', calendar).id === '2026-Q4').toBe(isIn);
  });

  it('is read as people write it', () => {
    const written = [
      '2026-11',
      '2026-1',
      '2026年11月',
      '２０２６年3月',
      '2026-q4',
      '2026年第四季度',
      '2026年2季度',
    ];
    expect(written.map(readPeriodId)).toEqual([
      '2026-11',
      '2026-01',
      '2026-11',
      '2026-03',
      '2026-Q4',
      '2026-Q4',
      '2026-Q2',
    ]);
    for (const wrong of [
      ...['2026-13', '2026-00', '2026-Q5', '1926-11', '11月', '无'],
      ...['12026-11', '2026-111', '12026-Q4', '2026年第四季度末', '2026-Q41'],
    ]) {
      expect(readPeriodId(wrong), wrong).toBeUndefined();
    }
  });
});

describe('the days', () => {
  it('are workdays after the period: New Year is none, and a worked Sunday is one', () => {
    const quarter = periodOf('2025-Q4', calendar);
    expect(askOn(quarter, by('quarter'))).toBe('2026-01-04');
    expect(dueOn(quarter, new Date('2026-01-04T01:40:00Z'), by('quarter'))).toBe('2026-01-08');
    expect(latestAskable('2026-01-03', by('quarter')).id).toBe('2025-Q3');
    expect(latestAskable('2026-01-04', by('quarter')).id).toBe('2025-Q4');
  });

  it('are as many workdays for who was asked late', () => {
    const month = periodOf('2026-11', calendar);
    expect(dueOn(month, new Date('2026-12-01T01:40:00Z'), by('month'))).toBe('2026-12-07');
    // On Saturday the 19th nobody is told; on Monday the 21st he is.
    expect(dueOn(month, new Date('2026-12-19T01:40:00Z'), by('month'))).toBe('2026-12-25');
    const same = by('month', { askOnWorkday: 5, dueOnWorkday: 3 });
    expect(dueOn(month, new Date('2026-12-07T01:40:00Z'), same)).toBe('2026-12-07');
  });
});
