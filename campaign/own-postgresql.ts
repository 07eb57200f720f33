import pg from 'pg';
import { startServer, whyNoServer } from '../test/postgresql/server.ts';
import { freePort } from './running-program.ts';

/** A PostgreSQL server with an empty database, for one campaign. */
export interface OwnPostgresql {
  databaseUrl: string;
  /** Ends the server at once, as a failing machine would. */
  crash(): Promise<void>;
  start(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const DATABASE = 'campaign';

/** @returns why there is none, in a sentence, where no server can be started here */
export async function ownPostgresql(): Promise<OwnPostgresql | string> {
  const why = await whyNoServer();
  if (why !== undefined) return why;
  const { url, crash, start, stop } = await startServer(await freePort());
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
  return { databaseUrl: `${url}/${DATABASE}`, crash, start, [Symbol.asyncDispose]: stop };
}
