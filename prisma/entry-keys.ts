import type { Rows } from './database.ts';
import { type Dialect, dialectOf } from './dialect.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { EntryModel } from './generated/sqlite/models.ts';
import { type KeyOrder, type KeyPlace, type Range, rangesOf } from './key-ranges.ts';

export type { KeyOrder, KeyPlace } from './key-ranges.ts';

/** By what entries are sorted and grouped. Nothing of it is shown: whether somebody may see an entry is asked of each afterwards. */
export interface EntryKey
  extends Pick<EntryModel, 'id' | 'refOrder' | 'dueOn' | 'changedAt' | 'state' | 'departmentId'> {
  /** Who takes the part that was asked for. */
  holders: string[];
}

/** Some of these persons take, or one of them takes, some of these parts. */
export interface Taking {
  personIds: readonly string[];
  parts?: readonly string[];
}

/** What the entries must be, as far as their own columns, their persons and their place say it. */
export interface Sought {
  ledger: string;
  states?: readonly string[] | undefined;
  isOpen?: boolean | undefined;
  dueAfter?: string | undefined;
  dueBefore?: string | undefined;
  departmentId?: string | undefined;
  /** With another department than these, or with none. */
  elsewhere?: readonly string[] | null | undefined;
  /** The refs' order: from the first, up to and without the other. */
  below?: { gte: string; lt: string } | undefined;
  /** Up to and with this one. */
  upTo?: string | undefined;
  /** Pieces that the title has. */
  title?: readonly string[] | undefined;
  says?: { name: string; value: string } | undefined;
  /** All of these. */
  taken?: readonly Taking[] | undefined;
  /** The part that nobody takes. */
  untaken?: string | undefined;
  /** In which the person takes part, or that are with the department. */
  within?: { personId: string; departmentId?: string } | undefined;
  isPart?: boolean | undefined;
  /** Without parts, but for those in this state. */
  leafBut?: string | undefined;
}

export interface KeysAsked {
  /** Absent: in any order. */
  order?: KeyOrder;
  after?: KeyPlace | undefined;
  /** So many of the first are passed over. */
  skip?: number;
  most: number;
  /** Of which part the holders are told. */
  part?: string | undefined;
}

type Sql = Prisma.Sql;
const { sql, join, empty, raw } = Prisma;

/**
 * The first keys in an order. The database does not choose the way: it counts its indexes roughly and would walk a million entries
 * for one person's ten. Persons lead to their entries, a department to its own, and else an index is walked that has the order.
 * They come as one text: row by row they cost five times as much.
 */
export async function readKeys(rows: Rows, sought: Sought, asked: KeysAsked): Promise<EntryKey[]> {
  const { order, after, most, skip = 0 } = asked;
  if (isNothing(sought)) return [];
  const keys: EntryKey[] = [];
  const isWalked = personSets(sought).length === 0 && !leadsByDepartment(sought);
  for (const range of order ? rangesOf(order, after, isWalked) : [{ where: empty, by: empty }]) {
    if (keys.length >= most) break;
    keys.push(...(await readRange(rows, sought, { ...asked, skip, most: most - keys.length }, range)));
  }
  return keys;
}

/** Nobody is meant, or no sign. */
const isNothing = ({ title, taken, states }: Sought): boolean =>
  title?.length === 0 ||
  states?.length === 0 ||
  (taken ?? []).some(({ personIds }) => personIds.length === 0);

type Told = [string, string, string | null, string, string, string | null, string[]];

async function readRange(
  rows: Rows,
  sought: Sought,
  { order, most, skip, part }: KeysAsked & { skip: number },
  range: Range,
): Promise<EntryKey[]> {
  const says = sayings[dialectOf(rows)];
  const [found] = await rows.$queryRaw<{ keys: string }[]>`
    SELECT ${says.allKeys} AS "keys"
    FROM (SELECT e."id", e."refOrder", e."dueOn", e."changedAt", e."state", e."departmentId",
        ${part === undefined ? says.nobody : says.holders(part)} AS "holders"
      FROM ${sourceOf(sought, order, says)} WHERE ${join([...conditionsOf(sought, says)], ' AND ')}${range.where}${range.by}
      LIMIT ${most} OFFSET ${skip}) sub`;
  return (JSON.parse(found?.keys ?? '[]') as Told[]).map(
    ([id, refOrder, dueOn, changedAt, state, departmentId, taking]) => ({
      ...{ id, refOrder, dueOn, state, departmentId, changedAt: new Date(changedAt), holders: taking },
    }),
  );
}

/** What SQLite and PostgreSQL say each in its way. */
interface Saying {
  /** All keys that were found, as one text. */
  allKeys: Sql;
  holders(part: string): Sql;
  nobody: Sql;
  /** By which index SQLite is to go; PostgreSQL counts better and chooses itself. */
  along(index: string): Sql;
  titleHas(piece: string): Sql;
  dataSays(name: string, value: string): Sql;
}

const sayings: Record<Dialect, Saying> = {
  sqlite: {
    allKeys: sql`json_group_array(json_array("id", "refOrder", "dueOn", "changedAt", "state", "departmentId", json("holders")))`,
    holders: (part) =>
      sql`(SELECT json_group_array(t."personId") FROM "EntryPerson" t WHERE t."entryId" = e."id" AND t."part" = ${part})`,
    nobody: sql`'[]'`,
    along: (index) => sql` INDEXED BY ${raw(`"${index}"`)}`,
    titleHas: (piece) => sql`e."title" LIKE ${`%${piece}%`}`,
    dataSays: (name, value) => sql`e."data" ->> ${`$.${name}`} = ${value}`,
  },
  postgresql: {
    // An instant without a zone would be read as one of the machine's.
    allKeys: sql`json_agg(json_build_array("id", "refOrder", "dueOn", "changedAt" AT TIME ZONE 'UTC', "state", "departmentId", "holders"))::text`,
    holders: (part) =>
      sql`COALESCE((SELECT json_agg(t."personId") FROM "EntryPerson" t WHERE t."entryId" = e."id" AND t."part" = ${part}), '[]'::json)`,
    nobody: sql`'[]'::json`,
    along: () => empty,
    titleHas: (piece) => sql`e."title" ILIKE ${`%${piece}%`}`,
    dataSays: (name, value) => sql`e."data" ->> ${name} = ${value}`,
  },
};

/** What leads to the entries. */
function sourceOf(sought: Sought, order: KeyOrder | undefined, says: Saying): Sql {
  const sets = personSets(sought);
  if (sets.length > 0) {
    // Of several the smaller may be either: all are read along indexes, and only what all have is looked at.
    const both = join(
      [...sets, ...(sought.departmentId === undefined ? [] : [ofDepartment(sought.departmentId)])],
      ' INTERSECT ',
    );
    return sql`(SELECT DISTINCT "entryId" FROM (${both})) m CROSS JOIN "Entry" e ON e."id" = m."entryId"`;
  }
  return sql`"Entry" e${says.along(indexFor(sought, order))}`;
}

function personSets({ taken = [], within }: Sought): Sql[] {
  const own = within && sql`SELECT "entryId" FROM "EntryPerson" WHERE "personId" = ${within.personId}`;
  return [
    ...taken.map(
      ({ personIds, parts }) =>
        sql`SELECT "entryId" FROM "EntryPerson" WHERE "personId" IN (${join([...personIds])})${parts ? sql` AND "part" IN (${join([...parts])})` : empty}`,
    ),
    ...(own
      ? [
          within.departmentId === undefined
            ? own
            : sql`SELECT * FROM (${own} UNION ${ofDepartment(within.departmentId)})`,
        ]
      : []),
  ];
}

const ofDepartment = (id: string): Sql =>
  sql`SELECT "id" AS "entryId" FROM "Entry" WHERE "departmentId" = ${id}`;

const leadsByDepartment = ({ departmentId, elsewhere }: Sought): boolean =>
  departmentId !== undefined || elsewhere !== undefined;

/** Which index has what is asked for, and then the order. */
function indexFor(sought: Sought, order: KeyOrder | undefined): string {
  const { states, isOpen, dueAfter, dueBefore, below } = sought;
  if (leadsByDepartment(sought)) return 'Entry_department_table_idx';
  const column = below
    ? 'refOrder'
    : (dueAfter ?? dueBefore) !== undefined || order === 'due'
      ? 'dueOn'
      : undefined;
  if (order === 'changed' && !column) return 'Entry_ledger_changedAt_refOrder_state_closedAt_idx';
  const columns = column === 'dueOn' ? 'dueOn_refOrder' : 'refOrder';
  if (states?.length === 1) return `Entry_ledger_state_${columns}_idx`;
  return isOpen === true
    ? `Entry_ledger_closedAt_${columns}_idx`
    : `Entry_ledger_${columns}_state_closedAt_idx`;
}

function* conditionsOf(sought: Sought, saying: Saying): Iterable<Sql> {
  const { ledger, states, isOpen, dueAfter, dueBefore, departmentId, elsewhere, below, upTo } = sought;
  yield sql`e."ledger" = ${ledger}`;
  if (states)
    yield states.length === 1 ? sql`e."state" = ${states[0]}` : sql`e."state" IN (${join([...states])})`;
  if (isOpen !== undefined) yield isOpen ? sql`e."closedAt" IS NULL` : sql`e."closedAt" IS NOT NULL`;
  if (dueAfter !== undefined) yield sql`e."dueOn" > ${dueAfter}`;
  if (dueBefore !== undefined) yield sql`e."dueOn" < ${dueBefore}`;
  if (departmentId !== undefined) yield sql`e."departmentId" = ${departmentId}`;
  if (elsewhere === null) yield sql`e."departmentId" IS NULL`;
  if (elsewhere)
    yield sql`e."departmentId" IN (SELECT d."id" FROM "Department" d WHERE d."id" NOT IN (${join(['', ...elsewhere])}))`;
  if (below) yield sql`e."refOrder" >= ${below.gte} AND e."refOrder" < ${below.lt}`;
  if (upTo !== undefined) yield sql`e."refOrder" <= ${upTo}`;
  yield* looksAt(sought, saying);
}

/** What no index has: it is asked last, of what is left. */
function* looksAt({ title = [], says, untaken, isPart, leafBut }: Sought, saying: Saying): Iterable<Sql> {
  for (const piece of title) yield saying.titleHas(piece);
  if (says) yield saying.dataSays(says.name, says.value);
  if (isPart) yield sql`e."parentId" IS NOT NULL`;
  if (untaken !== undefined)
    yield sql`NOT EXISTS (SELECT 1 FROM "EntryPerson" n WHERE n."entryId" = e."id" AND n."part" = ${untaken})`;
  if (leafBut !== undefined)
    yield sql`NOT EXISTS (SELECT 1 FROM "Entry" c WHERE c."parentId" = e."id" AND c."state" <> ${leafBut})`;
}

/** Who takes the part in anything at all, each found by one step along the index. */
export async function readTakers(rows: Rows, part: string, most: number): Promise<string[]> {
  const found = await rows.$queryRaw<{ personId: string }[]>`
    WITH RECURSIVE taker("personId") AS (
      SELECT MIN("personId") FROM "EntryPerson" WHERE "part" = ${part}
      UNION ALL
      SELECT (SELECT MIN(p."personId") FROM "EntryPerson" p WHERE p."part" = ${part} AND p."personId" > taker."personId")
      FROM taker WHERE taker."personId" IS NOT NULL
    )
    SELECT "personId" FROM taker WHERE "personId" IS NOT NULL LIMIT ${most}`;
  return found.map(({ personId }) => personId);
}
