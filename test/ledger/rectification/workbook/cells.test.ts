import { describe, expect, test } from 'vitest';
import { bureauCalendar } from '../../../../ledger/calendar.ts';
import type { Directory, Person } from '../../../../ledger/directory.ts';
import { fieldOf } from '../../../../ledger/rectification/workbook/fields.ts';
import { splitMeasures } from '../../../../ledger/rectification/workbook/rows.ts';
import { readWhen } from '../../../../ledger/rectification/workbook/when.ts';
import { readWho } from '../../../../ledger/rectification/workbook/who.ts';

describe('整改时限 as offices write it', () => {
  const context = { calendar: bureauCalendar(), today: '2026-11-23', from: '2021-02-01' };
  test.each([
    ['2021.3.31', '2021-03-31'],
    ['2021-3-31', '2021-03-31'],
    ['2021年3月31日前', '2021-03-31'],
    ['2021年3月底前', '2021-03-31'],
    ['2021 年 3 月', '2021-03-31'],
    ['2021.6', '2021-06-30'],
    ['3月底', '2021-03-31'],
    ['3.31', '2021-03-31'],
    ['4月底前完成', '2021-04-30'],
    ['20210331', '2021-03-31'],
    ['44286', '2021-03-31'],
    ['2021年第二季度末', '2021-06-30'],
    ['2021年底', '2021-12-31'],
    ['年底前', '2021-12-31'],
    ['三个月内', '2021-05-01'],
    ['2021年1月1日至2021年4月30日', '2021-04-30'],
    ['2021.1.1—2021.3.31', '2021-03-31'],
  ])('%s is %s, counted from the feedback', (text, on) => {
    expect(readWhen({ text }, context)).toEqual({ on });
  });
  test.each([
    ['长期', { category: 'lasting' }],
    ['长期坚持', { category: 'lasting' }],
    ['持续推进', { category: 'lasting' }],
    ['立行立改', { category: 'immediate' }],
    ['2021年3月底前，并长期坚持', { on: '2021-03-31', category: 'lasting' }],
    ['尽快', { unread: '尽快' }],
    ['2021年13月1日', { unread: '2021年13月1日' }],
    ['2021.2.30', { unread: '2021.2.30' }],
  ])('%s is no date alone', (text, read) => {
    expect(readWhen({ text }, context)).toEqual(read);
  });
});

describe('people in a cell', () => {
  const person = (id: string, name: string, departmentId: string): Person => ({
    ...{ id, name, departmentId, staffNumber: id, department: departmentId, post: '', roles: [] },
    ...{ isHead: false, active: true },
  });
  const people = [
    person('a', '张三', 'd1'),
    person('b', '李四', 'd1'),
    person('c', '王五', 'd1'),
    person('e', '王五', 'd2'),
  ];
  const directory = {
    named: (name: string) => people.filter((each) => each.name === name),
  } as unknown as Directory;

  test.each([
    ['张三、李四', ['a', 'b']],
    ['张　三，李 四', ['a', 'b']],
    ['张三 李四', ['a', 'b']],
    ['张三\n李四', ['a', 'b']],
    ['张三（办公室主任）、李四副局长', ['a', 'b']],
    ['张三和李四', ['a', 'b']],
    ['无', []],
  ])('%s', (text, ids) => {
    expect(readWho(text, directory)).toEqual({ ids, unread: [] });
  });

  test('whoever is not found is named, and the others are read', () => {
    expect(readWho('张三、赵无名', directory)).toEqual({ ids: ['a'], unread: ['没有找到「赵无名」'] });
  });

  test('of two of one name the one of the department is meant; without it, nobody', () => {
    expect(readWho('王五', directory, 'd2').ids).toEqual(['e']);
    expect(readWho('王五', directory)).toEqual({ ids: [], unread: ['有 2 位「王五」'] });
  });
});

test.each([
  ['巡察反馈问题', 'problem'],
  ['存在的主要问题', 'problem'],
  ['问题整改措施', 'measure'],
  ['整改措施（具体）', 'measure'],
  ['整 改 时 限', 'dueOn'],
  ['牵头领导', 'leader'],
  ['责任部门(单位)', 'department'],
  ['整改完成情况', 'progress'],
  ['是否完成', 'state'],
  ['是否公开', 'isPublic'],
])('the heading %s means %s', (heading, field) => {
  expect(fieldOf(heading)?.field).toBe(field);
});

test.each([
  '',
  '备注',
  '联系电话',
  '一是修订评审规程，把回避写进每一个环节，作为整改措施',
])('「%s」 is no heading of ours', (text) => {
  expect(fieldOf(text)).toBeUndefined();
});

test('several numbered measures in one cell are as many measures', () => {
  expect(splitMeasures('1.修订规程\n细则另订\n2.倒查项目')).toEqual(['修订规程\n细则另订', '倒查项目']);
  expect(splitMeasures('（一）修订规程')).toEqual(['修订规程']);
  expect(splitMeasures('3.5万元已追回')).toEqual(['3.5万元已追回']);
});
