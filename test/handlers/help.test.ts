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
