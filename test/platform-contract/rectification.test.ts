import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from './person.ts';
import { openPeople, type People } from './the-people.ts';

/** Closed without files, which not every platform can bring: with them in `files/`. */
const RULES = { rectification: { evidenceFiles: 0 } };

let people: People;
let supervisor: Person;
let leader: Person;
let responsible: Person;
let assistant: Person;
beforeAll(async () => {
  people = await openPeople({ rules: RULES });
  supervisor = people.named('程一禾');
  leader = people.named('孟知行');
  responsible = people.named('林砚秋');
  assistant = people.named('叶知秋');
});
afterAll(() => people.bureau.close());

it('is assigned by a form, and reaches whoever has never said anything here', async () => {
  await supervisor.says('指派 1-1');
  const sent = await supervisor.fillsIn({
    责任领导: leader.name,
    责任人: responsible.name,
    协办: assistant.name,
    整改时限: '2026-12-31',
  });
  expect(sent).toContain('Z1-1-1');
  expect(await supervisor.says('查看 1-1')).toMatch(/林砚秋/);
  expect(await responsible.sees()).toContain('Z1-1-1');
});

it('is signed for with the button of its notice, and then says so in every list', async () => {
  expect(await responsible.presses('签收')).toMatch(/已签收/);
  expect(await responsible.says('我的整改')).toContain('已签收');
});

it('takes progress typed behind its number, also from who assists', async () => {
  expect(await assistant.says('进展 1-1 已收集材料')).toContain('整改中');
  expect(await responsible.says('查看 1-1')).toContain('已收集材料');
});

it('is answered on the weekly card', async () => {
  await responsible.sees();
  await people.bureau.moveClock('2026-11-23T01:31:00.000Z');
  expect(await responsible.sees()).toContain('Z1-1-1');
  expect(await responsible.presses('按计划')).toContain('按计划');
});

it('is put off by asking and granting', async () => {
  await responsible.says('查看 1-1');
  await responsible.presses('申请延期');
  await responsible.fillsIn({ 延期至: '2027-01-15', 理由: '等待上级批复' });
  expect(await leader.sees()).toContain('Z1-1-1');
  expect(await leader.presses('准予延期')).toContain('Z1-1-1');
  expect(await responsible.says('查看 1-1')).toContain('2027-01-15');
});

it('is closed by three persons, each by the button of what reached him', async () => {
  await responsible.says('查看 1-1');
  await responsible.presses('申请销号');
  await responsible.fillsIn({ 完成情况: '已修订制度并执行', 佐证说明: '制度文本，存于办公室' });
  await leader.sees();
  expect(await leader.presses('审核通过')).toContain('Z1-1-1');
  await supervisor.sees();
  expect(await supervisor.presses('复核通过')).toContain('Z1-1-1');
  expect(await responsible.says('查看 1-1')).toMatch(/Z1-1-1 · 已销号/);
});

it('counts in the figures', async () => {
  expect(await supervisor.says('统计')).toMatch(/已销号|销号/);
});
