import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bureau, button, lastFromBot, openBureau, readable } from '../../harness.ts';
import { countIn } from '../report-form.ts';

const SUPERVISOR = '程一禾';

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
  await bureau.say(SUPERVISOR, '指派 1-1 责任领导 孟知行 责任人 林砚秋 时限 2026-12-31');
  await bureau.say(SUPERVISOR, '指派 1-2 责任领导 孟知行 责任人 秦书遥 时限 2026-12-15');
  await bureau.say(SUPERVISOR, '指派 2-1 责任领导 苏静宜 责任人 林砚秋 时限 2026-11-24');
  await bureau.say('林砚秋', '签收 1-1');
  await bureau.moveClock('2026-11-25T01:00:00.000Z');
});
afterAll(() => bureau.close());

const asked = async (name: string, words: string) =>
  readable(lastFromBot(await bureau.say(name, words)).content);

/** The refs that a list shows, in order. */
const refsIn = (text: string) => [...text.matchAll(/^(Z1-\d+-\d+) /gm)].map(([, ref]) => ref);

it.each([
  ['台账 已签收', ['Z1-1-1'], '条件：状态「已签收」'],
  ['台账 已交办', ['Z1-1-2', 'Z1-2-1'], '条件：状态「已交办」'],
  ['台账 林砚秋', ['Z1-1-1', 'Z1-2-1'], '条件：林砚秋（高新技术科）'],
  ['台账 规划与资源配置科', ['Z1-1-2'], '条件：规划与资源配置科'],
  ['台账 逾期', ['Z1-2-1'], '条件：逾期'],
  ['台账 12-20前', ['Z1-1-2', 'Z1-2-1'], '条件：时限不晚于 2026-12-20'],
  ['台账 2026-12-15前', ['Z1-1-2', 'Z1-2-1'], '条件：时限不晚于 2026-12-15'],
  ['台账 中期检查', ['Z1-2-2'], '条件：含「中期检查」'],
  ['台账 Z1-2', ['Z1-2-1', 'Z1-2-2', 'Z1-2-3'], '条件：Z1-2 之下'],
  ['台账 已交办 林砚秋', ['Z1-2-1'], '条件：状态「已交办」、林砚秋（高新技术科）'],
  ['台账，林砚秋、12-20前', ['Z1-2-1'], '条件：林砚秋（高新技术科）、时限不晚于 2026-12-20'],
  ['查询 整改台账 逾期', ['Z1-2-1'], '条件：整改台账、逾期'],
  ['台账 已销号', [], '条件：状态「已销号」'],
])('%s', async (words, refs, understood) => {
  const text = await asked(SUPERVISOR, words);
  expect(countIn(text)).toBe(refs.length);
  expect(text).toContain(understood);
  expect(refsIn(text)).toEqual(refs);
});

it('shows each person only what that person may see', async () => {
  expect(refsIn(await asked('林砚秋', '台账'))).toEqual(['Z1-1-1', 'Z1-2-1']);
  expect(refsIn(await asked('方远山', '台账'))).toEqual(['Z1-1-1', 'Z1-2-1']);
  expect(refsIn(await asked('孟知行', '台账'))).toEqual(['Z1-1-1', 'Z1-1-2']);
  expect(refsIn(await asked('许星阑', '台账'))).toEqual([]);
  expect(countIn(await asked('许星阑', '台账 林砚秋'))).toBe(0);
});

it('goes through its pages with its buttons, and shows every item once', async () => {
  const first = lastFromBot(await bureau.say(SUPERVISOR, '台账'));
  expect(readable(first.content)).toContain('台账：共 16 项，第 1/2 页');
  const second = await bureau.act(SUPERVISOR, first.messageId, button(first.content, '下一页'));
  if (!second.card) throw new Error('The card should have become the second page');
  expect(readable(second.card)).toContain('第 2/2 页');
  const refs = [...refsIn(readable(first.content)), ...refsIn(readable(second.card))];
  expect(refs).toHaveLength(16);
  expect(new Set(refs).size).toBe(16);
  const back = await bureau.act(SUPERVISOR, first.messageId, button(second.card, '上一页'));
  expect(back.card).toEqual(first.content);
});

it('shows the last page when a later one is asked for, and keeps the filter from page to page', async () => {
  expect(await asked(SUPERVISOR, '台账 第99页')).toContain('第 2/2 页');
  const open = lastFromBot(await bureau.say(SUPERVISOR, '台账 待分派'));
  const next = await bureau.act(SUPERVISOR, open.messageId, button(open.content, '下一页'));
  expect(readable(next.card ?? open.content)).toMatch(/共 13 项，第 2\/2 页\n条件：状态「待分派」/);
});
