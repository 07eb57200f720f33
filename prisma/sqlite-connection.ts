import { DatabaseSync } from 'node:sqlite';
import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { driverFault } from './sqlite-driver/driver-fault.ts';
import { openStatements, type Statements } from './sqlite-driver/statements.ts';

/** How long a statement waits for another process that is writing to the same file: nothing else runs meanwhile. */
const BUSY_TIMEOUT_MS = 250;

/** What a large transaction leaves of the log beside the file is cut back to as much as SQLite gathers anyway: a thousand pages. */
const LARGEST_LOG = 4 * 1024 * 1024;

/** Pages of the file that are kept in memory, in KiB: of SQLite's own 2 MiB a crowd's messages push each other's out. */
const PAGES_KIB = 32 * 1024;

const NAME = { provider: 'sqlite', adapterName: 'node-sqlite' } as const;

/**
 * Prisma's way to a SQLite file, over the SQLite in Node: one connection for the whole process.
 *
 * While a transaction is open nothing from outside runs, or it would run inside it. A transaction begins IMMEDIATE, since one
 * that reads before it writes could not be granted the write later.
 */
export class SqliteConnection implements SqlDriverAdapterFactory {
  readonly provider = NAME.provider;
  readonly adapterName = NAME.adapterName;
  /** Whether the next transaction is on the disk when it ends, and not only handed to the operating system. */
  waitsForDisk = true;
  readonly #path: string;
  #database: SqlDriverAdapter | undefined;
  #transaction: Transaction | undefined;

  /** @param url `file:<path>` */
  constructor(url: string) {
    this.#path = url.slice('file:'.length);
  }

  async connect(): Promise<SqlDriverAdapter> {
    const database = new DatabaseSync(this.#path, { timeout: BUSY_TIMEOUT_MS });
    // What is sorted on the way would else be written to files beside.
    database.exec('PRAGMA temp_store = MEMORY');
    // Looks into the file, which may be damaged.
    faultsTold(() => database.exec(`PRAGMA cache_size = -${PAGES_KIB}`));
    database.exec(`PRAGMA journal_size_limit = ${LARGEST_LOG}`);
    const waitForDisk = waiting(database);
    this.#database = overDatabase(database, {
      beginning: () => waitForDisk(this.waitsForDisk),
      isOpen: (transaction) => {
        this.#transaction = transaction;
      },
    });
    return this.#database;
  }

  /** What was connected: whatever is asked of it waits for the end of a transaction. */
  get database(): SqlDriverAdapter | undefined {
    return this.#database;
  }

  /** The transaction that is open now. */
  get transaction(): Transaction | undefined {
    return this.#transaction;
  }
}

/**
 * Says whether the end of a transaction waits for the disk. In a write-ahead log what did not wait is lost with the power alone,
 * always from the end of the log on, and whoever waits next waits for all before it.
 */
function waiting(database: DatabaseSync): (waits: boolean) => void {
  let isWaiting = true;
  return (waits) => {
    if (waits === isWaiting) return;
    database.exec(`PRAGMA synchronous = ${waits ? 'FULL' : 'NORMAL'}`);
    isWaiting = waits;
  };
}

interface Told {
  /** Before a transaction begins. */
  beginning(): void;
  /** Of the transaction that is open, and of its end. */
  isOpen(transaction: Transaction | undefined): void;
}

function overDatabase(database: DatabaseSync, told: Told): SqlDriverAdapter {
  const statements = openStatements(database);
  const alone = oneAtATime();
  const whenFree = async <T>(work: () => T): Promise<T> => {
    const release = await alone();
    try {
      return faultsTold(work);
    } finally {
      release();
    }
  };
  return {
    ...NAME,
    queryRaw: (query) => whenFree(() => statements.rowsOf(query)),
    executeRaw: (query) => whenFree(() => statements.changedBy(query)),
    executeScript: (script) => whenFree(() => database.exec(script)),
    async startTransaction(level) {
      refuseOther(level);
      const release = await alone();
      try {
        faultsTold(() => {
          told.beginning();
          database.exec('BEGIN IMMEDIATE');
        });
      } catch (fault) {
        release();
        throw fault;
      }
      const ended = () => {
        told.isOpen(undefined);
        release();
      };
      const transaction = transactionOn(database, statements, ended);
      told.isOpen(transaction);
      return transaction;
    },
    dispose: () => whenFree(() => database.close()),
  };
}

/** SQLite has no other: its transactions come one after the other. */
function refuseOther(level: IsolationLevel | undefined): void {
  if (level && level !== 'SERIALIZABLE')
    throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level });
}

/** @param release lets in who waits for its end */
function transactionOn(database: DatabaseSync, statements: Statements, release: () => void): Transaction {
  const inside: SqlQueryable = {
    ...NAME,
    queryRaw: async (query: SqlQuery) => faultsTold(() => statements.rowsOf(query)),
    executeRaw: async (query: SqlQuery) => faultsTold(() => statements.changedBy(query)),
  };
  const run = (sql: string) => faultsTold(() => database.exec(sql));
  // A full disk ends a transaction by itself.
  const undo = () => database.isTransaction && run('ROLLBACK');
  return {
    ...inside,
    options: { usePhantomQuery: true },
    async commit() {
      try {
        run('COMMIT');
      } catch (fault) {
        undo();
        throw fault;
      } finally {
        release();
      }
    },
    async rollback() {
      try {
        undo();
      } finally {
        release();
      }
    },
    createSavepoint: async (name) => run(`SAVEPOINT ${name}`),
    rollbackToSavepoint: async (name) => run(`ROLLBACK TO ${name}`),
    releaseSavepoint: async (name) => run(`RELEASE SAVEPOINT ${name}`),
  };
}

function faultsTold<T>(work: () => T): T {
  try {
    return work();
  } catch (fault) {
    throw driverFault(fault);
  }
}

/** @returns what waits for its turn, and then gives what ends the turn */
function oneAtATime(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = last;
    last = promise;
    await before;
    return resolve;
  };
}
