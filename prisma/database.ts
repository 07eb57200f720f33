import type { Prisma } from './generated/sqlite/client.ts';
import type { Lead } from './lead.ts';

export type { Prisma } from './generated/sqlite/client.ts';
export type * as Row from './generated/sqlite/models.ts';

/** What reads and writes rows: the database, or a transaction on it. SQLite's client and PostgreSQL's have the same models. */
export type Rows = Prisma.TransactionClient;

export interface Writing {
  /** Somebody waits for it to be stored: it is next. */
  urgent?: boolean;
  /**
   * It only says how far the work is, and to do that work again does no harm: the disk is not waited for, so that a power cut or
   * a crash of PostgreSQL's server may take it back, though no end of the process. The next write that waits brings it along.
   */
  isOnlyProgress?: boolean;
  /** How long the transaction may take, where it is the whole record that is written. */
  withinMs?: number;
}

/** What each kind of database is by itself. */
export type StoredRows = Omit<Database, 'isWritable' | 'kept'>;

export interface Database {
  /** For reading. While a `write` is under way on SQLite, a read waits for it. */
  readonly rows: Rows;
  /** Which of several instances on one database leads; on SQLite there is but one. */
  readonly lead: Lead;
  /**
   * Runs `work` in one transaction; writers queue, all instances' together. `work` may run again when another process held
   * the file, so it must have no effect but on `rows`, and must not read through `Database.rows` (it would wait for itself).
   */
  write<T>(work: (rows: Rows) => Promise<T>, options?: Writing): Promise<T>;
  /**
   * Resolves once all that was written so far is on the disk: with the next write that waits for it, or after so long with one of its own.
   * @throws where nothing can be stored
   */
  kept(withinMs: number): Promise<void>;
  /** Whether somebody waited for a write a moment ago: long work goes in short pieces then, so that the next one waits less. */
  isHurried(): boolean;
  /** Whether what is written now is stored; not on a full or read-only disk, or while the server is away. */
  isWritable(): Promise<boolean>;
  /**
   * What the database itself finds wrong with how it is stored: pages that do not hang together, an index that says other than
   * its table. On SQLite it reads the whole file; PostgreSQL checks its pages as it reads them, and nothing is asked there.
   */
  damage(): Promise<string[]>;
  /** Writes a copy, whole and of one moment, into a new SQLite file. */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}
