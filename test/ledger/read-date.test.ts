import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { readDate } from '../../ledger/read-date.ts';
import { Refusal } from '../../ledger/refusal.ts';

const calendar = bureauCalendar();
/** Sunday 2026-11-22, 08:30 in Beijing. */
const sunday = new Date('2026-11-22T00:30:00Z');

describe('a date as people type it', () => {
  it.each([
    ['2026-12-31', '2026-12-31'],
    ['2026.3.5', '2026-03-05'],
    ['2027年1月8日', '2027-01-08'],
    ['12月31日', '2026-12-31'],
    ['３月５日', '2027-03-05'],
    ['12-31', '2026-12-31'],
    ['明天', '2026-11-23'],
    ['周日', '2026-11-22'],
    ['周一', '2026-11-23'],
    ['下周五', '2026-11-27'],
    ['下下周一', '2026-11-30'],
    ['本周六', '2026-11-21'],
    ['月底', '2026-11-30'],
    ['下个月底', '2026-12-31'],
    ['2月底', '2027-02-28'],
    ['年底', '2026-12-31'],
    ['明年底', '2027-12-31'],
    ['明年年底', '2027-12-31'],
    ['明年1月底', '2027-01-31'],
    ['十二月底', '2026-12-31'],
    ['后年三月三十一号', '2028-03-31'],
    ['9999年12月底', '9999-12-31'],
    ['这个月底', '2026-11-30'],
    ['15号', '2026-12-15'],
    ['22日', '2026-11-22'],
    ['31号', '2026-12-31'],
    ['下个月15号', '2026-12-15'],
    ['本月15号', '2026-11-15'],
    ['月末', '2026-11-30'],
    ['下周天', '2026-11-29'],
    ['11月22日', '2026-11-22'],
    ['11-21', '2027-11-21'],
    [' 2026-12-31 ', '2026-12-31'],
    ['月底上午', '2026-11-30'],
    ['30号下午', '2026-11-30'],
    ['明天上午', '2026-11-23'],
  ])('%s is %s', (typed, on) => {
    expect(readDate(typed, sunday, calendar)).toBe(on);
  });

  it.each([
    '2月30日',
    '13-45',
    '13月底',
    '尽快',
    '',
    '12月',
    '12月初',
    '十二月中旬前',
    '0号',
    '下个月32号',
    '上午',
  ])('%s is refused with an example', (typed) => {
    expect(() => readDate(typed, sunday, calendar)).toThrow(/看不懂日期「.*」，请写成 2026-11-22/);
  });

  it('may be the last day of this month, on that day', () => {
    const last = new Date('2026-11-30T00:30:00Z');
    expect(['月底', '11月底', '30号'].map((typed) => readDate(typed, last, calendar))).toEqual(
      Array.from({ length: 3 }, () => '2026-11-30'),
    );
  });

  it('is quoted by its first twenty characters where it is refused', () => {
    const typed = `  ${'尽快'.repeat(20)}`;
    expect(() => readDate(typed, sunday, calendar)).toThrow(
      new Refusal('invalid-input', `看不懂日期「${'尽快'.repeat(10)}」，请写成 2026-11-22 这样的形式。`),
    );
    expect(() => readDate('  尽快 ', sunday, calendar)).toThrow('看不懂日期「尽快」');
  });

  it('is a date or a refusal, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        try {
          expect(readDate(typed, sunday, calendar)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        } catch (fault) {
          expect(fault).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
