import { expect, test } from 'vitest';
import { auditPage, entryPage, lastRecords } from '../../prisma/audit-pages.ts';
import type { Rows } from '../../prisma/database.ts';
import { type Straight, straightTo } from '../../prisma/straight.ts';
import { freshRecord } from '../fresh-record.ts';

const AT = new Date('2026-11-20T01:00:00Z');

function straightIn(rows: Rows): Straight {
  const straight = straightTo(rows);
  if (!straight) throw new Error('There is no straight way to a record on SQLite');
  return straight;
}

const NOTE = 'INSERT INTO "Meta" ("name", "value") VALUES (?, ?)';

test('what goes straight is part of the transaction: it sees its writes, and is undone with it', async () => {
  const { database } = (await freshRecord(AT)).store;
  const failed = database.write(async (rows) => {
    await rows.meta.create({ data: { name: 'straight', value: '一' } });
    const found = await straightIn(rows).ask('SELECT "value" FROM "Meta" WHERE "name" = ?', ['straight']);
    expect(found.rows).toEqual([['一']]);
    expect(await straightIn(rows).change(NOTE, ['beside', '二'])).toBe(1);
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  expect(await database.rows.meta.count({ where: { name: { in: ['straight', 'beside'] } } })).toBe(0);
});

test('a way into a transaction that is over leads into no other one', async () => {
  const { database } = (await freshRecord(AT)).store;
  let left: Straight | undefined;
  await database.write(async (rows) => {
    left = straightIn(rows);
  });
  await expect(left?.change(NOTE, ['late', '一'])).rejects.toThrow('The transaction is over');
  await database.write(async () => {
    await expect(left?.change(NOTE, ['late', '一'])).rejects.toThrow('The transaction is over');
  });
  expect(await database.rows.meta.count({ where: { name: 'late' } })).toBe(0);
});

test('what is read straight for the audit is what Prisma reads', async () => {
  const { rows } = (await freshRecord(AT)).store.database;
  /** The rows of a transaction that Prisma extends are not known to go straight. */
  const slow = new Proxy(rows, {});
  expect(straightTo(slow)).toBeUndefined();
  const records = await auditPage(rows, 0, 1000);
  expect(records.length).toBeGreaterThan(10);
  expect(asJson(records)).toEqual(asJson((await auditPage(slow, 0, 1000)).map(onlyColumnsOf(records[0]))));
  const entries = await entryPage(rows, '', 1000);
  expect(entries.length).toBeGreaterThan(0);
  expect(asJson(entries)).toEqual(asJson(await entryPage(slow, '', 1000)));
  for (const upTo of [undefined, entries[0]?.id]) {
    const last = await lastRecords(rows, '', upTo);
    expect(asJson(last)).toEqual(asJson(await lastRecords(slow, '', upTo)));
  }
});

/** As far as a digest can tell: instants as JSON has them, keys in any order, bytes as numbers, and parts in any order. */
const asJson = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      if (inner instanceof Uint8Array) return [...inner];
      const parts = (key === 'people' || key === 'recusals') && Array.isArray(inner);
      return parts ? inner.map(({ personId, part, mark }) => `${part}/${personId}/${mark}`).sort() : inner;
    }),
  );

const onlyColumnsOf =
  (model: object | undefined) =>
  (row: object): object =>
    Object.fromEntries(Object.entries(row).filter(([name]) => model && name in model));
