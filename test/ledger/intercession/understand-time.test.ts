import { expect, test } from 'vitest';
import { understandTime } from '../../../ledger/intercession/understand-time.ts';

const WEDNESDAY = new Date('2026-11-25T08:20:00Z');

test.each([
  ['昨天下午三点', '2026-11-24T15:00'],
  ['昨天三点', '2026-11-24T15:00'],
  ['昨天14时', '2026-11-24T14:00'],
  ['昨天下午15点', '2026-11-24T15:00'],
  ['昨天下午两点到三点', '2026-11-24T14:00'],
  ['昨天夜里十一点', '2026-11-24T23:00'],
  ['昨天夜里两点', '2026-11-24T02:00'],
  ['昨天傍晚六点', '2026-11-24T18:00'],
  ['昨晚', '2026-11-24T20:00~'],
  ['今早', '2026-11-25T08:00~'],
  ['今天中午一点', '2026-11-25T13:00'],
  ['下午3点', '2026-11-25T15:00'],
  ['大前天', '2026-11-22'],
  ['3天前', '2026-11-22'],
  ['半小时前', '2026-11-25T15:50'],
  ['周五', '2026-11-20'],
  ['周五下午', '2026-11-20T15:00~'],
  ['星期三', '2026-11-25'],
  ['上周日', '2026-11-22'],
  ['上上周二', '2026-11-10'],
  ['本周一上午10点', '2026-11-23T10:00'],
  ['11月18日晚上8点', '2026-11-18T20:00'],
  ['十一月十八日上午九点', '2026-11-18T09:00'],
  ['11月18日，我在办公室，下午三点', '2026-11-18T15:00'],
  ['12月3日', '2025-12-03'],
  ['去年11月18日', '2025-11-18'],
  ['26年3月5日', '2026-03-05'],
  ['二〇二六年三月五日', '2026-03-05'],
  ['2026-11-18 15:30', '2026-11-18T15:30'],
  ['2026.11.18下午', '2026-11-18T15:00~'],
  ['18号下午', '2026-11-18T15:00~'],
  ['26号上午', '2026-10-26T10:00~'],
  ['上个月18日', '2026-10-18'],
  ['今天', '2026-11-25'],
  ['刚才', '2026-11-25T16:20'],
])('%s', (told, expected) => {
  expect(understandTime(`${told}张三来电`, WEDNESDAY, 'Asia/Shanghai')).toBe(expected);
});

test.each([
  '三月底',
  '前几天',
  '几天前',
  '一年前',
  '两个月前',
  '那天下午',
  '每周五下午',
  '三点',
  '一点小事',
  '明天下午',
  '下周一',
  '今天五点',
  '今天晚上',
  '昨天晚上12点',
  '2月30日',
  '上个月32日',
  '2026年3月申报',
  '《2026年3月5日通知》',
  '',
])('no time can be made out, or none that has been: %s', (told) => {
  expect(understandTime(`${told}张三来电`, WEDNESDAY, 'Asia/Shanghai')).toBeUndefined();
});

test('a part of today that is not over reaches up to now', () => {
  const morning = new Date('2026-11-25T01:10:00Z');
  expect(understandTime('今天有人', morning, 'Asia/Shanghai')).toBe('2026-11-25');
  expect(understandTime('今天上午有人', morning, 'Asia/Shanghai')).toBe('2026-11-25T09:10~');
  expect(understandTime('11月25日有人', morning, 'Asia/Shanghai')).toBe('2026-11-25');
  expect(understandTime('今天下午有人', morning, 'Asia/Shanghai')).toBeUndefined();
});

test('on a Sunday, last Friday is that of the week before and 周五 the day before yesterday', () => {
  const sunday = new Date('2026-11-22T04:00:00Z');
  expect(understandTime('上周五', sunday, 'Asia/Shanghai')).toBe('2026-11-13');
  expect(understandTime('周五', sunday, 'Asia/Shanghai')).toBe('2026-11-20');
});
