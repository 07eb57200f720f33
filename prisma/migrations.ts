import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One step from one version of the tables to the next. */
export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hexadecimal, as Prisma reckons it. */
  checksum: string;
}

const HERE = dirname(fileURLToPath(import.meta.url));

/** Where the migrations for that kind of database lie. */
export const migrationsOf = (kind: 'sqlite' | 'postgresql'): string => join(HERE, kind, 'migrations');

/** The names of the migrations in a folder, the oldest first. */
export async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = await migrationNames(folder);
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name, 'migration.sql'));
      return {
        name,
        sql: bytes.toString('utf8'),
        checksum: createHash('sha256').update(bytes).digest('hex'),
      };
    }),
  );
}

/**
 * @param applied name → checksum
 * @throws Error when an applied migration is missing from the folder or was changed since
 */
export function checkHistory(applied: ReadonlyMap<string, string>, known: readonly Migration[]): void {
  const checksums = new Map(known.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    const expected = checksums.get(name);
    if (expected === undefined) {
      throw new Error(
        `The database has migration ${name}, which this version does not know: start the newer version`,
      );
    }
    if (expected !== checksum)
      throw new Error(`Migration ${name} was changed after it was applied to the database`);
  }
}
