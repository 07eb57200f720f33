import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { EntryModel } from './generated/sqlite/models.ts';

/** Somebody, and the mark under which entries are hidden from him. */
export interface Reader {
  personId: string;
  mark: string;
}

/** An entry as a line of a list needs it. */
export type Line = Pick<EntryModel, 'ref' | 'state' | 'title' | 'dueOn' | 'data'>;

/**
 * The entries in which each of the readers takes the part, without those that are hidden from him and those that have
 * parts of their own; in the order of lists. One statement for all: a bureau of thousands is gone through by hundreds.
 */
export async function linesOfEach(
  rows: Rows,
  readers: readonly Reader[],
  of: { ledger: string; part: string; states: readonly string[] },
): Promise<Map<string, Line[]>> {
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
      AND e."id" = p."entryId" AND e."ledger" = ${of.ledger} AND e."state" IN (${Prisma.join([...of.states])})
      AND NOT EXISTS (SELECT 1 FROM "Recusal" h WHERE h."entryId" = e."id" AND h."mark" = r."mark")
      AND NOT EXISTS (SELECT 1 FROM "Entry" c WHERE c."ledger" = e."ledger" AND c."parentId" = e."id" AND c."state" <> 'taken-out')
    ORDER BY r."personId", e."createdAt", e."position", e."id"`;
  const lines = found.map((line) => ({ ...line, data: asJson(line.data) }));
  return Map.groupBy(lines, ({ personId }) => personId);
}

/** SQLite hands a JSON column back as its text. */
const asJson = (data: Line['data']): Line['data'] => (typeof data === 'string' ? JSON.parse(data) : data);
