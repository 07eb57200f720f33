import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Person } from './person.ts';
import { assign, openPeople, type People } from './the-people.ts';

let people: People;
let supervisor: Person;
let responsible: Person;
beforeAll(async () => {
  people = await openPeople();
  supervisor = people.named('程一禾');
  responsible = people.named('林砚秋');
  await assign(supervisor, { leader: '孟知行', responsible: responsible.name });
});
afterAll(() => people.bureau.close());

it('what was said before a restart is there after it, and what stood in the chat goes on', async () => {
  await responsible.sees();
  await responsible.says('签收 1-1');
  await responsible.says('进展 1-1 示例：初稿已完成');
  await responsible.says('查看 1-1');
  await responsible.presses('申请延期');

  await people.bureau.restart();

  expect(await responsible.fillsIn({ 延期至: '2027-01-15', 理由: '示例：等待批复' })).toContain('Z1-1-1');
  const shown = await supervisor.says('查看 1-1');
  expect(shown).toContain('示例：初稿已完成');
  expect(shown).toContain('2027-01-15');
});

it('what was taken just before a restart is settled, and answered once', async () => {
  await responsible.sees();
  await responsible.leaves('进展 1-1 示例：刚说完');
  await people.bureau.restart();
  expect(await supervisor.says('查看 1-1')).toContain('示例：刚说完');
  expect((await responsible.sees()).match(/已记录进展/gu)).toHaveLength(1);
});

it('nothing that was sent before a restart is sent again', async () => {
  await responsible.sees();
  await supervisor.sees();
  await people.bureau.restart();
  expect(await responsible.sees()).toBe('');
  expect(await supervisor.sees()).toBe('');
});
