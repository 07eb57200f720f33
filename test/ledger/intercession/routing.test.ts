import { describe, expect, it } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Person } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { operate } from '../../../ledger/operation.ts';
import type { Role } from '../../../ledger/role.ts';
import { importRoster } from '../../../ledger/roster/import-roster.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed, type SampleRecord, takeMessages, takeStep } from '../../sample-record.ts';

const AT = new Date('2026-11-23T02:00:00Z');

let record: SampleRecord;
let reporter: Person;

verifiedCopies(AT, async (copy) => {
  record = copy;
  reporter = await personNamed(copy.store, '林砚秋');
});

const file = (values: Record<string, unknown> = {}) => fileReport(record.store, reporter, AT, values);
const told = async () => (await takeMessages(record.store)).map(({ to }) => to).sort();
const sees = async (name: string, ref: string) => {
  const { store } = record;
  const entries = entriesFor(store, store.database.rows, await personNamed(store, name));
  return (await entries.find({ ref })) !== undefined;
};
const join = (name: string, role: Role, department = '派驻纪检组') =>
  operate(record.store, { actor: 'command:import-roster', at: AT }, (operation) =>
    importRoster(operation, [
      { line: 1, staffNumber: `S9-${name}`, name, department, post: '示例', roles: [role], isHead: false },
    ]),
  );

describe('whoever asked the favour is recused', () => {
  it('with the head of his own department and its officers; who is only mentioned, alone', async () => {
    const asked = await file({ intercessorName: '叶知秋' });
    expect(await told()).toEqual(['郑怀瑾']);
    for (const name of ['叶知秋', '姜明澈', '唐文澜']) expect(await sees(name, asked), name).toBe(false);
    const mentioned = await file({ content: '叶知秋在场。' });
    expect(await told()).toEqual(['唐文澜', '姜明澈']);
    expect(await sees('叶知秋', mentioned)).toBe(false);
  });

  it('and his namesake of another organisation takes nobody of the department with him', async () => {
    await file({ intercessorName: '叶知秋', intercessorUnit: '示例生物科技有限公司' });
    expect(await told()).toEqual(['唐文澜', '姜明澈']);
  });

  it.each([
    [{ intercessorName: '姜书记' }],
    [{ intercessorName: '唐·文澜' }],
    [{ intercessorName: '不详', intercessorUnit: '机关党委', intercessorPost: '督查专员' }],
    [{ goBetween: '沈若谷' }],
  ])('however he is called: %o', async (values) => {
    await file(values);
    expect(await told()).toEqual(['郑怀瑾']);
  });

  it('but never with who filed it, though it names him or his department', async () => {
    reporter = await personNamed(record.store, '姜明澈');
    const ref = await file({ intercessorName: '叶知秋', content: '姜明澈接到电话。' });
    expect(await sees('姜明澈', ref)).toBe(true);
    expect(await told()).toEqual(['郑怀瑾']);
  });
});

describe('a report that nobody of a level may have', () => {
  const ALL = { intercessorName: '唐文澜', recuse: '郑怀瑾' };

  it('goes to the 上级纪检联络人, who takes it up', async () => {
    await join('宁静远', 'upper');
    const ref = await file(ALL);
    expect(await told()).toEqual(['宁静远']);
    const upper = await personNamed(record.store, '宁静远');
    const { entry } = await takeStep(record.store, { person: upper, word: '受理', ref, at: AT });
    expect(entry.state).toBe('accepted');
  });

  it('comes to the next at once when a name that is found takes away the last who had it', async () => {
    const ref = await file({ intercessorName: '唐文澜' });
    expect(await told()).toEqual(['郑怀瑾']);
    await join('卓立群', 'upper', '上级单位');
    await takeMessages(record.store);
    const resident = await personNamed(record.store, '郑怀瑾');
    const values = { person: resident.id };
    await takeStep(record.store, { person: resident, word: '认定', ref, at: AT, values });
    expect(await told()).toContain('卓立群');
    expect(await sees('郑怀瑾', ref)).toBe(false);
    expect(await sees('卓立群', ref)).toBe(true);
  });

  it('takes back what whoever turns out to be meant was to be told of it', async () => {
    const ref = await file();
    const officer = await personNamed(record.store, '唐文澜');
    const values = { person: (await personNamed(record.store, '姜明澈')).id };
    await takeStep(record.store, { person: officer, word: '认定', ref, at: AT, values });
    expect(await told()).not.toContain('姜明澈');
  });

  it('comes to who joins, where nobody had it', async () => {
    const ref = await file(ALL);
    expect(await told()).toEqual([]);
    await join('宁静远', 'upper');
    expect(await told()).toContain('宁静远');
    expect(await sees('宁静远', ref)).toBe(true);
    expect((await verify(record.store.database.rows)).problems).toEqual([]);
  });

  it('does not come to a new 派驻纪检组员 whom it names', async () => {
    const ref = await file({ ...ALL, content: '卓立群也打过电话。' });
    await join('卓立群', 'resident');
    expect(await told()).not.toContain('卓立群');
    expect(await sees('卓立群', ref)).toBe(false);
  });
});
