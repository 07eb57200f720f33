import { checkHistory, type Migration, readMigrations } from './migrations.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

type Connection = Awaited<ReturnType<SqliteConnection['connect']>>;

const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

/**
 * Brings a SQLite database up to the migrations in `folder`, each in a transaction of its own, and keeps Prisma's own
 * history table, so that Prisma's commands agree afterwards. The service itself needs no Prisma command.
 * @returns the names of the migrations applied now
 * @throws Error when an applied migration is missing from the folder or was changed since
 */
export async function migrate(database: SqliteConnection, folder: string): Promise<string[]> {
  const connection = await database.connect();
  try {
    await connection.executeScript('PRAGMA journal_mode = WAL');
    await connection.executeScript(HISTORY_TABLE);
    const known = await readMigrations(folder);
    const applied = await appliedMigrations(connection);
    checkHistory(applied, known);
    const missing = known.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) await apply(connection, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await connection.dispose();
  }
}

async function appliedMigrations(connection: Connection): Promise<Map<string, string>> {
  const { rows } = await connection.queryRaw({
    sql: 'SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL',
    args: [],
    argTypes: [],
  });
  return new Map(rows.map(([name, checksum]) => [String(name), String(checksum)]));
}

async function apply(connection: Connection, migration: Migration): Promise<void> {
  const record = `INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "applied_steps_count")
    VALUES (lower(hex(randomblob(16))), '${migration.checksum}', current_timestamp, '${migration.name}', 1)`;
  // The pragma has no effect inside a transaction; a table that is rebuilt must not trip over what refers to it.
  await connection.executeScript('PRAGMA foreign_keys = OFF');
  try {
    await connection.executeScript(`BEGIN IMMEDIATE;\n${migration.sql}\n;${record};\nCOMMIT;`);
  } finally {
    await connection.executeScript('PRAGMA foreign_keys = ON');
  }
}
