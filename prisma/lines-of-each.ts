import { setImmediate as breathe } from 'node:timers/promises';
import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { EntryModel } from './generated/sqlite/models.ts';
import { type Straight, straightTo } from './straight.ts';

/** Somebody, and the mark under which entries are hidden from him. */
export interface Reader {
  personId: string;
  mark: string;
}

/** An entry as a line of a list needs it. */
export type Line = Pick<EntryModel, 'ref' | 'state' | 'title' | 'dueOn' | 'data'>;

/** Which entries are meant. @property states of those that are not closed */
interface Of {
  ledger: string;
  part: string;
  states: readonly string[];
}

/**
 * The entries in which each of the readers takes the part, without those that are hidden from him and those that have
 * parts of their own; in the order of lists. A bureau of thousands is gone through by dozens.
 */
export function linesOfEach(rows: Rows, readers: readonly Reader[], of: Of): Promise<Map<string, Line[]>> {
  const straight = straightTo(rows);
  return straight ? oneByOne(straight, readers, of) : allAtOnce(rows, readers, of);
}

/** Persons of whom is read before others are heard: SQLite answers without letting go of the thread. */
const BETWEEN_BREATHS = 10;

/** Inside the process a statement for each costs less than one for all, and others are heard in between. */
async function oneByOne(
  straight: Straight,
  readers: readonly Reader[],
  { ledger, part, states }: Of,
): Promise<Map<string, Line[]>> {
  // Written so that the person leads to the entries, of which few are open after some years, and the index on the parent answers
  // what has parts.
  const sql = `
    SELECT e."ref", e."state", e."title", e."dueOn", e."data"
    FROM "EntryPerson" p
    CROSS JOIN "Entry" e
    WHERE p."personId" = ? AND p."part" = ? AND e."closedAt" IS NULL AND e."id" = p."entryId" AND e."ledger" = ?
      AND e."state" IN (${states.map(() => '?').join()})
      AND NOT EXISTS (SELECT 1 FROM "Recusal" h WHERE h."entryId" = e."id" AND h."mark" = ?)
      AND NOT EXISTS (SELECT 1 FROM "Entry" c WHERE c."ledger" = e."ledger" AND c."parentId" = e."id" AND c."state" <> 'taken-out')
    ORDER BY e."createdAt", e."position", e."id"`;
  const lines = new Map<string, Line[]>();
  for (const [index, { personId, mark }] of readers.entries()) {
    if (index % BETWEEN_BREATHS === BETWEEN_BREATHS - 1) await breathe();
    const { rows } = await straight.ask(sql, [personId, part, ledger, ...states, mark]);
    if (rows.length > 0) lines.set(personId, rows.map(lineOf));
  }
  return lines;
}

/** @param row in the order of the columns that are asked for */
function lineOf(row: readonly unknown[]): Line {
  const [ref, state, title, dueOn, data] = row as [string, string, string, string | null, string];
  return { ref, state, title, dueOn, data: asJson(data) };
}

async function allAtOnce(rows: Rows, readers: readonly Reader[], of: Of): Promise<Map<string, Line[]>> {
  if (readers.length === 0) return new Map();
  const who = Prisma.join(readers.map(({ personId, mark }) => Prisma.sql`(${personId}, ${mark})`));
  // Written so that the persons lead to the entries, and the index on the parent answers what has parts.
  const found = await rows.$queryRaw<(Line & { personId: string })[]>`
    WITH "Reader" ("personId", "mark") AS (VALUES ${who})
    SELECT r."personId", e."ref", e."state", e."title", e."dueOn", e."data"
    FROM "Reader" r
    CROSS JOIN "EntryPerson" p
    CROSS JOIN "Entry" e
    WHERE p."personId" = r."personId" AND p."part" = ${of.part}
      AND e."closedAt" IS NULL AND e."id" = p."entryId" AND e."ledger" = ${of.ledger} AND e."state" IN (${Prisma.join([...of.states])})
      AND NOT EXISTS (SELECT 1 FROM "Recusal" h WHERE h."entryId" = e."id" AND h."mark" = r."mark")
      AND NOT EXISTS (SELECT 1 FROM "Entry" c WHERE c."ledger" = e."ledger" AND c."parentId" = e."id" AND c."state" <> 'taken-out')
    ORDER BY r."personId", e."createdAt", e."position", e."id"`;
  const lines = found.map((line) => ({ ...line, data: asJson(line.data) }));
  return Map.groupBy(lines, ({ personId }) => personId);
}

/** SQLite hands a JSON column back as its text. */
const asJson = (data: Line['data']): Line['data'] => (typeof data === 'string' ? JSON.parse(data) : data);
