import { createHash } from 'node:crypto';
import pg from 'pg';

/** Campaigns and benchmarks use the same bureaus outside of a run of tests: there the records stand in files. */
const vitest = process.env.VITEST === undefined ? undefined : await import('vitest');

/** Whether the records of this run stand in PostgreSQL. */
export const onPostgresql = (): boolean => vitest?.inject('records') === 'postgresql';

/** Where the record that belongs to the folder stands. */
export function databaseFor(folder: string): string {
  const name = `q_${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  return `${serverUrl()}/${name}`;
}

/** @param template of which nobody has a connection */
export async function createDatabase(url: string, template?: string): Promise<void> {
  await onServer(
    template === undefined
      ? `CREATE DATABASE ${nameOf(url)}`
      : `CREATE DATABASE ${nameOf(url)} TEMPLATE ${nameOf(template)}`,
  );
}

/** A copy made by the server: a second, for every test that begins with one, is longer than the test. @param from where nothing is under way */
export async function copyDatabase(url: string, from: string): Promise<void> {
  // It copies only what nobody is connected to; a client's pool connects again when it is next asked.
  await onServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${nameOf(from)}'`);
  await createDatabase(url, from);
}

export const dropDatabase = (url: string): Promise<void> =>
  onServer(`DROP DATABASE IF EXISTS ${nameOf(url)} WITH (FORCE)`);

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

function serverUrl(): string {
  const url = vitest?.inject('postgresql');
  if (url === undefined) throw new Error('There is no PostgreSQL server for this run');
  return url;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${serverUrl()}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
