import { describe, expect, test } from 'vitest';
import { readDirectory } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import type { DirectorySnapshot } from '../../../ledger/roster/snapshot.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import { fileReport } from '../../intercession-report.ts';
import { personNamed } from '../../sample-record.ts';
import {
  AT,
  accountOf,
  departmentIdOf,
  numbered,
  openBound,
  ownerOf,
  snapshotOf,
  sync,
  withNewcomer,
  withPerson,
} from './bureau-snapshot.ts';

let store: Store;
/** What the chat's directory says at first: the sample bureau. */
let whole: DirectorySnapshot;

verifiedCopies(openBound, async (copy) => {
  store = copy.store;
  whole = await snapshotOf(store);
});

describe('who is who, once accounts are known', () => {
  test('a staff number that somebody else took gives him nothing', async () => {
    const result = await sync(store, withNewcomer(whole, { staffNumber: 'S001', name: '田守正' }));
    expect(result.conflicts).toEqual([expect.stringContaining('S001')]);
    expect(await ownerOf(store, 'ou_new')).toMatchObject({ staffNumber: 'lark:ou_new', roles: [] });
    expect((await ownerOf(store, accountOf('田守正'))).staffNumber).toBe('S001');
  });

  test('whoever puts another number into his own account stays who he is', async () => {
    const result = await sync(store, withPerson(whole, '何望舒', { staffNumber: 'S001' }));
    expect(result.conflicts).toEqual(
      expect.arrayContaining([expect.stringContaining('几个人的工号都是 S001')]),
    );
    expect(await ownerOf(store, accountOf('何望舒'))).toMatchObject({ staffNumber: 'S006', roles: [] });
  });
});

describe('what is said of people', () => {
  test('what a scope hides keeps its old value', async () => {
    const hidden = whole.people.map(({ externalId, hasLeft }) => ({ externalId, hasLeft }));
    const before = await readDirectory(store.database.rows);
    const departments = whole.departments.map(({ headId: _, ...department }) => department);
    const result = await sync(store, { ...whole, departments, people: hidden });
    expect(result).toMatchObject({ changed: [], unchanged: 21, conflicts: [] });
    expect((await readDirectory(store.database.rows)).people).toEqual(before.people);
  });

  test('a post, a name and a department follow the chat', async () => {
    const departmentId = departmentIdOf('高新技术科');
    const said = { name: '何望舒舒', post: '一级科员', departmentId };
    expect((await sync(store, withPerson(whole, '何望舒', said))).changed).toEqual(['何望舒舒']);
    expect(await numbered(store, 'S006')).toMatchObject({
      name: '何望舒舒',
      post: '一级科员',
      department: { name: '高新技术科' },
    });
  });

  test('who decides about others is not called otherwise, since recusal goes by names', async () => {
    const { conflicts } = await sync(store, withPerson(whole, '唐文澜', { name: '某某' }));
    expect(conflicts).toEqual([expect.stringContaining('某某')]);
    expect((await numbered(store, 'S009')).name).toBe('唐文澜');
  });

  test('a report is hidden from whom it names, once he joins', async () => {
    const ref = await fileReport(store, await personNamed(store, '林砚秋'), AT, {
      intercessorName: '钱多多',
    });
    await sync(store, withNewcomer(whole, { staffNumber: 'S900' }));
    const newcomer = { ...(await personNamed(store, '钱多多')), roles: ['discipline'] as const };
    await expect(entriesFor(store, store.database.rows, newcomer).get(ref)).rejects.toBeInstanceOf(Refusal);
  });

  test('a head is the head of the department that he belongs to', async () => {
    const headed = (id: string | undefined) => ({
      ...whole,
      departments: whole.departments.map((each) =>
        each.name === '高新技术科' && id !== undefined ? { ...each, headId: id } : each,
      ),
    });
    await sync(store, headed(accountOf('许星阑')));
    expect(await numbered(store, 'S015')).toMatchObject({ isHead: false, roles: [] });
    expect(await numbered(store, 'S016')).toMatchObject({ isHead: true, roles: ['head'] });
    // Who heads it without belonging to it is none of its people.
    await sync(store, headed(accountOf('孟知行')));
    const directory = await readDirectory(store.database.rows);
    const { departmentId } = await numbered(store, 'S016');
    expect(directory.headOf(departmentId)).toBeUndefined();
  });

  test('a head who moves does not head where he comes to', async () => {
    const moved = withPerson(whole, '方远山', { departmentId: departmentIdOf('办公室') });
    const departments = moved.departments.map(({ headId: _, ...department }) => department);
    await sync(store, { ...moved, departments });
    expect(await numbered(store, 'S015')).toMatchObject({ isHead: false, department: { name: '办公室' } });
  });
});
