import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { atEnd } from '../../prisma/at-end.ts';
import type { Database, Rows } from '../../prisma/database.ts';
import { freshRecord } from '../fresh-record.ts';

const AT = new Date('2026-11-20T01:00:00Z');
const LONG_MS = 60_000;

const note = (rows: Rows, name: string) => rows.meta.create({ data: { name, value: '示例' } });
const progress = (database: Database, name: string) =>
  database.write((rows) => note(rows, name), { isOnlyProgress: true });

async function logOf({ rows }: Database): Promise<() => number> {
  const [main] = await rows.$queryRaw<{ file: string }[]>`PRAGMA database_list`;
  return () => statSync(`${main?.file}-wal`).size;
}

it('what did not wait for the disk is kept with the next write that does, though that changes nothing itself', async () => {
  const { database } = (await freshRecord(AT)).store;
  const logBytes = await logOf(database);
  await progress(database, 'one');
  const before = logBytes();
  let isKept = false;
  const kept = database.kept(LONG_MS).then(() => {
    isKept = true;
  });
  await progress(database, 'two');
  expect(isKept).toBe(false);
  const beside = logBytes();
  expect(beside).toBeGreaterThan(before);
  await database.write(async ({ meta }) => meta.deleteMany({ where: { name: 'no such name' } }));
  await kept;
  // Something was written to be waited for.
  expect(logBytes()).toBeGreaterThan(beside);
});

it('where no such write comes it is kept by one of its own', async () => {
  const { database } = (await freshRecord(AT)).store;
  await progress(database, 'one');
  const begun = performance.now();
  await database.kept(20);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(19);
});

it('who waits for it is told where nothing can be kept', async () => {
  const { database } = (await freshRecord(AT)).store;
  await progress(database, 'one');
  const [size] = await database.rows.$queryRaw<{ page_count: bigint }[]>`PRAGMA page_count`;
  await database.rows.$queryRawUnsafe(`PRAGMA max_page_count = ${size?.page_count}`);
  const kept = database.kept(LONG_MS);
  const full = database.write(({ meta }) =>
    meta.create({ data: { name: 'large', value: 'x'.repeat(5_000_000) } }),
  );
  await expect(full).rejects.toThrow();
  await expect(Promise.race([kept, wait(50, 'not yet')])).resolves.toBe('not yet');
  await database.write(async () => undefined);
  await kept;
});

it('a database that is closed keeps what waits, and is not opened again for it', async () => {
  const { database } = (await freshRecord(AT)).store;
  await progress(database, 'one');
  const kept = database.kept(20);
  await database.close();
  await kept;
});

it('what is to be done at the end is done once it is committed, or undone, and never for a transaction that is over', async () => {
  const { database } = (await freshRecord(AT)).store;
  const told: string[] = [];
  const end = (name: string) => ({
    committed: () => void told.push(`${name} committed`),
    undone: () => void told.push(`${name} undone`),
  });
  let left: Rows | undefined;
  await database.write(async (rows) => {
    left = rows;
    atEnd(rows, end('one'));
    await note(rows, 'one');
    expect(told).toEqual([]);
  });
  const failed = database.write(async (rows) => {
    atEnd(rows, end('two'));
    throw new Error('undone');
  });
  await expect(failed).rejects.toThrow('undone');
  expect(told).toEqual(['one committed', 'two undone']);
  const late = () => left && atEnd(left, end('three'));
  expect(late).toThrow('of no transaction');
});
