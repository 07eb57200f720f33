import { access, chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { countUp } from './count-up.ts';
import type { Rows, StoredRows, Writing } from './database.ts';
import { fileFault } from './file-fault.ts';
import { PrismaClient } from './generated/sqlite/client.ts';
import { alone } from './lead.ts';
import { migrationsOf } from './migrations.ts';
import { PLAIN_FAULTS, readingInTurn, transactionLimits } from './reading-in-turn.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { migrate } from './sqlite-migrate.ts';
import { goStraight } from './straight.ts';
import { turns } from './turns.ts';

/** Another process may hold the file for as long as a bulk import takes: so often, with such pauses, it is asked again. */
const BUSY_RETRIES = 30;
const BUSY_PAUSE_MS = 200;

/**
 * @param url `file:<path>`
 * @throws Error in English, for the operator, when the file cannot be used
 */
export async function openSqlite(url: string, options: { mustExist?: boolean }): Promise<StoredRows> {
  const path = url.slice('file:'.length);
  if (options.mustExist) await requireFile(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await makePrivate(path);
  const connection = new SqliteConnection(url);
  try {
    await migrate(connection, migrationsOf('sqlite'));
    const client = new PrismaClient({ adapter: connection, ...PLAIN_FAULTS });
    const database = overClient(client, connection);
    await countUpWhereNeeded(client, database.rows);
    return database;
  } catch (fault) {
    throw fileFault(path, fault);
  }
}

/** So large a record may have grown much since it was counted. */
const LARGE_BYTES = 16 * 1024 * 1024;

/** In a small record what was counted once serves: any way through it is short. */
async function countUpWhereNeeded(client: PrismaClient, rows: Rows): Promise<void> {
  if (!(await isLarge(client)) && (await isCounted(client))) return;
  // Where another process writes now, what was counted before serves.
  await countUp(rows).catch(() => undefined);
}

async function isLarge(client: PrismaClient): Promise<boolean> {
  const [size] = await client.$queryRaw<{ bytes: bigint }[]>`
    SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()`;
  return Number(size?.bytes ?? 0) > LARGE_BYTES;
}

async function isCounted(client: PrismaClient): Promise<boolean> {
  const tables = await client.$queryRaw<unknown[]>`SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'`;
  return tables.length > 0;
}

async function requireFile(path: string): Promise<void> {
  await access(path).catch(() => {
    throw new Error(`There is no database at ${path}: check DATA_DIR and DATABASE_URL`);
  });
}

/** Only the owner may read it; SQLite gives the files that it makes beside it the same mode. */
async function makePrivate(path: string): Promise<void> {
  // A file that is there is not opened: closing it would end SQLite's locks on it, where this process has it open already.
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await (await open(path, 'a', 0o600)).close();
  await chmod(path, 0o600);
}

function overClient(client: PrismaClient, connection: SqliteConnection): StoredRows {
  const inTurn = turns();
  const rows = readingInTurn(client, inTurn);
  goStraight(rows, () => connection.database, inTurn.calm);
  return {
    rows,
    lead: alone,
    write: (work, options) =>
      inTurn.take(() => transact(client, connection, work, options), options?.urgent === true),
    isHurried: inTurn.isHurried,
    damage: () => damageIn(client),
    async copyTo(file) {
      await client.$executeRaw`VACUUM INTO ${file}`;
      await chmod(file, 0o600);
    },
    async close() {
      await inTurn.take(async () => undefined, false);
      await client.$disconnect();
    },
  };
}

/** What SQLite finds wrong with the file: also that it cannot look. */
async function damageIn(client: PrismaClient): Promise<string[]> {
  try {
    const found = await client.$queryRaw<{ integrity_check: string }[]>`PRAGMA integrity_check`;
    return found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  } catch (fault) {
    return [fault instanceof Error ? fault.message : String(fault)];
  }
}

async function transact<T>(
  client: PrismaClient,
  connection: SqliteConnection,
  work: (rows: Rows) => Promise<T>,
  { withinMs, isOnlyProgress = false }: Writing = {},
): Promise<T> {
  const straightly = (rows: Rows): Promise<T> => {
    const { transaction } = connection;
    if (transaction)
      goStraight(rows, () => (connection.transaction === transaction ? transaction : undefined));
    return work(rows);
  };
  for (let attempt = 1; ; attempt++) {
    try {
      connection.waitsForDisk = !isOnlyProgress;
      return await client.$transaction(straightly, transactionLimits(withinMs));
    } catch (fault) {
      if (attempt >= BUSY_RETRIES || !isBusy(fault)) throw fault;
      await wait(BUSY_PAUSE_MS);
    }
  }
}

/** Another process is writing to the file: Prisma's P1008, SQLite's "database is locked". */
function isBusy(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  return ('code' in fault && fault.code === 'P1008') || fault.message.includes('SQLITE_BUSY');
}
