import { describe, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { readDirectory } from '../../../ledger/directory.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import type { DirectorySnapshot } from '../../../ledger/roster/snapshot.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import type { SampleRecord } from '../../sample-record.ts';
import {
  accountOf,
  newcomer,
  numbered,
  openBound,
  PLATFORM,
  snapshotOf,
  sync,
  withNewcomer,
  withoutPeople,
} from './bureau-snapshot.ts';

let record: SampleRecord;
let store: Store;
/** What the chat's directory says at first: the sample bureau. */
let whole: DirectorySnapshot;

verifiedCopies(openBound, async (copy) => {
  record = copy;
  store = copy.store;
  whole = await snapshotOf(store);
});

describe('who leaves and comes back', () => {
  test('who is missing in a complete snapshot has left, without his roles; in another one nobody has', async () => {
    const less = withoutPeople(whole, '叶知秋');
    expect((await sync(store, { ...less, isComplete: false })).left).toEqual([]);
    expect((await sync(store, less)).left).toEqual(['叶知秋']);
    expect(await numbered(store, 'S010')).toMatchObject({ active: false, roles: [] });
    const { sealed } = await store.database.rows.auditRecord.findFirstOrThrow({
      where: { action: 'roster.leave' },
    });
    expect(sealed).not.toBeNull();
  });

  test('who is said to have left has, also in a snapshot of him alone', async () => {
    const gone = { externalId: accountOf('叶知秋'), hasLeft: true };
    const result = await sync(store, {
      platform: PLATFORM,
      isComplete: false,
      departments: [],
      people: [gone],
    });
    expect(result.left).toEqual(['叶知秋']);
  });

  test('who comes back has his history and none of his roles', async () => {
    const { id } = await numbered(store, 'S010');
    await sync(store, withoutPeople(whole, '叶知秋'));
    expect((await sync(store, whole)).returned).toEqual(['叶知秋']);
    expect(await numbered(store, 'S010')).toMatchObject({ id, active: true, roles: [] });
  });

  test('who comes back with a new account is known by number and name together', async () => {
    const less = withoutPeople(whole, '叶知秋');
    await sync(store, less);
    const other = await sync(store, withNewcomer(less, { staffNumber: 'S010' }));
    expect(other.conflicts).toEqual([expect.stringContaining('姓名不符')]);
    const same = { externalId: 'ou_again', staffNumber: 'S010', name: '叶知秋', hasLeft: false };
    const result = await sync(store, { ...less, people: [...less.people, newcomer(), same] });
    expect(result).toMatchObject({ returned: ['叶知秋'], bound: ['叶知秋'] });
    expect((await numbered(store, 'S010')).accounts).toMatchObject([{ externalId: 'ou_again' }]);
    expect((await numbered(store, 'S010')).roles).toEqual([]);
  });

  test('another app with other accounts loses nobody, but every role', async () => {
    const people = whole.people.map((person) => ({ ...person, externalId: `${person.externalId}2` }));
    const departments = whole.departments.map(({ headId = '', ...each }) => ({
      ...each,
      headId: headId && `${headId}2`,
    }));
    const result = await sync(store, { ...whole, departments, people });
    expect(result).toMatchObject({ left: [], added: [], conflicts: [] });
    expect(result.returned).toHaveLength(21);
    expect((await readDirectory(store.database.rows)).withRole('secretary')).toEqual([]);
  });

  test('a scope that was taken away does not empty the bureau', async () => {
    const before = await readDirectory(store.database.rows);
    const few = { ...whole, people: whole.people.slice(0, 10) };
    await expect(sync(store, few)).rejects.toThrow('21 人中将有 11 人同时离开');
    await expect(sync(store, { ...whole, people: [] })).rejects.toBeInstanceOf(Refusal);
    expect((await readDirectory(store.database.rows)).people).toEqual(before.people);
    expect((await sync(store, { ...whole, people: whole.people.slice(0, 11) })).left).toHaveLength(10);
  });

  test('who is in the roster alone is left alone', async () => {
    await store.database.write((rows) =>
      rows.account.deleteMany({ where: { externalId: accountOf('叶知秋') } }),
    );
    const result = await sync(store, withoutPeople(whole, '叶知秋'));
    expect(result.left).toEqual([]);
    expect(await numbered(store, 'S010')).toMatchObject({ active: true, roles: ['supervisor'] });
    // The row that was deleted behind the chain shows, and is put back for the look that follows every test.
    expect((await verify(store.database.rows)).problems).toEqual([
      'Person S010 differs from the last record',
    ]);
    const { id: personId } = await numbered(store, 'S010');
    const data = { platform: PLATFORM, externalId: accountOf('叶知秋'), personId };
    await store.database.write((rows) => rows.account.create({ data }));
  });
});

test('an account that was moved to somebody else behind the chain shows', async () => {
  const tampered = await record.copy();
  const { rows } = tampered.store.database;
  const { id: personId } = await numbered(tampered.store, 'S006');
  const where = { platform_externalId: { platform: PLATFORM, externalId: accountOf('田守正') } };
  await tampered.store.database.write((each) => each.account.update({ where, data: { personId } }));
  expect((await verify(rows)).problems).toEqual(
    ['Person S001 differs from the last record', 'Person S006 differs from the last record'].toSorted(),
  );
  await tampered.close();
});
