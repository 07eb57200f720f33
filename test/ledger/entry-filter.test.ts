import { beforeEach, expect, it } from 'vitest';
import { type EntryFilter, matching } from '../../ledger/entry-filter.ts';
import { freshCopies } from '../fresh-record.ts';
import type { SampleRecord } from '../sample-record.ts';

let record: SampleRecord;
freshCopies(new Date('2026-11-20T01:00:00Z'), (copy) => {
  record = copy;
});

const TITLE = '用友NC系统100%上线';

beforeEach(async () => {
  await record.store.database.write(async ({ entry }) => {
    const [first] = await entry.findMany({ where: matching({ ledger: 'rectification' }), take: 1 });
    await entry.update({
      where: { id: first?.id ?? '' },
      data: { title: TITLE, data: { category: 'standing' } },
    });
  });
});

async function titles(filter: EntryFilter): Promise<string[]> {
  const found = await record.store.database.rows.entry.findMany({ where: matching(filter) });
  return found.map(({ title }) => title);
}

it.each(['NC', 'nc', '用友nC', '100%', '友%系'])('a title that has 「%s」 is found', async (text) => {
  expect(await titles({ text })).toEqual([TITLE]);
});

it.each(['ND', '%', '_'])('none is found that has 「%s」', async (text) => {
  expect(await titles({ text })).toEqual([]);
});

it('an entry is found by what its own data says, and by nothing else that it says there', async () => {
  expect(await titles({ says: { name: 'category', value: 'standing' } })).toEqual([TITLE]);
  expect(await titles({ says: { name: 'category', value: 'STANDING' } })).toEqual([]);
  expect(await titles({ says: { name: 'level', value: 'standing' } })).toEqual([]);
});
