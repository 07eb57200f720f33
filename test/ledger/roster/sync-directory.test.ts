import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import { readDirectory } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import { type DirectorySnapshot, ROOT } from '../../../ledger/roster/snapshot.ts';
import type { Store } from '../../../ledger/store.ts';
import { fileReport } from '../../intercession-report.ts';
import { openSampleRecord, personNamed, type SampleRecord } from '../../sample-record.ts';
import {
  AT,
  accountOf,
  auditCount,
  departmentIdOf,
  numbered,
  ownerOf,
  PLATFORM,
  snapshotOf,
  sync,
  withoutPeople,
  withPerson,
} from './bureau-snapshot.ts';

let began: SampleRecord;
/** The same, once everybody has his account. */
let bound: SampleRecord;
let record: SampleRecord;
let store: Store;
/** What the chat's directory says at first: the sample bureau. */
let whole: DirectorySnapshot;

beforeAll(async () => {
  began = await openSampleRecord(AT);
  whole = await snapshotOf(began.store);
  bound = await began.copy();
  await sync(bound.store, whole);
});
afterAll(async () => {
  await began.close();
  await bound.close();
});

const from = (base: () => SampleRecord) => async () => {
  record = await base().copy();
  store = record.store;
};
afterEach(async () => {
  expect((await verify(store.database.rows)).problems).toEqual([]);
  await record.close();
});

const newcomer = (said: Partial<DirectorySnapshot['people'][number]> = {}) => ({
  externalId: 'ou_new',
  name: '钱多多',
  hasLeft: false,
  ...said,
});
const withNewcomer = (snapshot: DirectorySnapshot, said = {}): DirectorySnapshot => ({
  ...snapshot,
  people: [...snapshot.people, newcomer(said)],
});

describe('who is who, when it is first asked', () => {
  beforeEach(from(() => began));

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

describe('who is who, once accounts are known', () => {
  beforeEach(from(() => bound));

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
  beforeEach(from(() => bound));

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

describe('who leaves and comes back', () => {
  beforeEach(from(() => bound));

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
  await from(() => bound)();
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
