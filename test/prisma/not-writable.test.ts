import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../prisma/database.ts';
import { openDatabase } from '../../prisma/open-database.ts';
import { isStorageFault } from '../../prisma/storage-fault.ts';

let folder: string;
let file: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-full-'));
  file = join(folder, 'x.db');
  database = await openDatabase(`file:${file}`);
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** SQLite takes it for a full disk. */
const roomForPages = (pages: number) => database.rows.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`);
const store = (bytes: number) =>
  database.write((rows) => rows.meta.create({ data: { name: `${bytes}`, value: ' '.repeat(bytes) } }));

it('knows that nothing can be stored on a full disk, and that it can again once there is room', async () => {
  expect(await database.isWritable()).toBe(true);
  await roomForPages(1);
  const fault = await store(1_000_000).catch((why: unknown) => why);
  expect(fault).toBeInstanceOf(Error);
  expect(isStorageFault(fault)).toBe(true);
  expect(await database.isWritable()).toBe(false);
  await roomForPages(1_000_000);
  expect(await database.isWritable()).toBe(true);
  await store(1_000_000);
});

it('says nothing against the disk when what was to be stored is at fault', async () => {
  await store(1);
  const fault = await store(1).catch((why: unknown) => why);
  expect(fault).toBeInstanceOf(Error);
  expect(isStorageFault(fault)).toBe(false);
  expect(await database.isWritable()).toBe(true);
});

/** As a disk does that loses what was written to it. */
async function overwrite(fromEnd: boolean, pages: number): Promise<void> {
  const handle = await open(file, 'r+');
  const length = pages * 4096;
  const at = fromEnd ? (await handle.stat()).size - length : 0;
  await handle.write(Buffer.alloc(length, 0xa5), 0, length, at);
  await handle.close();
}

it('finds a page that was overwritten, and refuses a file whose beginning is, naming it and what to do', async () => {
  expect(await database.damage()).toEqual([]);
  for (let row = 0; row < 50; row++) await store(2000 + row);
  await database.close();
  await overwrite(true, 10);
  database = await openDatabase(`file:${file}`);
  expect((await database.damage()).length).toBeGreaterThan(0);
  await database.close();
  await overwrite(false, 1);
  await expect(openDatabase(`file:${file}`)).rejects.toThrow(
    /^The database .*x\.db cannot be used .*: it is damaged .*restore the last backup/,
  );
});
