import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { createDatabase, databaseFor, dropDatabase } from './databases.ts';

/** Whether this machine has a server: tests over it are skipped where it has none. */
export const hasServer = (): boolean => inject('postgresql') !== undefined;

/** A database with nothing in it, for one test. @returns its URL */
export async function emptyDatabase(): Promise<string> {
  const url = databaseFor(join(tmpdir(), randomUUID()));
  await createDatabase(url);
  onTestFinished(() => dropDatabase(url));
  return url;
}
