import { expect, test } from 'vitest';
import { readable } from '../../bot/local/chat-client.ts';
import type { Content } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { houseOf } from '../ledger/intercession/house-of-sample.ts';
import { ASKED, NONE, openAskedBureau, press, SOME } from '../ledger/nil-return/asked-bureau.ts';
import { personNamed } from '../sample-record.ts';

let store: Store;
freshCopies(openAskedBureau, (copy) => {
  store = copy.store;
});

async function answerTo(name: string, words = '零报告进度'): Promise<Content> {
  const content = await houseOf(store)(await personNamed(store, name), words, ASKED);
  if (!content) throw new Error('The house says nothing');
  return content;
}
const rowsFor = async (name: string) => {
  const content = await answerTo(name);
  return content.kind === 'table' ? content.rows : [];
};
const textFor = async (name: string, words?: string) => readable(await answerTo(name, words));

const EVERYBODY = [
  ...['田守正', '孟知行', '苏静宜', '陆清和', '程一禾', '何望舒', '罗子衿', '姜明澈', '唐文澜', '叶知秋'],
  ...['沈若谷', '顾长风', '秦书遥', '白景行', '方远山', '许星阑', '林砚秋', '杜若溪', '韩予安', '石清扬'],
];

test('an officer sees who is open by name, and nobody’s answer', async () => {
  await press(store, '林砚秋', SOME);
  await press(store, '许星阑', NONE);
  const text = await textFor('唐文澜');
  expect(text).toContain('尚未申报 高新技术科：方远山');
  expect(text).not.toMatch(/林砚秋|许星阑|无此类|有情形|QL1/);
  expect(await rowsFor('唐文澜')).toEqual([['全局', '21', '—']]);
});

test('a leader sees the same figures and no name', async () => {
  for (const name of ['林砚秋', '许星阑', '方远山', '杜若溪']) await press(store, name, NONE);
  const rows = await rowsFor('唐文澜');
  for (const name of ['田守正', '孟知行', '郑怀瑾']) {
    expect(await rowsFor(name)).toEqual(rows);
    const text = await textFor(name);
    for (const person of EVERYBODY) expect(text, name).not.toContain(person);
  }
});

test('a department stands by itself once nothing in it is small, and in the roster’s order', async () => {
  for (const name of EVERYBODY.slice(0, 11)) await press(store, name, NONE);
  // 派驻纪检组 has one person: two departments of three stand with it, since with one of them three of four would have answered.
  expect(await rowsFor('田守正')).toEqual([
    ['办公室', '4', '4'],
    ['机关党委（纪检监察室）', '4', '4'],
    ['高新技术科', '3', '0'],
    ['科技监督与诚信建设科', '3', '0'],
    ['其他科室', '7', '3'],
    ['全局', '21', '11'],
  ]);
});

test('is not for the others, and says of a month without a question that there was none', async () => {
  for (const name of ['林砚秋', '程一禾', '罗子衿', '沈若谷', '陆清和'])
    expect(await textFor(name)).toContain('您没有「零报告进度」的权限');
  expect(await textFor('唐文澜', '零报告进度 2026-09')).toContain('这一期没有发出过零报告');
});

test('when all have answered, says so', async () => {
  for (const name of [...EVERYBODY, '郑怀瑾']) await press(store, name, SOME);
  expect(await textFor('姜明澈')).toContain('全部已申报。');
  expect((await rowsFor('姜明澈')).at(-1)).toEqual(['全局', '21', '21']);
});
