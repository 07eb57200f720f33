import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import { type Bureau, button, lastFromBot, openBureau, readable } from '../harness.ts';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau({ at: '2026-11-30T07:00:00.000Z' });
  await bureau.moveClock('2026-12-01T02:00:00.000Z');
});
afterAll(() => bureau.close());

const withoutNumbers = (text: string) =>
  text.replace(/QL1\.[\w-]{140}/g, '回执').replace(/[2-9A-Z]{4}-[2-9A-Z]{4}/g, '编号');

/** @returns the toast and the card as they are read, without what is random */
async function taps(name: string, label: string): Promise<string> {
  const question = lastFromBot(await bureau.read(name));
  const line = button(question.content, label);
  const { toast, card } = await bureau.act(name, question.messageId, line);
  return withoutNumbers(`${toast}\n${card ? readable(card) : ''}`);
}

it('asks everybody once, and both buttons end in the same card', async () => {
  const none = await taps('林砚秋', '无此类情形');
  expect(none).toContain('已收到您的零报告（2026年11月）');
  expect(await taps('许星阑', '有情形')).toBe(none);
  const windows = await Promise.all(['林砚秋', '许星阑'].map((name) => bureau.say(name, '零报告')));
  const [own, other] = windows.map((messages) => withoutNumbers(readable(lastFromBot(messages).content)));
  expect(own).toContain('您已申报2026年11月零报告');
  expect(other).toBe(own);
});

it('leads from the card to a report, whatever was declared', async () => {
  const { content, messageId } = lastFromBot(await bureau.say('林砚秋', '零报告'));
  await bureau.act('林砚秋', messageId, button(content, '我要报告'));
  expect(lastFromBot(await bureau.read('林砚秋')).content).toMatchObject({
    kind: 'form',
    title: '说情打招呼记录',
  });
});

it('keeps nothing of a press that could be tried against the two buttons', async () => {
  const store = await openStore(bureau.environment, ledgers);
  const keys = (await store.database.rows.request.findMany()).map(({ key }) => key).join('\n');
  await store.database.close();
  const guesses = ['无', '有'].flatMap((answer) => {
    const line = `零报告 2026-11 ${answer}`;
    const inWindow = Array.from({ length: 100 }, (_, seq) => [line, undefined, seq]);
    return [line, [line], ...inWindow].map((said) =>
      createHash('sha256').update(JSON.stringify(said)).digest('base64url'),
    );
  });
  expect(keys.length).toBeGreaterThan(0);
  expect(guesses.filter((guess) => keys.includes(guess))).toEqual([]);
});
