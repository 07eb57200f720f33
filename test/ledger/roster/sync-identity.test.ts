import { describe, expect, test } from 'vitest';
import { readDirectory } from '../../../ledger/directory.ts';
import { type DirectorySnapshot, ROOT } from '../../../ledger/roster/snapshot.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import {
  AT,
  accountOf,
  auditCount,
  numbered,
  ownerOf,
  snapshotOf,
  sync,
  withNewcomer,
  withoutPeople,
  withPerson,
} from './bureau-snapshot.ts';

let store: Store;
/** What the chat's directory says at first: the sample bureau. */
let whole: DirectorySnapshot;

verifiedCopies(AT, async (copy) => {
  store = copy.store;
  whole = await snapshotOf(store);
});

describe('who is who, when it is first asked', () => {
  test('people of the roster are known by their staff numbers, and keep their roles', async () => {
    const before = await readDirectory(store.database.rows);
    const result = await sync(store, whole);
    expect(result).toMatchObject({ added: [], changed: [], left: [], conflicts: [], unchanged: 0 });
    expect(result.bound).toHaveLength(21);
    expect((await readDirectory(store.database.rows)).people).toEqual(before.people);
    expect((await ownerOf(store, accountOf('田守正'))).staffNumber).toBe('S001');
  });

  test('a second time changes nothing and writes no audit record', async () => {
    await sync(store, withNewcomer(whole, { departmentId: ROOT }));
    const records = await auditCount(store);
    const again = {
      ...whole,
      people: whole.people.toReversed(),
      departments: whole.departments.toReversed(),
    };
    const result = await sync(store, withNewcomer(again, { departmentId: ROOT }));
    const nothing = { added: [], changed: [], bound: [], left: [], returned: [], passedOn: [], orphaned: [] };
    expect(result).toEqual({ ...nothing, unchanged: 22, conflicts: [] });
    expect(await auditCount(store)).toBe(records);
  });

  test('somebody new comes in without any role, whatever his post', async () => {
    const result = await sync(
      store,
      withNewcomer(whole, { staffNumber: 'S900', post: '党组书记', departmentId: ROOT }),
    );
    expect(result.added).toEqual(['钱多多']);
    expect(await numbered(store, 'S900')).toMatchObject({
      roles: [],
      isHead: false,
      post: '党组书记',
      department: { name: store.rules.bureau.name },
    });
  });

  test('a name binds nobody: both stay, and operators are told', async () => {
    const result = await sync(store, withNewcomer(withoutPeople(whole, '田守正'), { name: '田守正' }));
    expect(await ownerOf(store, 'ou_new')).toMatchObject({ staffNumber: 'lark:ou_new', roles: [] });
    expect((await numbered(store, 'S001')).accounts).toEqual([]);
    expect(result.conflicts).toEqual([expect.stringContaining('田守正（S001）')]);
    const again = await sync(store, withNewcomer(withoutPeople(whole, '田守正'), { name: '田守正' }));
    expect(again.conflicts).toEqual(result.conflicts);
  });

  test('a number with another name to it binds nobody', async () => {
    const result = await sync(store, withPerson(whole, '田守正', { name: '钱多多' }));
    expect(result.conflicts).toEqual([expect.stringContaining('姓名不符')]);
    expect(await ownerOf(store, accountOf('田守正'))).toMatchObject({ name: '钱多多', roles: [] });
    expect((await numbered(store, 'S001')).roles).toEqual(['secretary']);
  });

  test('a name that is decorated in the chat is the same name', async () => {
    await sync(store, withPerson(whole, '田守正', { name: ' 田 守正（局领导）' }));
    expect(await ownerOf(store, accountOf('田守正'))).toMatchObject({ staffNumber: 'S001', name: '田守正' });
  });

  test('a number that only becomes readable later brings an account to whom it belongs', async () => {
    const unnumbered = whole.people.map(({ staffNumber: _, ...person }) => person);
    const first = await sync(store, { ...whole, people: unnumbered });
    expect(first.added).toHaveLength(21);
    expect(first.conflicts.filter((each) => each.includes('未合并'))).toHaveLength(21);
    const second = await sync(store, whole);
    expect(second.conflicts).toEqual([]);
    expect(second.bound).toHaveLength(21);
    expect(await ownerOf(store, accountOf('田守正'))).toMatchObject({
      staffNumber: 'S001',
      roles: ['secretary'],
    });
    expect((await readDirectory(store.database.rows)).people).toHaveLength(21);
  });

  test('somebody who worked under a stand-in is not mixed with who is in the roster', async () => {
    const unnumbered = { ...whole, people: whole.people.map(({ staffNumber: _, ...person }) => person) };
    await sync(store, unnumbered);
    await fileReport(store, await ownerAsPerson('林砚秋'), AT, {});
    const { conflicts } = await sync(store, whole);
    expect(conflicts).toEqual([expect.stringContaining('未合并')]);
    expect((await ownerOf(store, accountOf('林砚秋'))).staffNumber).toBe(`lark:${accountOf('林砚秋')}`);
  });

  test('a head of the roster without an account stays, and operators are told', async () => {
    const headless = withoutPeople(whole, '方远山');
    const departments = whole.departments.map((each) =>
      each.name === '高新技术科' ? { ...each, headId: accountOf('许星阑') } : each,
    );
    const { conflicts } = await sync(store, { ...headless, departments });
    expect(conflicts).toEqual([expect.stringContaining('高新技术科')]);
    expect((await numbered(store, 'S015')).isHead).toBe(true);
    expect((await numbered(store, 'S016')).isHead).toBe(false);
  });

  async function ownerAsPerson(name: string) {
    const { id } = await ownerOf(store, accountOf(name));
    const person = (await readDirectory(store.database.rows)).byId(id);
    if (!person) throw new Error(`${name} has gone`);
    return person;
  }
});
