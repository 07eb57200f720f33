import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verify } from '../../ledger/audit/verify.ts';
import { type CommandDesk, openCommandDesk, sampleFile } from './desk.ts';

let desk: CommandDesk;

beforeEach(async () => {
  desk = await openCommandDesk();
  await desk.run('import', 'roster', sampleFile('roster.csv'));
});
afterEach(async () => {
  expect((await desk.look((store) => verify(store.database.rows))).problems).toEqual([]);
  await desk.close();
});

const rolesOf = async (staffNumber: string) =>
  (await desk.look((store) => store.database.rows.person.findUniqueOrThrow({ where: { staffNumber } })))
    .roles;
const records = () => desk.look((store) => store.database.rows.auditRecord.count());

test('roles are given and taken, by name or number, in Chinese or English', async () => {
  const given = await desk.run('role', 'give', '何望舒', '督查员', 'auditor');
  expect(given).toEqual({
    code: 0,
    out: '何望舒（S006）已担任督查员、审计员，现有角色：督查员、审计员。\n',
    err: '',
  });
  expect(await rolesOf('S006')).toEqual(['supervisor', 'auditor']);
  const taken = await desk.run('role', 'take', 's006'.toUpperCase(), 'supervisor', '--json');
  expect(JSON.parse(taken.out)).toEqual({
    ...{ staffNumber: 'S006', name: '何望舒' },
    ...{ roles: ['auditor'], changed: ['supervisor'] },
  });
  const actions = await desk.look((store) =>
    store.database.rows.auditRecord.findMany({ where: { actor: 'command:role' }, orderBy: { seq: 'asc' } }),
  );
  expect(actions.map(({ action }) => action)).toEqual(['role.give', 'role.take']);
});

test('what somebody has already is not given again, and nothing is recorded', async () => {
  const before = await records();
  expect((await desk.run('role', 'give', '田守正', '党组书记')).out).toContain('没有变化');
  expect((await desk.run('role', 'take', '田守正', '督查员')).out).toContain('没有变化');
  expect(await records()).toBe(before);
});

test('a name that several bear is asked back with their numbers', async () => {
  const file = join(desk.folder, 'more.csv');
  await writeFile(file, '工号,姓名,科室\nS900,何望舒,规划与资源配置科\n');
  await desk.run('import', 'roster', file);
  const { code, err } = await desk.run('role', 'give', '何望舒', '督查员');
  expect(code).toBe(1);
  expect(err).toContain('S006（办公室）、S900（规划与资源配置科）');
  expect((await desk.run('role', 'give', 'S900', '督查员')).code).toBe(0);
});

test('a department has one head', async () => {
  const { code, err } = await desk.run('role', 'give', '许星阑', '科室负责人');
  expect(code).toBe(1);
  expect(err).toContain('已有负责人方远山（S015）');
  await desk.run('role', 'take', '方远山', '科室负责人');
  expect((await desk.run('role', 'give', '许星阑', '科室负责人')).code).toBe(0);
  const head = await desk.look((store) => store.database.rows.person.findMany({ where: { isHead: true } }));
  expect(head.map(({ name }) => name)).toContain('许星阑');
  expect(head.map(({ name }) => name)).not.toContain('方远山');
});

test('what is unknown is refused in one sentence', async () => {
  const person = await desk.run('role', 'give', '没有人', '督查员');
  expect(person).toMatchObject({ code: 1, out: '' });
  expect(person.err).toContain('没有在职人员的工号或姓名是「没有人」');
  const role = await desk.run('role', 'give', '何望舒', '局长');
  expect(role).toMatchObject({ code: 1, out: '' });
  expect(role.err).toContain('没有「局长」这个角色，应为：党组书记（secretary）');
  expect((await desk.run('role', 'give', '何望舒')).code).toBe(2);
});

test('the list names who has which role', async () => {
  const { out } = await desk.run('role', 'list');
  expect(out).toContain('督查员：程一禾（S005，办公室）、叶知秋（S010，机关党委（纪检监察室））\n');
  const held = JSON.parse((await desk.run('role', 'list', '--json')).out) as {
    role: string;
    people: object[];
  }[];
  expect(held).toHaveLength(10);
  expect(held[0]).toEqual({
    role: 'secretary',
    people: [{ staffNumber: 'S001', name: '田守正', department: '局领导' }],
  });
});
