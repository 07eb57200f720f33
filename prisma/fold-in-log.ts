import { SqliteConnection } from './sqlite-connection.ts';

/**
 * Has SQLite write what stands in the `-wal` file beside a database into the database itself, and remove that file; nothing else
 * is changed, not even its migrations are looked at. Where another process has the database open, the `-wal` file stays.
 * @throws Error when the file is no database, or somebody is writing to it
 */
export async function foldInLog(path: string): Promise<void> {
  const connection = await new SqliteConnection(`file:${path}`).connect();
  try {
    await connection.executeScript('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await connection.dispose();
  }
}
