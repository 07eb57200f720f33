import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from '../person.ts';
import { assign, openPeople, type People } from '../the-people.ts';

let people: People;
let supervisor: Person;
let responsible: Person;
beforeAll(async () => {
  people = await openPeople();
  supervisor = people.named('程一禾');
  responsible = people.named('林砚秋');
  await assign(supervisor, { leader: '孟知行', responsible: responsible.name });
  await responsible.says('签收 1-1');
  await responsible.says('进展 1-1 已收集材料');
});
afterAll(() => people.bureau.close());

const TEXT = '示例：差旅费管理办法，已于 11 月印发。';

it('that nobody waits for is not kept, and the answer says how it would be', async () => {
  expect(await people.named('许星阑').sends('说明.txt', TEXT)).toContain('不知道归入哪条记录，未作保存');
});

it('comes to the item that was said, and those who review see it by name, size and date', async () => {
  expect(await responsible.says('申请销号 1-1')).toContain('申请销号前至少需要 1 个');
  await responsible.says('查看 1-1');
  await responsible.presses('补充佐证');
  expect(await responsible.sends('示例制度.txt', TEXT)).toMatch(/归入 Z1-1-1】?\n现有 1 个佐证文件/u);
  expect(await responsible.presses('完成')).toContain('申请销号');
  expect(await supervisor.says('查看 1-1')).toContain('1. 示例制度.txt（文档，1 KB，2026-11-23');
});

it('that was sent once is not kept twice', async () => {
  await responsible.says('补充佐证 1-1');
  expect(await responsible.sends('再发一次.txt', TEXT)).toContain('已经有了，没有重复保存');
  expect(await supervisor.says('查看 1-1')).not.toContain('2. ');
});

it('is what the item is closed with', async () => {
  await responsible.says('申请销号 1-1');
  expect(await responsible.fillsIn({ 完成情况: '已修订制度并执行' })).toContain('Z1-1-1');
  const leader = people.named('孟知行');
  await leader.sees();
  expect(await leader.presses('审核通过')).toContain('Z1-1-1');
});
