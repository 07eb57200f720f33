import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/**
 * What stands in every table of a SQLite file, in short, so that two files can be compared.
 * @returns nothing when it cannot be read to the end
 */
export function contentsOf(file: string): string | undefined {
  const hash = createHash('sha256');
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all();
    for (const { name } of tables) {
      const rows = database.prepare(`SELECT * FROM "${String(name)}"`);
      rows.setReadBigInts(true);
      for (const row of rows.iterate()) {
        for (const value of Object.values(row)) hash.update(asBytes(value)).update('\0');
      }
    }
    return hash.digest('hex');
  } catch {
    return undefined;
  } finally {
    database.close();
  }
}

const asBytes = (value: unknown): Uint8Array | string =>
  value instanceof Uint8Array ? value : `${typeof value} ${String(value)}`;
