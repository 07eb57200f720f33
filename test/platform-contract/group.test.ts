import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, openBureau, readable } from '../harness.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const WORDS = [
  '我要报告',
  '昨天下午三点李处长打电话让我在评审中关照',
  '我的报告',
  '台账',
  '指派 1-1',
  '受理 ABCD-2345',
  '零报告',
  '帮助',
  '今天食堂吃什么',
  '',
];
const PEOPLE = ['林砚秋', '孟知行', '程一禾', '唐文澜', '罗子衿'];

it('answers every word of everybody in a group with the same sentence', async () => {
  const answers = new Set<string>();
  let said = 0;
  for (const name of PEOPLE) {
    for (const words of WORDS) {
      const messages = await bureau.say(name, words, { group: true });
      const ownTurn = messages.filter(({ from }) => from === 'bot').slice(-1);
      for (const { content } of ownTurn) answers.add(`${content.kind}: ${readable(content)}`);
      said += ownTurn.length;
    }
  }
  expect([...answers]).toEqual(['text: 请私聊我。']);
  expect(said).toBe(PEOPLE.length * WORDS.length);
});

it('opens no form for what was said in a group, neither there nor in private', async () => {
  await bureau.read('许星阑');
  const messages = await bureau.say('许星阑', '我要报告', { group: true });
  expect(messages.filter(({ content }) => content.kind === 'form')).toEqual([]);
});

it('puts no button into a group', async () => {
  const messages = await bureau.say('程一禾', '台账', { group: true });
  expect(messages.findLast(({ from }) => from === 'bot')?.content).toEqual({
    kind: 'text',
    text: '请私聊我。',
  });
});
