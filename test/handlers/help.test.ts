import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, lastFromBot, openBureau, readable } from '../harness.ts';
import { wordsOfHelp } from '../help-words.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say('程一禾', '指派 1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31');
});
afterAll(() => bureau.close());

const asked = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);

const wordsFor = async (name: string) => wordsOfHelp(await asked(name, '帮助'));

it.each([
  '林砚秋',
  '孟知行',
  '程一禾',
  '唐文澜',
])('the help names nothing to %s that is refused to the same person', async (name) => {
  const words = await wordsFor(name);
  const answers: string[] = [];
  for (const word of words) answers.push(await asked(name, word));
  expect(answers.length).toBeGreaterThan(10);
  expect(answers.filter((answer) => answer.includes('权限') || answer.includes('没有听懂'))).toEqual([]);
});

const headingsFor = async (name: string): Promise<string[]> => {
  const { content } = lastFromBot(await bureau.say(name, '帮助'));
  return content.kind === 'notice' ? content.sections.flatMap(({ heading }) => heading ?? []) : [];
};

it.each([
  ['林砚秋', ['承办整改事项']],
  ['孟知行', ['审批整改事项']],
  ['程一禾', ['督查整改事项']],
  ['田守正', ['办理说情打招呼', '了解整改情况']],
  ['唐文澜', ['办理说情打招呼', '督查整改事项']],
  ['方远山', ['了解整改情况']],
  ['沈若谷', ['了解整改情况']],
  ['许星阑', []],
])('the help of %s is headed by what is done: %j', async (name, works) => {
  const others = ['遇到说情打招呼', '零报告', '查询', '其他'];
  const headings = await headingsFor(name);
  expect(headings.filter((heading) => !others.includes(heading))).toEqual(works);
  expect(new Set(headings).size).toBe(headings.length);
});

it('who has several parts finds each work once, and no word of what anybody may look at again', async () => {
  await bureau.say('程一禾', '指派 1-2 责任领导 苏静宜 责任人 孟知行 时限 2026-12-31');
  expect((await headingsFor('孟知行')).filter((heading) => heading.includes('整改'))).toEqual([
    ...['承办整改事项', '审批整改事项'],
  ]);
});
