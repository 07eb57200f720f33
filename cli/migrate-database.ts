import type { Command } from 'commander';
import { type ChainHead, chainHead } from '../ledger/audit/trail.ts';
import { verify } from '../ledger/audit/verify.ts';
import { type Copied, copyRecord } from '../prisma/copy-record.ts';
import type { Rows } from '../prisma/database.ts';
import { isTaken } from '../prisma/only-one.ts';
import { openDatabase } from '../prisma/open-database.ts';
import type { Desk } from './commands.ts';

export function addMigrateDatabase(program: Command, desk: Desk): void {
  program
    .command('migrate-database')
    .description(
      'copy the whole record into another, empty database (SQLite to PostgreSQL or back) and prove that both are equal; the service must be stopped',
    )
    .requiredOption('--to <url>', 'postgresql://<user>:<password>@<host>/<database>, or file:<path>')
    .option('--json', 'print the result as JSON')
    .action((options: { to: string; json?: boolean }) => migrate(desk, options));
}

async function migrate(desk: Desk, { to, json }: { to: string; json?: boolean }): Promise<void> {
  const { databaseUrl } = desk.environment();
  if (databaseUrl === to)
    throw new Error('--to names the database that DATABASE_URL names: expected another');
  if (await isTaken(databaseUrl)) throw new Error('A service runs on this database: stop it first');
  const { tables, head } = await desk.withStore(async ({ database }) => ({
    tables: await copied(database.rows, to, ({ table, rows }) => {
      if (rows > 0) desk.say(`${table}: ${rows} rows copied, read back and compared`);
    }),
    head: await chainHead(database.rows),
  }));
  await requireSameChain(to, head);
  desk.print({ tables, head: head.hash }, json, [
    ...tables.map(({ table, rows }) => `${table.padEnd(LONGEST_NAME)} ${rows}`),
    `${rowsIn(tables)} rows are equal, and the chain of ${head.seq} records ends in ${head.hash} in both.`,
    'Set DATABASE_URL to the new database, keep the key file where it is, and start the service. The old one was not changed.',
  ]);
}

async function copied(from: Rows, url: string, told: (copied: Copied) => void): Promise<Copied[]> {
  const target = await openDatabase(url);
  try {
    return await copyRecord(from, target, told);
  } finally {
    await target.close();
  }
}

const LONGEST_NAME = 'AttachmentBody'.length;

const rowsIn = (tables: readonly Copied[]): number => tables.reduce((sum, { rows }) => sum + rows, 0);

async function requireSameChain(url: string, expected: ChainHead): Promise<void> {
  const database = await openDatabase(url, { mustExist: true });
  try {
    const { head, problems } = await verify(database.rows);
    if (problems.length > 0) throw new Error(`The copy does not hold: ${problems.join('; ')}`);
    if (head !== expected.hash)
      throw new Error(`The copy's chain ends in ${head}, expected ${expected.hash}`);
  } finally {
    await database.close();
  }
}
