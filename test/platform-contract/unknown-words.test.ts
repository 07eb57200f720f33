import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPeople, type People } from './the-people.ts';

let people: People;
beforeAll(async () => {
  people = await openPeople();
  await people.named('程一禾').says('指派 3-1 责任领导 孟知行 责任人 叶知秋 时限 2026-12-31');
  await people.named('叶知秋').sees();
});
afterAll(() => people.bureau.close());

const answered = (name: string, typed: string) => people.named(name).says(typed);

it.each([
  ['我要抱告', '我要报告'],
  ['我的整该', '我的整改'],
  ['申请消号', '申请销号'],
  ['本周督察', '本周督查'],
  ['指拍 3-1', '指派'],
])('suggests two words for 「%s」, and 「%s」 is the first', async (typed, meant) => {
  const text = await answered(meant === '指派' ? '程一禾' : '叶知秋', typed);
  const [, first, second] = /没有听懂「.+」。您是不是想说「(.+)」或「(.+)」？/mu.exec(text) ?? [];
  expect(first).toBe(meant);
  expect(second).toBeTruthy();
});

it.each([
  '取消',
  '跳过',
  '预览',
])('does not guess what 「%s」 is to mean where nothing is asked', async (typed) => {
  expect(await answered('许星阑', typed)).toMatch(/^现在没有(等您回答的问题|正在填写的表单)/u);
});

it('suggests only what the person may do', async () => {
  const text = await answered('许星阑', '受理里');
  expect(text).toContain('没有听懂「受理里」');
  expect(text).not.toMatch(/「受理」/);
});

it('carries out the suggestion when it is pressed', async () => {
  await answered('许星阑', '我的报高');
  expect(await people.named('许星阑').presses('我的报告')).toContain('我的报告：暂无');
});

it.each([
  ['报备', '重点工作报备尚未启用，请按原有书面程序报备。'],
  ['履责清单', '履责清单尚未启用。'],
  ['查诚信 某某', '科研诚信查询尚未启用，请向科技监督与诚信建设部门查询。'],
])('says of 「%s」 that it is not in use yet, and what to do instead', async (words, sentence) => {
  expect(await answered('许星阑', words)).toBe(sentence);
  expect(await answered('许星阑', '帮助')).not.toContain(`${words.slice(0, 2)}：`);
});
