import { afterAll, beforeAll, expect, it } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import { wordsOfHelp } from '../help-words.ts';
import { assign, openPeople, type People, report } from './the-people.ts';

const STAFF = '许星阑';
const RESPONSIBLE = '林砚秋';
const LEADER = '孟知行';
const SUPERVISOR = '程一禾';
const DISCIPLINE = '唐文澜';
const ADMINISTRATOR = '罗子衿';

let people: People;
beforeAll(async () => {
  people = await openPeople();
  await assign(people.named(SUPERVISOR), { leader: LEADER, responsible: RESPONSIBLE });
});
afterAll(() => people.bureau.close());

async function asked(name: string, words: string): Promise<string> {
  await people.named(name).sees();
  return people.named(name).says(words);
}

/** Where somebody is on WeChat, about that itself. */
const OF_ACCOUNTS = ['解绑微信', '微信登录'];
const wordsFor = async (name: string) =>
  wordsOfHelp(await asked(name, '帮助')).filter((word) => !OF_ACCOUNTS.includes(word));

const REPORTING = [
  ...['我要报告', '我的报告', '查看', '核验', '打开', '补正', '回复', '补充佐证', '撤回', '异议'],
];
const EVERYBODY = [...REPORTING, '零报告', '台账', '减负自查', '帮助'];
const without = (words: string[], others: readonly string[]) =>
  words.filter((word) => !others.includes(word));

it('begins with what a reporter does, in the order in which he does it', async () => {
  expect((await asked(STAFF, '帮助')).split('\n').slice(2, 7)).toEqual([
    '遇到说情打招呼',
    '1. 记一条：我要报告',
    '2. 看回执和进展：我的报告 · 查看 · 核验 · 打开',
    '3. 补充：补正 · 回复 · 补充佐证 · 撤回',
    '4. 对结果有异议：异议',
  ]);
});

it('names to a staff member what everybody may do, and nothing else', async () => {
  expect((await wordsFor(STAFF)).sort()).toEqual([...EVERYBODY].sort());
});

it('reads the same for who has filed a report and who has not', async () => {
  const before = await asked(STAFF, '帮助');
  await report(people.named(STAFF));
  expect(await asked(STAFF, '帮助')).toBe(before);
});

it('names to a responsible person what can be done with his items', async () => {
  const words = without(await wordsFor(RESPONSIBLE), EVERYBODY);
  expect(words).toEqual([
    ...['本周督查', '我的整改', '台账页', '签收', '进展', '按计划', '有困难'],
    ...['申请销号', '申请延期', '申请暂难', '撤回申请', '督查记录'],
  ]);
});

it('names to a 责任领导 how he reviews and decides, and not how one works on an item', async () => {
  const words = without(await wordsFor(LEADER), EVERYBODY);
  expect(words).toEqual([
    ...['本周督查', '我的整改', '本科室', '台账页', '审核通过', '退回'],
    ...[
      '准予延期',
      '不予延期',
      '同意暂难',
      '不同意暂难',
      '恢复整改',
      '督查记录',
      '零报告进度',
      '统计',
      '清廉周报',
    ],
  ]);
});

it('names to a 督查员 how he assigns and approves, and nothing of the other ledger', async () => {
  const words = without(await wordsFor(SUPERVISOR), EVERYBODY);
  expect(words).toEqual([
    ...['本周督查', '台账页', '立项', '导入台账', '加问题', '加措施', '修改', '修改轮次', '指派', '作废'],
    ...['电话', '核查', '督查记录', '复核通过', '审定', '退回', '恢复整改'],
    ...['回头看', '巩固', '反弹', '通报', '统计', '未送达'],
  ]);
});

it('names to a 纪检监察员 how a report is handled, from what waits to the archive', async () => {
  const words = without(await wordsFor(DISCIPLINE), EVERYBODY);
  expect(words).toEqual([
    ...['待甄别', '追问', '认定', '更正认定', '受理', '开始甄别', '备查', '甄别', '处置', '反馈', '复核'],
    ...['归档', '申请解封', '批准解封', '驳回解封', '查阅记录'],
    ...['本周督查', '台账页', '立项', '导入台账', '加问题', '加措施', '修改', '修改轮次', '指派', '作废'],
    ...[
      '督查记录',
      '审定',
      '审定有异',
      '退回',
      '恢复整改',
      '回头看',
      '通报',
      '零报告进度',
      '统计',
      '清廉周报',
      '未送达',
    ],
  ]);
});

it('stands on one screen of a phone, for an officer too', async () => {
  const [staff, officer] = [await linesOfHelp(STAFF), await linesOfHelp(DISCIPLINE)];
  expect(staff.join('\n').length).toBeLessThan(400);
  expect(officer.length).toBeLessThanOrEqual(32);
  expect(officer.filter((line) => line.length > 60)).toEqual([]);
});

/** Without what is about accounts, and the buttons below it, which are lines where they are typed. */
const linesOfHelp = async (name: string) =>
  (await asked(name, '帮助'))
    .split('\n')
    .filter((line) => ![...OF_ACCOUNTS, '回复「'].some((word) => line.startsWith(word)));

it('says with a word behind it how that word is used', async () => {
  expect(await asked(STAFF, '帮助 核验')).toMatch(/^【?核验 <回执或编号>】?\n确认一条记录仍在、未被改动$/u);
  expect(await asked(STAFF, '帮助 指派')).toContain('我能帮您做什么');
});

it('knows every word of a ledger that says what is done with it', () => {
  for (const { works, moves, mine, title } of ledgers.filter((ledger) => ledger.works)) {
    const said = works?.flatMap(({ steps }) => steps.flatMap(({ words }) => words));
    expect(said, title).toEqual(expect.arrayContaining([...moves.map(({ word }) => word), mine.word]));
  }
});

it('names to an administrator nothing of what is in the ledgers', async () => {
  expect(without(await wordsFor(ADMINISTRATOR), EVERYBODY)).toEqual(['未送达']);
});

it.each([
  [STAFF, '指派'],
  [LEADER, '复核通过'],
  [ADMINISTRATOR, '指派'],
  [STAFF, '未送达'],
])('says to %s that 「%s」 is not for that person', async (name, word) => {
  expect(await asked(name, `${word} 1-1`)).toBe(
    `您没有「${word}」的权限。发送「帮助」可以查看您能使用的功能。`,
  );
});
