import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, lastFromBot, openBureau, readable } from '../harness.ts';

const STAFF = '许星阑';
const RESPONSIBLE = '林砚秋';
const LEADER = '孟知行';
const SUPERVISOR = '程一禾';
const DISCIPLINE = '唐文澜';
const ADMINISTRATOR = '罗子衿';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say(SUPERVISOR, `指派 1-1 责任领导 ${LEADER} 责任人 ${RESPONSIBLE} 时限 2026-12-31`);
});
afterAll(() => bureau.close());

const asked = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);

/** The words that stand at the beginning of the help's lines. */
async function wordsFor(name: string): Promise<string[]> {
  const lines = (await asked(name, '帮助')).split('\n');
  return lines.flatMap((line) => /^([^：，\s]+)(?: [^：]+)?：/.exec(line)?.[1] ?? []);
}

const EVERYBODY = ['我要报告', '我的报告', '零报告', '台账', '查看', '核验', '帮助'];
const without = (words: string[], others: readonly string[]) =>
  words.filter((word) => !others.includes(word));

it('names to a staff member what everybody may do, and nothing else', async () => {
  expect((await wordsFor(STAFF)).sort()).toEqual([...EVERYBODY].sort());
});

it('names to a responsible person what can be done with his items', async () => {
  const words = without(await wordsFor(RESPONSIBLE), EVERYBODY);
  expect(words).toEqual(['我的整改', '本周督查', '签收', '进展', '按计划', '有困难', '申请销号', '申请延期']);
});

it('names to a 责任领导 how he reviews and decides, and not how one works on an item', async () => {
  const words = without(await wordsFor(LEADER), EVERYBODY);
  expect(words).toEqual([
    ...['我的整改', '本周督查', '审核通过', '退回', '准予延期', '不予延期'],
    ...['零报告进度', '统计'],
  ]);
});

it('names to a 督查员 how he assigns and approves, and nothing of the other ledger', async () => {
  const words = without(await wordsFor(SUPERVISOR), EVERYBODY);
  expect(words).toEqual(['本周督查', '指派', '复核通过', '退回', '统计', '未送达']);
});

it('names to a 纪检监察员 how a report is handled', async () => {
  const words = without(await wordsFor(DISCIPLINE), EVERYBODY);
  expect(words).toEqual([
    '待甄别',
    '受理',
    '备查',
    '甄别',
    '开始甄别',
    '归档',
    '处置',
    '反馈',
    '复核',
    '追问',
    '认定',
    '批准解封',
    '驳回解封',
    '申请解封',
    '补充佐证',
    '零报告进度',
    '本周督查',
    '指派',
    '查阅记录',
    '统计',
    '未送达',
  ]);
});

it('names to an administrator nothing of what is in the ledgers', async () => {
  expect(without(await wordsFor(ADMINISTRATOR), EVERYBODY)).toEqual(['未送达']);
});

it.each([
  RESPONSIBLE,
  LEADER,
  SUPERVISOR,
  DISCIPLINE,
])('names nothing to %s that is refused to the same person', async (name) => {
  const words = await wordsFor(name);
  const answers: string[] = [];
  for (const word of words) answers.push(await asked(name, word));
  expect(answers).toHaveLength(words.length);
  expect(answers.filter((answer) => answer.includes('权限') || answer.includes('没有听懂'))).toEqual([]);
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
