import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPeople, type People } from '../the-people.ts';

let people: People;
beforeAll(async () => {
  people = await openPeople();
});
afterAll(() => people.bureau.close());

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
      const ownTurn = (await people.named(name).saysInGroup(words)).slice(-1);
      for (const answer of ownTurn) answers.add(answer);
      said += ownTurn.length;
    }
  }
  expect([...answers]).toEqual(['text: 请私聊我。']);
  expect(said).toBe(PEOPLE.length * WORDS.length);
});

it('opens no form for what was said in a group, neither there nor in private', async () => {
  const person = people.named('许星阑');
  await person.sees();
  expect((await person.saysInGroup('我要报告')).at(-1)).toBe('text: 请私聊我。');
  expect(await person.sees()).toBe('');
});
