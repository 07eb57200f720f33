import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, lastFromBot, openBureau } from '../../harness.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

it('unknown words have the words that may be meant as buttons, with the way to a report', async () => {
  const { content } = lastFromBot(await bureau.say('许星阑', '我的报高'));
  const labels = content.kind === 'notice' ? content.actions.map(({ label }) => label) : [];
  expect(labels).toEqual(['我的报告', '我要报告', '帮助']);
});
