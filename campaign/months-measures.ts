import { statSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * Tables that keep what people recorded, and the audit chain: they grow by what is recorded. JobRun is among them, since most of
 * it tells who was asked for 零报告; what of it is said weekly is counted by itself.
 */
export const RECORD = [
  ...[
    'Entry',
    'EntryPerson',
    'Recusal',
    'AuditRecord',
    'Receipt',
    'Attachment',
    'AttachmentBody',
    'NilReturn',
  ],
  ...['Person', 'Department', 'Account', 'Anchor', 'JobRun', '_prisma_migrations'],
] as const;

/** Everything else: it serves for a while. */
export const PASSING = [
  ...[
    'Request',
    'Inbox',
    'Outbox',
    'Draft',
    'Dialogue',
    'HeldCard',
    'HeldCardEntry',
    'PageLink',
    'LocalMessage',
  ],
  ...['BindingCode', 'BindingTry', 'Meta'],
] as const;

/** Of which the rows are counted. */
const COUNTED = [...PASSING, 'JobRun', 'AuditRecord', 'Entry'] as const;
/** What jobs do once for ever: who was asked for 零报告, and what was warned of, counts with the record. */
const FOR_EVER = `job IN ('nil-return-ask', 'nil-return-remind', 'graded-warning')`;

const HOUR_MS = 3_600_000;

/** The runs of jobs that are swept. */
export const WEEKLY_RUNS = 'JobRun, swept';

/** How much stands in a SQLite file. */
export interface Kept {
  fileBytes: number;
  walBytes: number;
  /** Pages of the tables of the record, with their indexes. */
  recordBytes: number;
  /** Pages of everything else but what is free, with their indexes. */
  passingBytes: number;
  freeBytes: number;
  /** Steps of the chain. */
  steps: number;
  rows: Readonly<Record<string, number>>;
}

/** Looks at the file beside the service that has it open, and changes nothing. */
export class Measures {
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #answered: StatementSync;

  constructor(path: string) {
    this.#path = path;
    this.#database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    this.#answered = this.#database.prepare(
      `SELECT 1 FROM Request r JOIN Outbox o ON o.key = 'reply:' || r.key WHERE r.key = ? AND o.state = 'sent'`,
    );
  }

  kept(): Kept {
    const bytes = this.#bytesByTable();
    const sum = (tables: readonly string[]) =>
      tables.reduce((total, table) => total + (bytes.get(table) ?? 0), 0);
    const rows = Object.fromEntries(
      COUNTED.map((table) => [table, this.#number(`SELECT count(*) AS n FROM "${table}"`)]),
    );
    rows[WEEKLY_RUNS] = this.#number(`SELECT count(*) AS n FROM JobRun WHERE NOT ${FOR_EVER}`);
    return {
      fileBytes: statSync(this.#path).size,
      walBytes: statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      recordBytes: sum(RECORD),
      passingBytes: sum(PASSING),
      freeBytes: this.#number(
        'SELECT f.freelist_count * s.page_size AS n FROM pragma_freelist_count() f, pragma_page_size() s',
      ),
      steps: rows.AuditRecord ?? 0,
      rows,
    };
  }

  /** Messages that are still to be settled, or were to be sent by then or within the hour that follows. */
  waiting(now: Date): number {
    const due = `state = 'waiting' AND notBefore <= ?`;
    const until = new Date(now.getTime() + HOUR_MS).toISOString();
    return (
      this.#number('SELECT count(*) AS n FROM Inbox') +
      this.#number(`SELECT count(*) AS n FROM Outbox WHERE ${due}`, until)
    );
  }

  /** Those of the messages that were not settled, or whose answer was not sent. */
  unanswered(keys: readonly string[]): string[] {
    return keys.filter((key) => this.#answered.get(key) === undefined);
  }

  /** How far a message has come, for who looks into why it is not answered. */
  standingOf(key: string): string {
    const inbox = this.#database.prepare('SELECT attempts FROM Inbox WHERE key = ?').get(key);
    const request = this.#database.prepare('SELECT settledAt FROM Request WHERE key = ?').get(key);
    const reply = this.#database
      .prepare('SELECT state, attempts, notBefore, leaseUntil, lastError FROM Outbox WHERE key = ?')
      .get(`reply:${key}`);
    return JSON.stringify({ inbox, request, reply });
  }

  /** How many items and reports stand in which state. */
  states(): Readonly<Record<string, number>> {
    const rows = this.#database.prepare(
      `SELECT ledger || ' ' || state AS name, count(*) AS n FROM Entry GROUP BY 1 ORDER BY 1`,
    );
    return Object.fromEntries(rows.all().map(({ name, n }) => [String(name), Number(n)]));
  }

  /** A copy, whole and of one moment. */
  copyTo(path: string): void {
    this.#database.prepare('VACUUM INTO ?').run(path);
  }

  close(): void {
    this.#database.close();
  }

  #bytesByTable(): Map<string, number> {
    const rows = this.#database.prepare(
      `SELECT s.tbl_name AS name, sum(d.pgsize) AS n FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
       WHERE d.aggregate = 1 GROUP BY 1`,
    );
    return new Map(rows.all().map(({ name, n }) => [String(name), Number(n)]));
  }

  #number(sql: string, ...values: readonly string[]): number {
    return Number(this.#database.prepare(sql).get(...values)?.n ?? 0);
  }
}
