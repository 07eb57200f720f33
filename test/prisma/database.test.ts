import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database, Rows } from '../../prisma/database.ts';
import { openDatabase } from '../../prisma/open-database.ts';

const OPEN_FILES = '/proc/self/fd';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-db-'));
  database = await openDatabase(`file:${join(folder, 'x.db')}`);
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const note = (rows: Rows, name: string) => rows.meta.create({ data: { name, value: '' } });
/** Without what a migration put there. */
const noted = async () => {
  const notes = await database.rows.meta.findMany({ where: { name: { not: 'directory-stamp' } } });
  return notes.map(({ name }) => name).sort();
};

it('keeps nothing of work that throws, and goes on with the next', async () => {
  const broken = database.write(async (rows) => {
    await note(rows, 'lost');
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  await database.write((rows) => note(rows, 'kept'));
  expect(await noted()).toEqual(['kept']);
});

it('lets a hundred writers through, one after the other', async () => {
  await Promise.all(
    Array.from({ length: 100 }, (_, index) => database.write((rows) => note(rows, `${index}`))),
  );
  expect(await noted()).toHaveLength(100);
});

it('waits for another that holds the file, and can commit afterwards', async () => {
  const other = await openDatabase(`file:${join(folder, 'x.db')}`);
  const held = other.write(async (rows) => {
    await note(rows, 'other');
    await wait(900);
  });
  await wait(100);
  await database.write((rows) => note(rows, 'mine'));
  await held;
  await database.write((rows) => note(rows, 'again'));
  expect(await noted()).toEqual(['again', 'mine', 'other']);
  await other.close();
});

it.skipIf(!existsSync(OPEN_FILES))(
  'opens no more files for a hundred transactions than for one',
  async () => {
    await database.write((rows) => note(rows, 'first'));
    const before = (await readdir(OPEN_FILES)).length;
    for (let index = 0; index < 100; index++) await database.write((rows) => note(rows, `${index}`));
    expect((await readdir(OPEN_FILES)).length).toBeLessThanOrEqual(before + 2);
  },
);

it('holds everything in one file after it was closed, which only its owner can read', async () => {
  await database.write((rows) => note(rows, 'a phrase to look for'));
  await database.close();
  const file = join(folder, 'x.db');
  expect((await readFile(file)).includes('a phrase to look for')).toBe(true);
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
  database = await openDatabase(`file:${file}`);
});

it('refuses a database that must exist and does not, and one of another kind', async () => {
  await expect(openDatabase('file:/nowhere/x.db', { mustExist: true })).rejects.toThrow(
    'There is no database',
  );
  await expect(openDatabase('mysql://user:secret@host/db')).rejects.toThrow(/^DATABASE_URL is mysql:…/);
});
