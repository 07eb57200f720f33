import { expect, it } from 'vitest';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { periodWith, readPeriod } from '../../ledger/period.ts';
import { Refusal } from '../../ledger/refusal.ts';

const calendar = bureauCalendar();
const read = (typed: string) => readPeriod(typed, '2026-01-15', calendar)?.id;

it.each([
  ['2026-10', '2026-10'],
  ['２０２６－１０', '2026-10'],
  ['2026年3月', '2026-03'],
  [' 2026-01 ', '2026-01'],
  ['2026-12', '2026-12'],
  ['2026-Q4', '2026-Q4'],
  ['2026q1', '2026-Q1'],
  ['2026年第三季度', '2026-Q3'],
  ['2026年4季度', '2026-Q4'],
  ['2026', '2026'],
  ['2026年', '2026'],
  ['本月', '2026-01'],
  ['上月', '2025-12'],
  ['本季度', '2026-Q1'],
  ['上季度', '2025-Q4'],
  ['去年', '2025'],
])('%s is the period %s', (typed, id) => {
  expect(read(typed)).toBe(id);
});

it.each(['说情', '10', '2026-Q5', '202610', '高新技术科', '3026', ''])('%j is no period', (typed) => {
  expect(read(typed)).toBeUndefined();
});

it('says so of a month that there is not', () => {
  expect(() => read('2026-13')).toThrow(
    new Refusal('invalid-input', '没有「2026-13」这个期间，可以写 2026-10、2026-Q4、2026、本月、上季度。'),
  );
  expect(() => read('2026-0')).toThrow('没有「2026-0」这个期间');
});

it('begins and ends at the bureau’s midnight', () => {
  expect(periodWith('2026-11-22', 'quarter', calendar)).toMatchObject({
    name: '2026 年第四季度',
    from: new Date('2026-09-30T16:00:00Z'),
    to: new Date('2026-12-31T16:00:00Z'),
  });
});
