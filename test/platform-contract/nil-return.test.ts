import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ledgers } from '../../ledger/ledgers.ts';
import { openStore } from '../../open-store.ts';
import type { Person } from './person.ts';
import { openPeople, type People } from './the-people.ts';

let people: People;
let one: Person;
let other: Person;
beforeAll(async () => {
  people = await openPeople({ at: '2026-11-30T07:00:00.000Z' });
  one = people.named('林砚秋');
  other = people.named('许星阑');
  await people.bureau.moveClock('2026-12-01T02:00:00.000Z');
});
afterAll(() => people.bureau.close());

const withoutNumbers = (text: string) =>
  text.replace(/QL1\.[\w-]{140}/g, '回执').replace(/[2-9A-Z]{4}-[2-9A-Z]{4}/g, '编号');

it('asks everybody once, and both buttons end in the same words', async () => {
  for (const person of [one, other]) expect(await person.sees()).toContain('零报告');
  const none = withoutNumbers(await one.presses('无此类情形'));
  expect(none).toContain('已收到您的零报告（2026年11月）');
  expect(withoutNumbers(await other.presses('有情形'))).toBe(none);
  const own = withoutNumbers(await one.says('零报告'));
  expect(own).toContain('您已申报2026年11月零报告');
  expect(withoutNumbers(await other.says('零报告'))).toBe(own);
});

it('leads from there to a report, whatever was declared', async () => {
  await one.says('零报告');
  expect(await one.presses('我要报告')).toContain('说情打招呼记录');
});

it('keeps nothing of an answer that could be tried against the two buttons', async () => {
  const store = await openStore(people.bureau.environment, ledgers);
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
