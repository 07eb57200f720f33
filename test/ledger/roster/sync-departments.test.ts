import { expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import type { SnapshotDepartment } from '../../../ledger/roster/snapshot.ts';
import type { Store } from '../../../ledger/store.ts';
import { verifiedCopies } from '../../fresh-record.ts';
import type { SampleRecord } from '../../sample-record.ts';
import { AT, auditCount, PLATFORM, sync } from './bureau-snapshot.ts';

let record: SampleRecord;
let store: Store;

verifiedCopies(AT, (copy) => {
  record = copy;
  store = copy.store;
});

const syncTree = (...departments: SnapshotDepartment[]) =>
  sync(store, {
    platform: PLATFORM,
    isComplete: true,
    departments,
    people: [{ externalId: 'ou_1', name: '钱多多', hasLeft: false }],
  });
const node = (externalId: string, name: string, parentId?: string): SnapshotDepartment => ({
  externalId,
  name,
  ...(parentId && { parentId }),
});
/** What the departments are called, by what the platform calls them. */
const names = async () => {
  const links = await store.database.rows.departmentLink.findMany({ include: { department: true } });
  return Object.fromEntries(links.map(({ externalId, department }) => [externalId, department.name]));
};

test('a department of the same name is the same one, and follows its name from then on', async () => {
  const { id } = await store.database.rows.department.findUniqueOrThrow({ where: { name: '办公室' } });
  await syncTree(node('od-1', '办公室'));
  await syncTree(node('od-1', '综合办公室'));
  expect(await store.database.rows.department.findUniqueOrThrow({ where: { id } })).toMatchObject({
    name: '综合办公室',
  });
});

test('of two with one name the lower one is called after what stands above it, in whatever order they come', async () => {
  const tree = [node('od-3', '一科', 'od-2'), node('od-2', '事业中心'), node('od-1', '一科')];
  await syncTree(...tree);
  const expected = { 'od-1': '一科', 'od-2': '事业中心', 'od-3': '事业中心/一科' };
  expect(await names()).toEqual(expected);
  const records = await auditCount(store);
  await syncTree(...tree.toReversed());
  expect(await names()).toEqual(expected);
  expect(await auditCount(store)).toBe(records);
});

test('two that swap their names swap them', async () => {
  await syncTree(node('od-1', '甲科'), node('od-2', '乙科'));
  await syncTree(node('od-1', '乙科'), node('od-2', '甲科'));
  expect(await names()).toEqual({ 'od-1': '乙科', 'od-2': '甲科' });
});

test('a name that another department has is not taken from it', async () => {
  await syncTree(node('od-1', '甲科'));
  const { conflicts } = await syncTree(node('od-1', '办公室'));
  expect(conflicts).toEqual([expect.stringContaining('「甲科」已改名为「办公室」')]);
  expect(await names()).toEqual({ 'od-1': '甲科' });
});

test('a department that was dissolved stays, and one made anew under its name is the same', async () => {
  await syncTree(node('od-1', '甲科'));
  await syncTree(node('od-2', '甲科'));
  expect(await names()).toEqual({ 'od-1': '甲科', 'od-2': '甲科' });
});

test('departments that stand above each other in a circle do no harm', async () => {
  await syncTree(node('od-1', '甲科', 'od-2'), node('od-2', '甲科', 'od-1'), node('od-3', '甲科', 'od-3'));
  expect(new Set(Object.values(await names())).size).toBe(3);
});

test('a department or a link that was changed behind the chain shows', async () => {
  await syncTree(node('od-1', '甲科'), node('od-2', '乙科'));
  const tampered = await record.copy();
  await tampered.store.database.write((rows) =>
    rows.department.update({ where: { name: '甲科' }, data: { name: '丙科' } }),
  );
  expect((await verify(tampered.store.database.rows)).problems).toEqual([
    'Department 丙科 differs from its last record',
  ]);
  await tampered.close();
});
