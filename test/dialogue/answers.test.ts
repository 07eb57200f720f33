import { describe, expect, it } from 'vitest';
import { type Answer, readAnswer } from '../../bot/dialogue/read-answer.ts';
import type { Doubt } from '../../bot/dialogue/read-people.ts';
import { amendedIn, wordIn } from '../../bot/dialogue/words.ts';
import { handlersFor } from '../../handlers/index.ts';
import { bureauCalendar } from '../../ledger/calendar.ts';
import {
  choiceField,
  choicesField,
  dateField,
  dateTimeField,
  type Field,
  peopleField,
  personField,
  promiseField,
  showFields,
  textField,
} from '../../ledger/form.ts';
import { ledgers } from '../../ledger/ledgers.ts';

/** Monday, 10:00 on the bureau's clock. */
const AT = new Date('2026-11-23T02:00:00Z');
const calendar = bureauCalendar();
const PEOPLE = [
  ['p1', '林砚秋（高新技术科科员）'],
  ['p2', '方远山（高新技术科科长）'],
  ['p3', '方远（办公室文书）'],
  ['p4', '林砚秋（办公室文书）'],
  ...Array.from({ length: 8 }, (_, index) => [`q${index}`, `示例${index}（财务科科员）`]),
].map(([value = '', label = '']) => ({ value, label }));

interface Given {
  kept?: unknown;
  doubt?: Doubt;
  people?: typeof PEOPLE;
}

function read(field: Field<unknown>, said: string, { kept, doubt, people = PEOPLE }: Given = {}): Answer {
  const [shown] = showFields({ asked: field }, { asked: kept }, people);
  if (!shown) throw new Error('No field is shown');
  return readAnswer(said, { shown, field, kept, at: AT, calendar, ...(doubt && { doubt }) });
}

const value = (field: Field<unknown>, said: string, given?: Given) => {
  const answer = read(field, said, given);
  return 'value' in answer ? answer.value : undefined;
};

describe('one of several', () => {
  const field = choiceField({ label: '方式', options: { face: '当面', phone: '电话', letter: '书面/来函' } });

  it.each([
    ['2', 'phone'],
    ['２', 'phone'],
    ['②', 'phone'],
    ['第2项', 'phone'],
    ['选 2。', 'phone'],
    ['电话', 'phone'],
    ['来函', 'letter'],
    ['书', 'letter'],
  ])('is meant by 「%s」', (said, meant) => expect(value(field, said)).toBe(meant));

  it.each(['0', '4', '2、3', '其他', '函', ''])('is not meant by 「%s」', (said) => {
    expect(read(field, said)).toEqual({ wrong: '请回复 1 到 3 的数字，或选项的名称' });
  });
});

describe('several', () => {
  const field = choicesField({ label: '情形', options: { a: '打探', b: '要求照顾评分或名次', c: '其他' } });

  it.each([
    ['1、3', ['a', 'c']],
    ['3 1', ['c', 'a']],
    ['1，1', ['a']],
    ['打探,3', ['a', 'c']],
    ['要求照顾评分或名次', ['b']],
  ])('are meant by 「%s」', (said, meant) => expect(value(field, said)).toEqual(meant));

  it.each(['1、4', '都有', ''])('are not meant by 「%s」', (said) => {
    expect(read(field, said)).toHaveProperty('wrong');
  });
});

describe('people', () => {
  const one = personField({ label: '责任领导' });
  const some = peopleField({ label: '责任人' });

  it('are meant by name, by a part of what is said of them, and by number where they are few', () => {
    expect(value(one, '方远山')).toBe('p2');
    expect(value(one, '方远')).toBe('p3');
    expect(value(one, ' 方 远 ')).toBe('p3');
    expect(value(one, '科长')).toBe('p2');
    expect(value(one, '2')).toBeUndefined();
    expect(value(one, '2', { people: PEOPLE.slice(0, 3) })).toBe('p2');
    expect(value(some, '方远、方远山 ,方远')).toEqual(['p3', 'p2']);
    expect(value(some, '方远山和方远')).toEqual(['p2', 'p3']);
    expect(value(some, '方远山与方远、示例1')).toEqual(['p2', 'p3', 'q1']);
    const [peace] = [{ value: 'p5', label: '王和平（财务科科员）' }];
    expect(value(some, '王和平、方远', { people: [...PEOPLE, peace] })).toEqual(['p5', 'p3']);
    expect(value(some, '1、3', { people: PEOPLE.slice(0, 3) })).toEqual(['p1', 'p3']);
  });

  it('of one name are asked about, and the others that were named are not forgotten', () => {
    const answer = read(some, '方远山、林砚秋、方远');
    const doubt = { name: 'asked', hits: ['p1', 'p4'], chosen: ['p2'], rest: ['方远'] };
    expect(answer).toEqual({ doubt });
    expect(value(some, '2', { doubt })).toEqual(['p2', 'p4', 'p3']);
    expect(value(some, '办公室', { doubt })).toEqual(['p2', 'p4', 'p3']);
    expect(value(some, '方远', { doubt })).toEqual(['p3']);
    expect(read(some, '3', { doubt })).toHaveProperty('wrong');
  });

  it.each(['赵某', '示例', ''])('are not meant by 「%s」', (said) => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      value: `${index}`,
      label: `示例${index}（科）`,
    }));
    expect(read(one, said, { people: many })).toHaveProperty('wrong');
  });
});

describe('a date', () => {
  const ahead = dateField({ label: '延期至' });
  const past = dateField({ label: '会议日期', past: true });

  it.each([
    ['明天', '2026-11-24'],
    ['12月31日', '2026-12-31'],
    ['1月15日', '2027-01-15'],
    ['十二月三十一号', '2026-12-31'],
    ['下周五', '2026-12-04'],
    ['月底', '2026-11-30'],
    ['2026-12-31', '2026-12-31'],
    ['2026.12.31', '2026-12-31'],
    ['11月20日', '2027-11-20'],
    ['20270115', '2027-01-15'],
    ['2027年1月31日下午', '2027-01-31'],
    ['明天上午', '2026-11-24'],
    ['延期至：12月31日', '2026-12-31'],
  ])('to come is 「%s」', (said, on) => expect(value(ahead, said)).toBe(on));

  it.each([
    ['昨天', '2026-11-22'],
    ['今天', '2026-11-23'],
    ['11月20日', '2026-11-20'],
    ['12月1日', '2025-12-01'],
    ['20号', '2026-11-20'],
    ['25号', '2026-10-25'],
    ['周五', '2026-11-20'],
    ['2027-01-01', '2027-01-01'],
  ])('that is past is 「%s」', (said, on) => expect(value(past, said)).toBe(on));

  it.each([
    '12月',
    '以后',
    '2月30日',
    '昨天下午三点王处长打电话来让我在评审里关照一下',
  ])('is not 「%s」', (said) => expect(read(ahead, said)).toHaveProperty('wrong'));
});

describe('a time', () => {
  const field = dateTimeField({ label: '事发时间' });

  it.each([
    ['昨天下午三点', '2026-11-22T15:00'],
    ['11月20日 15:30', '2026-11-20T15:30'],
    ['2026-11-20 15:30', '2026-11-20T15:30'],
    ['2026年11月20日9点', '2026-11-20T09:00'],
    ['今天上午9点', '2026-11-23T09:00'],
    ['昨天', '2026-11-22'],
    ['昨天下午', '2026-11-22T15:00~'],
  ])('is 「%s」', (said, meant) => expect(value(field, said)).toBe(meant));

  it('of which the day is known is said by its hour', () => {
    expect(value(field, '下午三点', { kept: '2026-11-20' })).toBe('2026-11-20T15:00');
    expect(value(field, '16:20', { kept: '2026-11-20T15:00~' })).toBe('2026-11-20T16:20');
    expect(value(field, '昨天下午四点', { kept: '2026-11-20' })).toBe('2026-11-22T16:00');
  });

  it.each(['前几天', '明天下午三点', '不记得'])('is not 「%s」', (said) => {
    expect(read(field, said)).toHaveProperty('wrong');
  });
});

it('a yes and a no are said in many ways', () => {
  const field = promiseField({ label: '本人承诺以上内容如实' });
  for (const said of ['是', '是的', '1', '承诺', '好。']) expect(value(field, said)).toBe(true);
  for (const said of ['否', '不是', '2', '没有']) expect(value(field, said)).toBe(false);
  expect(read(field, '也许')).toHaveProperty('wrong');
});

it('a text is what was typed', () => {
  const field = textField({ label: '进展', max: 2000, lines: 'many' });
  expect(value(field, '进展：再等等')).toBe('再等等');
  expect(value(field, '进展：')).toBe('进展：');
  expect(value(field, '进展顺利：已完成')).toBe('进展顺利：已完成');
  expect(value(field, ' 一、初稿；\n二、征求意见　已完成 ')).toBe('一、初稿；\n二、征求意见　已完成');
});

it('a word is known in the brackets that it was shown in, and means nothing in a sentence', () => {
  expect(['「跳过」', '跳过。', ' 返回', '“提交”！'].map(wordIn)).toEqual(['skip', 'skip', 'back', 'submit']);
  expect(['跳过这一项吧', '已提交', 'constructor', ''].map(wordIn)).toEqual(Array(4).fill(undefined));
});

it('what is to be amended is said in figures or in words', () => {
  expect(['改 2', '改 三', '改第十二项', '修改 二十一', '改 理由'].map(amendedIn)).toEqual([
    { number: 2 },
    { number: 3 },
    { number: 12 },
    { number: 21 },
    { label: '理由' },
  ]);
});

it('no option and no word of the house is called like a word that answers every question', () => {
  const names = handlersFor(ledgers).flatMap((handler) => [
    ...handler.words.filter((word) => word !== '帮助'),
    ...(handler.kind === 'command' ? Object.values(handler.fields) : []).flatMap(({ options = [] }) =>
      options.map(({ label }) => label),
    ),
  ]);
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => wordIn(name) !== undefined)).toEqual([]);
});
