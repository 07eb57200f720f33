import { expect, it } from 'vitest';
import { readDirectory } from '../../ledger/directory.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { freshCopies } from '../fresh-record.ts';
import type { SampleRecord } from '../sample-record.ts';

let record: SampleRecord;
let store: Store;
freshCopies(new Date('2026-11-23T01:00:00Z'), (copy) => {
  record = copy;
  store = copy.store;
});

const read = () => readDirectory(store.database.rows);
const postOf = async () => (await read()).named('何望舒')[0]?.post;
const promote = (where: Store, post: string) =>
  where.database.write(async ({ person }) =>
    person.updateMany({ where: { name: '何望舒' }, data: { post } }),
  );

it('is the same picture as long as nobody changed', async () => {
  const picture = await read();
  await store.database.write((rows) => rows.meta.create({ data: { name: 'something-else', value: '' } }));
  expect(await read()).toBe(picture);
});

it('is another once a person or a department changed, whoever changed it', async () => {
  await read();
  const other = await openStore(record.environment, ledgers);
  try {
    await promote(other, '示例新职务');
    expect(await postOf()).toBe('示例新职务');
    const [department] = await other.database.rows.department.findMany();
    await other.database.write((rows) =>
      rows.department.update({ where: { id: department?.id ?? '' }, data: { name: '示例新科室' } }),
    );
    expect((await read()).departmentNamed('示例新科室')).toBeDefined();
  } finally {
    await other.database.close();
  }
});

it('shows a change to the transaction that makes it, and to nobody where that is taken back', async () => {
  const before = await postOf();
  const broken = store.database.write(async (rows) => {
    await rows.person.updateMany({ where: { name: '何望舒' }, data: { post: '不作数' } });
    expect((await readDirectory(rows)).named('何望舒')[0]?.post).toBe('不作数');
    throw new Error('taken back');
  });
  await expect(broken).rejects.toThrow('taken back');
  expect(await postOf()).toBe(before);
});

it('keeps the people of two bureaus apart', async () => {
  const other = await record.copy();
  await promote(other.store, '只在那边');
  expect((await readDirectory(other.store.database.rows)).named('何望舒')[0]?.post).toBe('只在那边');
  expect(await postOf()).not.toBe('只在那边');
  await other.close();
});
