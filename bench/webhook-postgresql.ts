import { tmpdir } from 'node:os';
import pg from 'pg';
import { freePort } from '../campaign/running-program.ts';
import { startServer, whyNoServer } from '../test/postgresql/server.ts';
import type { BenchCase } from './table.ts';
import { measureWebhook } from './webhook.ts';

const CONNECTIONS = 32;

/**
 * The way of a webhook with the record on a server of its own, whose files stand where those of SQLite would.
 * @param instances of the program: the connections are shared out among them
 * @returns nothing on a machine without PostgreSQL, and says so
 */
export async function measureWebhookOnPostgresql(instances: number): Promise<BenchCase[]> {
  const why = await whyNoServer();
  if (why !== undefined) {
    process.stderr.write(`${why}\n`);
    return [];
  }
  const server = await startServer(await freePort(), tmpdir());
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  const bureau = new pg.Client({ connectionString: `${server.url}/bureau` });
  try {
    await client.connect();
    for (const name of ['bureau', 'raw']) await client.query(`CREATE DATABASE ${name}`);
    await bureau.connect();
    return await measureWebhook(CONNECTIONS, {
      ...{ databaseUrl: `${server.url}/bureau`, rawUrl: `${server.url}/raw`, instances },
      async fsyncs() {
        const { rows } = await client.query<{ count: string }>('SELECT wal_sync AS count FROM pg_stat_wal');
        return Number(rows[0]?.count);
      },
      async records() {
        const { rows } = await bureau.query<{ seq: string | null }>(
          'SELECT MAX("seq") AS seq FROM "AuditRecord"',
        );
        return Number(rows[0]?.seq ?? 0);
      },
    });
  } finally {
    await bureau.end().catch(() => undefined);
    await client.end().catch(() => undefined);
    await server.stop();
  }
}
