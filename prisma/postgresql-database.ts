import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { copyRecord } from './copy-record.ts';
import type { Rows, StoredRows, Writing } from './database.ts';
import { asPostgresql } from './dialect.ts';
import { PrismaClient } from './generated/postgresql/client.ts';
import type { PrismaClient as AnyClient } from './generated/sqlite/client.ts';
import { migrationsOf } from './migrations.ts';
import { plain } from './plain.ts';
import { conditionsAsOnSqlite } from './postgresql-conditions.ts';
import { PostgresqlLead } from './postgresql-lead.ts';
import { migratePostgresql } from './postgresql-migrate.ts';
import { type Begun, telling, tellsOfTransactions } from './postgresql-transactions.ts';
import { PLAIN_FAULTS, readingInTurn, transactionLimits } from './reading-in-turn.ts';
import { openSqlite } from './sqlite-database.ts';
import { goStraightOnPostgresql } from './straight.ts';
import { turns } from './turns.ts';

/** Who writes holds it to the end of his transaction: the chain has one end, whichever instance adds to it. Of our own choosing. */
const WRITE_LOCK = 20_261_127;
/** Connections of one instance: one writes, the others read. */
const CONNECTIONS = 8;
const CONNECT_WITHIN_MS = 10_000;
/** A statement that takes longer hangs: whoever waits behind it is worth more. */
const STATEMENT_WITHIN_MS = 60_000;
/** Statements whose names are remembered: what the program says is some hundreds of them. */
const MOST_NAMES = 1000;

/**
 * @param url `postgresql://…`
 * @throws Error in English, for the operator, naming host and database and no password, when it cannot be used
 */
export async function openPostgresql(url: string): Promise<StoredRows> {
  await migrateAt(url);
  const client = clientFor(url);
  const inTurn = turns();
  const lead = new PostgresqlLead(url);
  return {
    rows: asPostgresql(readingInTurn(client, inTurn)),
    lead,
    write: (work, options) => inTurn.take(() => transact(client, work, options), options?.urgent === true),
    isHurried: inTurn.isHurried,
    damage: async () => [],
    copyTo: (file) => ofOneMoment(client, (rows) => copyInto(rows, file)),
    async close() {
      await inTurn.take(async () => undefined, false);
      await lead.close();
      await client.$disconnect();
    },
  };
}

/** The client, whose models are those of SQLite's. @param isReading whether it refuses to write */
export function clientFor(url: string, { isReading = false } = {}): AnyClient {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      statement_timeout: STATEMENT_WITHIN_MS,
      keepAlive: true,
      ...(isReading && { options: '-c default_transaction_read_only=on' }),
    },
    // A connection that breaks is replaced; whoever used it is told by his own statement.
    {
      onPoolError: () => undefined,
      onConnectionError: () => undefined,
      statementNameGenerator: statementNames(),
    },
  );
  const client = new PrismaClient({ adapter: tellsOfTransactions(adapter), ...PLAIN_FAULTS }).$extends(
    conditionsAsOnSqlite,
  );
  return asPostgresql(client as unknown as AnyClient);
}

/** A statement that has a name is prepared once for each connection. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    // What has no place is prepared each time.
    if (names.size >= MOST_NAMES) return '';
    const name = `q${names.size}`;
    names.set(sql, name);
    return name;
  };
}

async function migrateAt(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await migratePostgresql(client, migrationsOf('postgresql'));
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`The database ${placeOf(url)} cannot be used: ${why || 'nobody answers there'}`, {
      cause: fault,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Where it is, without who is let in and by what password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** @throws what the work throws; then nothing is kept */
function transact<T>(
  client: AnyClient,
  work: (rows: Rows) => Promise<T>,
  { withinMs, isOnlyProgress = false }: Writing = {},
): Promise<T> {
  const begun: Begun = {};
  const locked = async (rows: Rows) => {
    asPostgresql(rows);
    goStraightOnPostgresql(rows, () => begun.transaction);
    const { change } = plain(rows);
    await change(`SELECT pg_advisory_xact_lock(${WRITE_LOCK})`, []);
    if (isOnlyProgress) await change('SET LOCAL synchronous_commit TO off', []);
    return work(rows);
  };
  return telling(begun, () => client.$transaction(locked, transactionLimits(withinMs)));
}

async function copyInto(rows: Rows, file: string): Promise<void> {
  const target = await openSqlite(`file:${file}`, {});
  try {
    await copyRecord(rows, target);
  } finally {
    await target.close();
  }
}

/** So long may a copy of the whole take. */
const WHOLE_MS = 6 * 3_600_000;

function ofOneMoment(client: AnyClient, work: (rows: Rows) => Promise<unknown>): Promise<void> {
  return client.$transaction(async (rows) => {
    asPostgresql(rows);
    await rows.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;
    await work(rows);
  }, transactionLimits(WHOLE_MS));
}
