import { describe, expect, it, test } from 'vitest';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import {
  dueAfterProgress,
  firstQuarterEnd,
  progressDue,
  quarterEnd,
} from '../../../ledger/rectification/quarter.ts';

const calendar = bureauCalendar();

describe('a quarter of 长期坚持', () => {
  it.each([
    ['2026-01-01', '2026-03-31'],
    ['2026-03-31', '2026-03-31'],
    ['2026-04-01', '2026-06-30'],
    ['2026-09-30', '2026-09-30'],
    ['2026-10-01', '2026-12-31'],
    ['2028-02-29', '2028-03-31'],
  ])('that has the day %s ends on %s', (on, end) => {
    expect(quarterEnd(on, calendar)).toBe(end);
  });

  it('that ends within the days of notice is left out: the first progress is due with the next', () => {
    expect(firstQuarterEnd('2026-12-11', 20, calendar)).toBe('2026-12-31');
    expect(firstQuarterEnd('2026-12-12', 20, calendar)).toBe('2027-03-31');
  });

  it('is named where its date is', () => {
    expect(progressDue('2027-03-31')).toBe('2027-03-31，一季度');
    expect(progressDue('2026-06-30')).toBe('2026-06-30，二季度');
    expect(progressDue('2026-09-30')).toBe('2026-09-30，三季度');
    expect(progressDue('2026-12-31')).toBe('2026-12-31，四季度');
  });
});

describe('who tells progress of 长期坚持', () => {
  const due = (dueOn: string, today: string) => dueAfterProgress(dueOn, today, calendar);

  test('in its quarter has told it for that quarter', () => {
    expect(due('2026-12-31', '2026-11-23')).toBe('2027-03-31');
  });

  test('a second time in it puts nothing further off', () => {
    expect(due('2027-03-31', '2026-11-30')).toBe('2027-03-31');
    expect(due('2027-06-30', '2026-11-30')).toBe('2027-03-31');
  });

  test('a quarter late owes what the present one asks for', () => {
    expect(due('2026-09-30', '2026-10-08')).toBe('2026-12-31');
  });

  test('years late owes no more than what the present one asks for', () => {
    expect(due('2024-12-31', '2026-11-23')).toBe('2026-12-31');
  });
});
