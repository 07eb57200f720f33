import { access, chmod, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { migrate } from './migrate.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { turns } from './turns.ts';

export type { Prisma } from './generated/sqlite/client.ts';
export type * as Row from './generated/sqlite/models.ts';

/** What reads and writes rows: the database, or a transaction on it. */
export type Rows = Prisma.TransactionClient;

export interface Database {
  /** For reading. While a `write` is under way on SQLite, a read waits for it. */
  readonly rows: Rows;
  /**
   * Runs `work` in one transaction; writers queue. `work` may run again when another process held the file, so it
   * must have no effect but on `rows`, and must not read through `Database.rows` (it would wait for itself).
   * Urgent work is next in the queue: somebody waits for it to be stored.
   */
  write<T>(work: (rows: Rows) => Promise<T>, options?: { urgent?: boolean }): Promise<T>;
  /** Writes a copy, whole and of one moment, into a new file. */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

/** The longest that one transaction may take; a bulk import of thousands of rows must fit. */
const TRANSACTION_TIMEOUT_MS = 60_000;
/** Another process may hold the file for as long as a bulk import takes: so often, with such pauses, it is asked again. */
const BUSY_RETRIES = 30;
const BUSY_PAUSE_MS = 200;

/**
 * Opens the database at `url` (`file:…`), migrating it as needed; where there is none it is made, unless it must exist.
 * @throws Error in English, for the operator, when the URL is of another kind or the file cannot be used
 */
export async function openDatabase(url: string, options: { mustExist?: boolean } = {}): Promise<Database> {
  if (!url.startsWith('file:')) {
    throw new Error(
      `DATABASE_URL is ${schemeOf(url)}: this version stores in SQLite only, expected file:<path>`,
    );
  }
  const path = url.slice('file:'.length);
  if (options.mustExist) await requireFile(path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await makePrivate(path);
  const connection = new SqliteConnection(url);
  await migrate(connection, join(dirname(fileURLToPath(import.meta.url)), 'sqlite', 'migrations'));
  const client = new PrismaClient({ adapter: connection });
  await countUp(client);
  return overClient(client);
}

/** So large a record may have grown much since it was counted. */
const LARGE_BYTES = 16 * 1024 * 1024;

/**
 * Lets SQLite count, roughly, how much stands under each index: without it, it takes an index of a million rows for one of ten.
 * In a small record what was counted once serves: any way through it is short.
 */
async function countUp(client: PrismaClient): Promise<void> {
  if (!(await isLarge(client)) && (await isCounted(client))) return;
  await client.$queryRaw`PRAGMA analysis_limit = 1000`;
  // Where another process writes now, what was counted before serves.
  await client.$executeRaw`ANALYZE`.catch(() => undefined);
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

const schemeOf = (url: string) => `${url.split(':', 1)[0]}:…`;

function overClient(client: PrismaClient): Database {
  const inTurn = turns();
  // A read lets what is urgent go first; inside a transaction nothing waits.
  const patient = client.$extends({
    query: {
      $allModels: {
        async $allOperations({ args, query }) {
          await inTurn.calm();
          return query(args);
        },
      },
    },
  });
  return {
    rows: patient as unknown as Rows,
    write: (work, options) => inTurn.take(() => transact(client, work), options?.urgent === true),
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

async function transact<T>(client: PrismaClient, work: (rows: Rows) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.$transaction(work, {
        timeout: TRANSACTION_TIMEOUT_MS,
        maxWait: TRANSACTION_TIMEOUT_MS,
      });
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
