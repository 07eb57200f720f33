import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NoticeContent } from '../../ledger/message.ts';
import { type Bureau, lastFromBot, openBureau, readable } from '../harness.ts';
import { asCard } from '../jobs/at-work.ts';

const RESPONSIBLE = '林砚秋';

let bureau: Bureau;
const asked = async (words: string) => readable(lastFromBot(await bureau.say(RESPONSIBLE, words)).content);
/** What the item is and what was written down of it. */
const recorded = (ref: string) => asked(`查看 ${ref}`);
let card: NoticeContent;

beforeAll(async () => {
  bureau = await openBureau();
  const given = (ref: string, dueOn: string) =>
    bureau.say('程一禾', `指派 ${ref} 责任领导 孟知行 责任人 ${RESPONSIBLE} 时限 ${dueOn}`);
  await given('1-1', '2026-11-27');
  for (const ref of ['1-2', '2-1', '2-2']) await given(ref, '2027-01-31');
  await bureau.moveClock('2026-11-30T01:30:00Z');
  card = asCard(lastFromBot(await bureau.read(RESPONSIBLE)).content);
});
afterAll(() => bureau.close());

test('the card’s button counts only what can go by its plan', () => {
  expect(card.sections).toHaveLength(5);
  expect(card.actions).toEqual([{ action: '按计划 全部', label: '其余 3 项均按计划' }]);
});

test('what is over its date is refused the word, with what can be answered instead', async () => {
  const before = await recorded('1-1');
  expect(await asked('按计划 1-1')).toContain(
    'Z1-1-1 已过 2026-11-27 的时限，不能答复「按计划」，请答复「进展」「有困难」或「申请暂难」。',
  );
  expect(await recorded('1-1')).toBe(before);
});

test('what was answered is not offered again, and the same answer is written down once', async () => {
  await bureau.say(RESPONSIBLE, '按计划 1-2');
  const before = await recorded('1-2');
  expect(await asked('按计划 1-2')).toContain('Z1-1-2 本周的这一答复已经记录，不用再报。');
  const choice = await asked('按计划');
  expect(choice).toContain('您有 2 条可以「按计划」的事项');
  expect(choice).not.toMatch(/Z1-1-[12]/);
  expect(await recorded('1-2')).toBe(before);
});

test('the same progress and the same difficulty are written down once too, other words anew', async () => {
  for (const word of ['进展', '有困难']) {
    await bureau.say(RESPONSIBLE, `${word} 1-1 初稿已成（示例）`);
    const before = await recorded('1-1');
    expect(await asked(`${word} 1-1 初稿已成（示例）`)).toContain('已经记录');
    expect(await recorded('1-1')).toBe(before);
    await bureau.say(RESPONSIBLE, `${word} 1-1 二稿已成（示例）`);
    expect(await recorded('1-1')).not.toBe(before);
  }
});

test('「全部」 answers what is left, and says what it left out', async () => {
  await bureau.moveClock('2026-12-07T01:30:00Z');
  const said = await asked('按计划 全部');
  expect(said).toContain('已回复「按计划」');
  expect(said).toContain('没有包括 1 项：已过时限，请逐项答复「进展」「有困难」或「申请暂难」。');
  expect(await asked('按计划 全部')).toContain('没有可以按计划的事项');
});
