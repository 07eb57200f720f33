import type { Prisma, Rows } from './database.ts';
import { type Condition, conditionOn } from './entry-conditions.ts';
import { leadTo } from './entry-leads.ts';
import { isStraight, places, plain } from './plain.ts';
import { straightTo } from './straight.ts';

/** What Prisma is asked for beside the entry itself. */
export const WITH_PEOPLE = { people: { select: { personId: true, part: true } } } as const;

/** An entry with who takes part in it. */
export type EntryWithPeople = Prisma.EntryGetPayload<{ include: typeof WITH_PEOPLE }>;

/** The entry that is so: it is asked for by its name, so that there is one at most. */
export async function oneEntry(rows: Rows, where: Prisma.EntryWhereInput): Promise<EntryWithPeople | null> {
  const found = await straightly(rows, where);
  if (!found) return rows.entry.findFirst({ where, include: WITH_PEOPLE });
  return found[0] ?? null;
}

/** All that are so, in the order of lists: for few that are asked for by their names. */
export async function fewEntries(rows: Rows, where: Prisma.EntryWhereInput): Promise<EntryWithPeople[]> {
  const found = await straightly(rows, where);
  return found ?? rows.entry.findMany({ where, include: WITH_PEOPLE, orderBy: IN_LISTS });
}

/** As entries were filed. */
export const IN_LISTS: Prisma.EntryOrderByWithRelationInput[] = [
  { createdAt: 'asc' },
  { position: 'asc' },
  { id: 'asc' },
];

const AS_IN_LISTS = 'e0."createdAt", e0."position", e0."id"';

/** @returns nothing where there is no straight way, or the condition is none that is written by hand */
async function straightly(rows: Rows, where: Prisma.EntryWhereInput): Promise<EntryWithPeople[] | undefined> {
  const condition = isStraight(rows) ? conditionOn(where) : undefined;
  if (!condition) return undefined;
  const found = await plain(rows).askModels<Model>(
    `SELECT e0.* FROM "Entry" e0 WHERE ${condition.sql} ORDER BY ${AS_IN_LISTS}`,
    condition.values,
  );
  return withPeople(rows, found);
}

/** Where the list goes on, and how far. */
export interface Stretch {
  skip: number;
  take: number;
}

/** The same of any number, in the order of lists, a stretch of them. */
export async function entriesAmong(
  rows: Rows,
  where: Prisma.EntryWhereInput,
  { skip, take }: Stretch,
): Promise<EntryWithPeople[]> {
  const straight = straightTo(rows);
  const condition = straight && ledTo(where);
  if (!condition) return rows.entry.findMany({ where, include: WITH_PEOPLE, orderBy: IN_LISTS, skip, take });
  const found = await plain(rows).askModels<Model>(
    `SELECT e0.* FROM "Entry" e0 WHERE ${condition.sql} ORDER BY ${AS_IN_LISTS} LIMIT ${take} OFFSET ${skip}`,
    condition.values,
  );
  return withPeople(rows, found);
}

export async function countEntries(rows: Rows, where: Prisma.EntryWhereInput): Promise<number> {
  const straight = straightTo(rows);
  const condition = straight && ledTo(where);
  if (!condition) return rows.entry.count({ where });
  const { sql, values } = condition;
  const counted = await straight.ask(`SELECT COUNT(*) FROM "Entry" e0 WHERE ${sql}`, values);
  return Number(counted.rows[0]?.[0]);
}

/** Whether there is one. */
export async function isAnyEntry(rows: Rows, where: Prisma.EntryWhereInput): Promise<boolean> {
  const straight = straightTo(rows);
  const condition = straight && ledTo(where);
  if (!condition) return (await rows.entry.findFirst({ where, select: { id: true } })) !== null;
  const { sql, values } = condition;
  return (await straight.ask(`SELECT 1 FROM "Entry" e0 WHERE ${sql} LIMIT 1`, values)).rows.length > 0;
}

/** The parts that somebody takes in those that are so. */
export async function partsAmong(
  rows: Rows,
  personId: string,
  where: Prisma.EntryWhereInput,
): Promise<ReadonlySet<string>> {
  const straight = straightTo(rows);
  const condition = straight && conditionOn(where);
  if (!condition) {
    const groups = await rows.entryPerson.groupBy({ by: ['part'], where: { personId, entry: where } });
    return new Set(groups.map(({ part }) => part));
  }
  const found = await straight.ask(
    `SELECT DISTINCT p."part" FROM "EntryPerson" p CROSS JOIN "Entry" e0
     WHERE p."personId" = ? AND e0."id" = p."entryId" AND ${condition.sql}`,
    [personId, ...condition.values],
  );
  return new Set(found.rows.map(([part]) => String(part)));
}

/** The condition, and before it what leads to the entries. */
function ledTo(where: Prisma.EntryWhereInput): Condition | undefined {
  const condition = conditionOn(where);
  const lead = condition && leadTo(where);
  if (!lead) return condition;
  return {
    sql: `e0."id" IN (${lead.sql}) AND ${condition.sql}`,
    values: [...lead.values, ...condition.values],
  };
}

type Model = Omit<EntryWithPeople, 'people'>;

async function withPeople(rows: Rows, entries: readonly Model[]): Promise<EntryWithPeople[]> {
  if (entries.length === 0) return [];
  const ids = entries.map(({ id }) => id);
  const found = await plain(rows).ask(
    `SELECT "entryId", "personId", "part" FROM "EntryPerson" WHERE "entryId" IN ${places(ids)}`,
    ids,
  );
  const taking = Map.groupBy(found, ([entryId]) => entryId);
  return entries.map((entry) => ({
    ...entry,
    people: (taking.get(entry.id) ?? []).map(([, personId, part]) => ({
      personId: String(personId),
      part: String(part),
    })),
  }));
}

/** Under which marks an entry is hidden. */
export async function recusalMarks(rows: Rows, entryId: string): Promise<Set<string>> {
  const found = await plain(rows).ask('SELECT "mark" FROM "Recusal" WHERE "entryId" = ?', [entryId]);
  return new Set(found.map(([mark]) => String(mark)));
}

/** Those of the refs whose entries came to carry the mark in that time. */
export async function markedBetween(
  rows: Rows,
  mark: string,
  refs: readonly string[],
  { after, until }: { after: Date; until: Date },
): Promise<string[]> {
  const found = await plain(rows).ask(
    `SELECT entry."ref" FROM "Entry" entry JOIN "Recusal" recusal ON recusal."entryId" = entry."id"
     WHERE entry."ref" IN ${places(refs)} AND recusal."mark" = ?
       AND recusal."since" > ? AND recusal."since" <= ?`,
    [...refs, mark, after, until],
  );
  return found.map(([ref]) => String(ref));
}

/** Whether anything stands below the entry. */
export async function hasParts(rows: Rows, entryId: string): Promise<boolean> {
  const found = await plain(rows).ask('SELECT 1 FROM "Entry" WHERE "parentId" = ? LIMIT 1', [entryId]);
  return found.length > 0;
}
