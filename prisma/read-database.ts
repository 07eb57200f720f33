import { access, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rows } from './database.ts';
import { PrismaClient } from './generated/sqlite/client.ts';
import { SqliteConnection } from './sqlite-connection.ts';

/** A database that is looked at beside whoever uses it. */
export interface ReadDatabase {
  readonly rows: Rows;
  close(): Promise<void>;
}

const MIGRATIONS = join(dirname(fileURLToPath(import.meta.url)), 'sqlite', 'migrations');

/**
 * Opens what is at `url` as it is: nothing is made, migrated or written; a write fails.
 * @throws Error in English, for the operator, when there is none, or when it is of another version than the program
 */
export async function readDatabase(url: string): Promise<ReadDatabase> {
  if (!url.startsWith('file:')) throw new Error('DATABASE_URL: expected file:<path>');
  const path = url.slice('file:'.length);
  await access(path).catch(() => {
    throw new Error(`There is no database at ${path}`);
  });
  const client = new PrismaClient({ adapter: new SqliteConnection(url) });
  try {
    await client.$queryRaw`PRAGMA query_only = ON`;
    await requireSameVersion(client);
    return { rows: client, close: () => client.$disconnect() };
  } catch (fault) {
    await client.$disconnect();
    throw fault;
  }
}

async function requireSameVersion(client: PrismaClient): Promise<void> {
  const rows = await client.$queryRaw<{ name: string }[]>`
    SELECT "migration_name" AS "name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL`.catch(() => {
    throw new Error('The file is no database of this program');
  });
  const applied = new Set(rows.map(({ name }) => name));
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const known = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const missing = known.filter((name) => !applied.has(name));
  if (missing.length > 0)
    throw new Error(
      `The database lacks ${missing.length} migration(s): the next start of the service brings them`,
    );
  const unknown = [...applied].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error('The database is of a newer version than this program');
}
