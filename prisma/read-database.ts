import { access } from 'node:fs/promises';
import type { Rows } from './database.ts';
import { PrismaClient } from './generated/sqlite/client.ts';
import { migrationNames, migrationsOf } from './migrations.ts';
import { isPostgresql, isSqlite } from './open-database.ts';
import { PLAIN_FAULTS } from './reading-in-turn.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { goStraight } from './straight.ts';

/** A database that is looked at beside whoever uses it. */
export interface ReadDatabase {
  readonly rows: Rows;
  close(): Promise<void>;
}

/**
 * Opens what is at `url` as it is: nothing is made, migrated or written; a write fails.
 * @throws Error in English, for the operator, when there is none, or when it is of another version than the program
 */
export async function readDatabase(url: string): Promise<ReadDatabase> {
  const client = await readingClient(url);
  try {
    await requireSameVersion(client, isPostgresql(url) ? 'postgresql' : 'sqlite');
    return { rows: client, close: () => client.$disconnect() };
  } catch (fault) {
    await client.$disconnect();
    throw fault;
  }
}

async function readingClient(url: string): Promise<PrismaClient> {
  if (isPostgresql(url))
    return (await import('./postgresql-database.ts')).clientFor(url, { isReading: true });
  if (!isSqlite(url)) throw new Error('DATABASE_URL: expected file:<path> or postgresql://…');
  const path = url.slice('file:'.length);
  await access(path).catch(() => {
    throw new Error(`There is no database at ${path}`);
  });
  const connection = new SqliteConnection(url);
  const client = new PrismaClient({ adapter: connection, ...PLAIN_FAULTS });
  await client.$queryRaw`PRAGMA query_only = ON`;
  goStraight(client, () => connection.database);
  return client;
}

async function requireSameVersion(client: PrismaClient, kind: 'sqlite' | 'postgresql'): Promise<void> {
  const rows = await client.$queryRaw<{ name: string }[]>`
    SELECT "migration_name" AS "name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL`.catch(
    (fault: unknown) => {
      throw new Error('There is no database of this program', { cause: fault });
    },
  );
  const applied = new Set(rows.map(({ name }) => name));
  const known = await migrationNames(migrationsOf(kind));
  const missing = known.filter((name) => !applied.has(name));
  if (missing.length > 0)
    throw new Error(
      `The database lacks ${missing.length} migration(s): the next start of the service brings them`,
    );
  const unknown = [...applied].filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error('The database is of a newer version than this program');
}
