import { asModels } from './as-models.ts';
import type { Row, Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { straightTo } from './straight.ts';

/** A record of the chain as it stands in its row. */
export type AuditRow = Pick<
  Row.AuditRecordModel,
  'seq' | 'actor' | 'action' | 'entryId' | 'sealed' | 'body' | 'hash'
> & {
  /** ISO 8601, in UTC. */
  at: string;
};

/** The next records behind that number, at most so many, the earliest first. */
export async function auditPage(rows: Rows, after: number, most: number): Promise<AuditRow[]> {
  const straight = straightTo(rows);
  if (straight) {
    const found = await straight.ask(
      `SELECT "seq", "at", "actor", "action", "entryId", "sealed", "body", "hash"
        FROM "AuditRecord" WHERE "seq" > ? ORDER BY "seq" LIMIT ?`,
      [after, most],
    );
    return found.rows.map(auditRow);
  }
  const found = await rows.auditRecord.findMany({
    where: { seq: { gt: after } },
    orderBy: { seq: 'asc' },
    take: most,
  });
  return found.map((record) => ({ ...record, at: record.at.toISOString() }));
}

/** @param row in the order of the columns that are asked for */
function auditRow(row: readonly unknown[]): AuditRow {
  const [seq, at, actor, action, entryId, sealed, body, hash] = row as [
    number,
    string,
    ...[string, string, string | null],
    ...[AuditRow['sealed'], AuditRow['body'], AuditRow['hash']],
  ];
  return { seq, at: instant(at), actor, action, entryId, sealed, body, hash };
}

/** An instant of ours stands there with the offset written out; anything else is read as what it is. */
function instant(text: string): string {
  if (OURS.test(text)) return `${text.slice(0, 23)}Z`;
  const read = new Date(text);
  return Number.isNaN(read.getTime()) ? text : read.toISOString();
}

const OURS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/;

/** The last record about an entry. */
export interface LastRecord {
  entryId: string;
  body: Uint8Array;
}

/**
 * Of each entry that has records, the last one.
 * @param after the entry's id is behind this one, and up to `upTo`; without that, all behind it
 */
export async function lastRecords(rows: Rows, after: string, upTo?: string): Promise<LastRecord[]> {
  const straight = straightTo(rows);
  const bound = upTo === undefined ? [after] : [after, upTo];
  if (straight) {
    const found = await straight.ask(
      `SELECT a."entryId", a."body" FROM (
        SELECT MAX("seq") AS "last" FROM "AuditRecord"
        WHERE "entryId" > ? ${upTo === undefined ? '' : 'AND "entryId" <= ?'} GROUP BY "entryId"
      ) l CROSS JOIN "AuditRecord" a WHERE a."seq" = l."last"`,
      bound,
    );
    return found.rows.map(([entryId, body]) => ({ entryId: String(entryId), body: body as Uint8Array }));
  }
  return rows.$queryRaw<LastRecord[]>`
    SELECT a."entryId", a."body" FROM (
      SELECT MAX("seq") AS "last" FROM "AuditRecord"
      WHERE "entryId" > ${after} ${upTo === undefined ? Prisma.empty : Prisma.sql`AND "entryId" <= ${upTo}`}
      GROUP BY "entryId"
    ) l JOIN "AuditRecord" a ON a."seq" = l."last"`;
}

/** An entry with what belongs to it, each column as it stands in the JSON of a digest. */
export type EntryRow = Omit<Row.EntryModel, 'closedAt' | 'createdAt' | 'changedAt'> & {
  closedAt: Date | string | null;
  createdAt: Date | string;
  changedAt: Date | string;
  people: { personId: string; part: string }[];
  recusals: { mark: string }[];
};

/** The next entries behind that id, at most so many, in the order of their ids. */
export async function entryPage(rows: Rows, after: string, most: number): Promise<EntryRow[]> {
  const straight = straightTo(rows);
  if (!straight) {
    return rows.entry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: most,
      include: { people: true, recusals: true },
    });
  }
  const found = await straight.ask('SELECT * FROM "Entry" WHERE "id" > ? ORDER BY "id" LIMIT ?', [
    after,
    most,
  ]);
  const entries = asModels(found, instant).map((row) => ({
    ...(row as Omit<EntryRow, 'people' | 'recusals'>),
    people: [] as EntryRow['people'],
    recusals: [] as EntryRow['recusals'],
  }));
  const last = entries.at(-1);
  if (!last) return [];
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const within = (columns: string, table: string) =>
    straight.ask(`SELECT ${columns} FROM ${table} WHERE "entryId" > ? AND "entryId" <= ?`, [after, last.id]);
  const people = await within('"entryId", "personId", "part"', '"EntryPerson"');
  for (const [entryId, personId, part] of people.rows as string[][])
    byId.get(entryId ?? '')?.people.push({ personId: personId ?? '', part: part ?? '' });
  const recusals = await within('"entryId", "mark"', '"Recusal"');
  for (const [entryId, mark] of recusals.rows as string[][])
    byId.get(entryId ?? '')?.recusals.push({ mark: mark ?? '' });
  return entries;
}
