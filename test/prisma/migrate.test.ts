import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SqliteConnection } from '../../prisma/sqlite-connection.ts';
import { migrate } from '../../prisma/sqlite-migrate.ts';

const SHIPPED = fileURLToPath(new URL('../../prisma/sqlite/migrations', import.meta.url));

let folder: string;
let migrations: string;
let database: SqliteConnection;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qinglian-migrate-'));
  migrations = join(folder, 'migrations');
  await cp(SHIPPED, migrations, { recursive: true });
  database = new SqliteConnection(`file:${join(folder, 'x.db')}`);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function add(name: string, sql: string): Promise<void> {
  await mkdir(join(migrations, name));
  await writeFile(join(migrations, name, 'migration.sql'), sql);
}

it('applies what is missing, in order, and once', async () => {
  const shipped = (await readdir(SHIPPED)).filter((name) => /^\d/.test(name)).sort();
  expect(await migrate(database, migrations)).toEqual(shipped);
  await add('29990101000000_more', 'CREATE TABLE "More" ("id" TEXT PRIMARY KEY);');
  expect(await migrate(database, migrations)).toEqual(['29990101000000_more']);
  expect(await migrate(database, migrations)).toEqual([]);
});

it('leaves nothing of a migration that fails half-way', async () => {
  await migrate(database, migrations);
  await add(
    '29990101000000_half',
    'CREATE TABLE "Half" ("id" TEXT PRIMARY KEY); CREATE TABLE "Half" ("id" TEXT);',
  );
  await expect(migrate(database, migrations)).rejects.toThrow();
  await rm(join(migrations, '29990101000000_half'), { recursive: true });
  await add('29990101000000_half', 'CREATE TABLE "Half" ("id" TEXT PRIMARY KEY);');
  expect(await migrate(database, migrations)).toEqual(['29990101000000_half']);
});

it('refuses an applied migration that was changed or is unknown', async () => {
  await add('29990101000000_more', 'CREATE TABLE "More" ("id" TEXT PRIMARY KEY);');
  await migrate(database, migrations);
  await writeFile(join(migrations, '29990101000000_more', 'migration.sql'), '-- changed');
  await expect(migrate(database, migrations)).rejects.toThrow('was changed after it was applied');
  await rm(join(migrations, '29990101000000_more'), { recursive: true });
  await expect(migrate(database, migrations)).rejects.toThrow('does not know');
});
