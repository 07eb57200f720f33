import { describe, expect, it } from 'vitest';
import { bureauCalendar } from '../../../../ledger/calendar.ts';
import { readWhen } from '../../../../ledger/rectification/workbook/when.ts';

const context = { calendar: bureauCalendar(), today: '2026-11-23', from: '2021-02-01' };
const read = (text: string) => readWhen({ text }, context);

describe('a cell for 整改时限', () => {
  it('that the table program keeps as a date is that date, whatever it shows', () => {
    expect(readWhen({ text: '长期坚持', on: '2021-03-31' }, context)).toEqual({ on: '2021-03-31' });
  });

  it.each([
    ['32874', '1990-01-01'],
    ['44286.75', '2021-03-31'],
    ['73415', '2100-12-31'],
  ])('with the number %s, which table programs have for a day, is %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it.each([
    ...['32873', '73416', '44286元', '202103311', '120210331'],
    ...['5', '21年3月', '2021年13月', '0季度', '五季度'],
  ])('with %s, which is no such number and no month, is unread', (text) => {
    expect(read(text)).toEqual({ unread: text });
  });
});

describe('a month', () => {
  it.each([
    ['10月', '2021-10-31'],
    ['12月', '2021-12-31'],
    ['3月份', '2021-03-31'],
    ['09月', '2021-09-30'],
    ['2020年2月', '2020-02-29'],
    ['2023/4', '2023-04-30'],
    ['3月至6月', '2021-06-30'],
    ['6月,9月', '2021-09-30'],
  ])('%s lasts until %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });
});

describe('a quarter', () => {
  it.each([
    ['一季度', '2021-03-31'],
    ['2季度末', '2021-06-30'],
    ['第三季度', '2021-09-30'],
    ['2022年四季度底', '2022-12-31'],
    ['2023年第一季度', '2023-03-31'],
  ])('%s lasts until %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it.each(['前三季度', '二季度初'])('is not what %s means', (text) => {
    expect(read(text)).toEqual({ unread: text });
  });
});

describe('the end of a year', () => {
  it.each([
    ['2022底', '2022-12-31'],
    ['2022年末', '2022-12-31'],
    ['2022年年底', '2022-12-31'],
    ['今年底', '2021-12-31'],
    ['本年年末', '2021-12-31'],
    ['末', '2021-12-31'],
    ['截止到2022年底', '2022-12-31'],
  ])('%s is %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it.each(['年底评估', '2021年底前后', '约2021年底'])('is not guessed of %s', (text) => {
    expect(read(text)).toEqual({ unread: text });
  });
});

describe('from one date to another', () => {
  it.each([
    ['2021.12-2022.3', '2022-03-31'],
    ['2021.1.1-2021.3.31', '2021-03-31'],
    ['2021年1月1日-2021年3月31日', '2021-03-31'],
    ['2021-03-01-2021-04-15', '2021-04-15'],
    ['3月-6月', '2021-06-30'],
    ['3.1-3.31', '2021-03-31'],
    ['2021年3月1日-4月30日', '2021-04-30'],
  ])('%s ends on %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it.each([
    ['2021-03-31', '2021-03-31'],
    ['2021-3-31', '2021-03-31'],
    ['2021-12', '2021-12-31'],
  ])('is not what %s means: one date', (text, on) => {
    expect(read(text)).toEqual({ on });
  });
});

describe('a month in words', () => {
  it.each([
    ['三月底前', '2021-03-31'],
    ['十二月底', '2021-12-31'],
  ])('is counted from the feedback like one in figures: %s is %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });
});

describe('a term in days', () => {
  it.each([
    ['15日内', '2021-02-16'],
    ['30日之内完成', '2021-03-03'],
    ['15天', '2021-02-16'],
    ['60个自然日内', '2021-04-02'],
    ['3个工作日内', '2021-02-04'],
  ])('%s from the feedback ends on %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it('is not meant where a day of the month is', () => {
    expect(read('15日')).toEqual({ on: '2021-02-15' });
    expect(read('15日前')).toEqual({ on: '2021-02-15' });
  });
});

describe('a term in months', () => {
  it.each([
    ['一个月内', '2021-03-01'],
    ['两个月内', '2021-04-01'],
    ['三个月内完成', '2021-05-01'],
    ['6个月之内', '2021-08-01'],
    ['十个月', '2021-12-01'],
    ['12个月', '2022-02-01'],
  ])('%s from the feedback ends on %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it.each(['二十个月', '约三个月', '三个月左右'])('is not guessed of %s', (text) => {
    expect(read(text)).toEqual({ unread: text });
  });
});

describe('a date among other words', () => {
  it.each([
    ['2021年6月底基本完成', '2021-06-30'],
    ['2022.3.31前整改到位', '2022-03-31'],
    ['12月31日左右', '2021-12-31'],
    ['2021年12月3日17时', '2021-12-03'],
    ['5月底基本完成', '2021-05-31'],
    ['2021年3月1日－3月31日', '2021-03-31'],
    ['2021年3月1日-2021年4月30日', '2021-04-30'],
    ['2021年3月底前，一并报送', '2021-03-31'],
    ['6月30日；9月30日', '2021-09-30'],
  ])('%s is %s', (text, on) => {
    expect(read(text)).toEqual({ on });
  });

  it('that was done already is both date and 类别', () => {
    expect(read('2021年3月底（已完成）')).toEqual({ on: '2021-03-31', category: 'immediate' });
    expect(read('6月30日前；常态化推进')).toEqual({ on: '2021-06-30', category: 'lasting' });
  });

  it('is counted from the day of the import where it has no figure, as 下周一 and 月底 are said today', () => {
    expect(read('下周一')).toEqual({ on: '2026-11-30' });
    expect(read('月底前')).toEqual({ on: '2026-11-30' });
    expect(read('15日')).toEqual({ on: '2021-02-15' });
  });

  it('is not guessed of days counted from nowhere', () => {
    expect(read('三天后')).toEqual({ unread: '三天后' });
  });
});

it('what cannot be read is quoted by its first thirty characters', () => {
  expect(read(`  ${'待定'.repeat(20)}  `)).toEqual({ unread: '待定'.repeat(15) });
});
