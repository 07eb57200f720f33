import type { Prisma, Row, Rows } from '../prisma/database.ts';
import { type EntryKey, fewKeys, inPieces, takersOf } from './entry-few.ts';
import type { EntryFilter } from './entry-filter.ts';

/** By what a table of entries is ordered: their refs, what falls due first, what changed last. */
export type TableOrder = 'ref' | 'due' | 'changed';

/** Where a page ends: by it the next one begins, whatever came or went meanwhile. */
export interface TableKey {
  refOrder: string;
  dueOn: string | null;
  changedAt: Date;
}

/** Which page. */
export interface TableAsked {
  order: TableOrder;
  after?: TableKey;
  take: number;
}

type Listed = Row.EntryModel & { people: { personId: string; part: string }[] };

export interface TablePage {
  entries: Listed[];
  /** There is more, or there may be, behind this. */
  next?: TableKey;
  /** It was looked through as many as one page may cost, and not through all. */
  isPart?: true;
}

/** Entries as a table. */
export interface EntryTable {
  page(filter: EntryFilter, asked: TableAsked): Promise<TablePage>;
  /** Whether a page comes by its refs, whatever order was asked for: it is searched entry by entry, and there are many. */
  comesByRef(filter: EntryFilter): Promise<boolean>;
  /** How many there are, counted up to that many and one more; nothing where each would have to be searched. */
  upTo(filter: EntryFilter, most: number): Promise<number | undefined>;
  /** Who takes the part in any entry, whether the viewer may see it or not: to ask for each, never to be shown as they are. */
  takers(part: string): Promise<string[]>;
}

type Where = Prisma.EntryWhereInput;

type Order = Prisma.EntryOrderByWithRelationInput[];

const WITH_PEOPLE = { people: { select: { personId: true, part: true } } } as const;

/** @param seen the entries that the viewer may see; `where`: those of them that fit a filter */
export const entryTable = (rows: Rows, seen: Where, where: (filter: EntryFilter) => Where): EntryTable => ({
  page: (filter, asked) => readTable(rows, { seen, where: where(filter) }, filter, asked),
  comesByRef: (filter) => comesByRef(rows, filter),
  upTo: (filter, most) => countUpTo(rows, where(filter), filter, most),
  takers: (part) => takersOf(rows, part),
});

/** What is asked of every entry by itself is asked of so many in one statement, and of so many pieces for one page. */
const PIECE = 5000;
const PIECES = 4;

/**
 * One page of a table, at a cost that does not grow with the table: few entries are sorted by themselves, many are read along
 * an index that has their order already. What is asked of every single one (its words, its 类别) goes by the order of the
 * refs, through as many as a page may cost.
 */
async function readTable(
  rows: Rows,
  { seen, where }: { seen: Where; where: Where },
  filter: EntryFilter,
  asked: TableAsked,
): Promise<TablePage> {
  const few = await fewKeys(rows, filter);
  if (few) return sortedApart(rows, where, few, asked);
  if (!isSearch(filter) || !(await isLarge(rows, filter.ledger))) return walked(rows, where, asked);
  // A page may end at any of them: where it ends is told, so it is one that may be seen.
  const within = filter.ledger === undefined ? seen : { AND: [{ ledger: filter.ledger }, seen] };
  return searched(rows, where, within, asked);
}

const comesByRef = async (rows: Rows, filter: EntryFilter): Promise<boolean> =>
  isSearch(filter) && !(await fewKeys(rows, filter)) && (await isLarge(rows, filter.ledger));

const isSearch = ({ text, says }: EntryFilter): boolean => text !== undefined || says !== undefined;

/** How large a ledger is shows nobody anything of the few that are hidden from him. */
async function isLarge(rows: Rows, ledger: string | undefined): Promise<boolean> {
  const beyond = await rows.entry.findFirst({
    where: ledger === undefined ? {} : { ledger },
    orderBy: { refOrder: 'asc' },
    skip: PIECE * PIECES,
    select: { refOrder: true },
  });
  return beyond !== null;
}

/** In the table's order; each is looked at in full only when its turn comes. */
async function sortedApart(
  rows: Rows,
  where: Where,
  few: readonly EntryKey[],
  { order, after, take }: TableAsked,
): Promise<TablePage> {
  const inOrder = COMPARED[order];
  const keys = few.filter((key) => !after || inOrder(after, key) < 0).sort(inOrder);
  const found: Listed[] = [];
  for (const ids of inPieces(keys.map(({ id }) => id))) {
    const some = await rows.entry.findMany({
      where: { AND: [{ id: { in: ids } }, where] },
      include: WITH_PEOPLE,
    });
    found.push(...some.sort(inOrder));
    if (found.length > take) break;
  }
  return cut(found, take);
}

const BY_REF: Order = [{ refOrder: 'asc' }];

const byRef = (one: TableKey, other: TableKey): number =>
  one.refOrder < other.refOrder ? -1 : Number(one.refOrder > other.refOrder);
/** Behind every date. */
const NO_DATE = '~';
const dueBy = ({ dueOn }: TableKey): string => dueOn ?? NO_DATE;
const COMPARED: Readonly<Record<TableOrder, (one: TableKey, other: TableKey) => number>> = {
  ref: byRef,
  due: (one, other) => (dueBy(one) === dueBy(other) ? byRef(one, other) : dueBy(one) < dueBy(other) ? -1 : 1),
  changed: (one, other) => other.changedAt.getTime() - one.changedAt.getTime() || byRef(one, other),
};

function cut(found: readonly Listed[], take: number): TablePage {
  const entries = found.slice(0, take);
  const last = entries.at(-1);
  return { entries, ...(found.length > take && last && { next: keyOf(last) }) };
}

const keyOf = ({ refOrder, dueOn, changedAt }: TableKey): TableKey => ({ refOrder, dueOn, changedAt });

/** Along an index: each stretch of the order is one range of it, so that a page begins where the one before it ended. */
async function walked(rows: Rows, where: Where, { order, after, take }: TableAsked): Promise<TablePage> {
  const found: Listed[] = [];
  for (const stretch of stretches(order, after)) {
    if (found.length > take) break;
    found.push(
      ...(await rows.entry.findMany({
        where: { AND: [stretch.where, where] },
        orderBy: stretch.orderBy,
        take: take + 1 - found.length,
        include: WITH_PEOPLE,
      })),
    );
  }
  return cut(found, take);
}

interface Stretch {
  where: Where;
  orderBy: Order;
}

function stretches(order: TableOrder, after: TableKey | undefined): Stretch[] {
  const later = after ? { refOrder: { gt: after.refOrder } } : {};
  if (order === 'ref') return [{ where: later, orderBy: BY_REF }];
  if (order === 'changed') {
    const orderBy: Order = [{ changedAt: 'desc' }, ...BY_REF];
    if (!after) return [{ where: {}, orderBy }];
    const { changedAt } = after;
    return [
      { where: { changedAt, ...later }, orderBy: BY_REF },
      { where: { changedAt: { lt: changedAt } }, orderBy },
    ];
  }
  const dated = { orderBy: [{ dueOn: 'asc' as const }, ...BY_REF] };
  const undated = { where: { dueOn: null }, orderBy: BY_REF };
  if (!after) return [{ where: { dueOn: { not: null } }, ...dated }, undated];
  if (after.dueOn === null) return [{ where: { dueOn: null, ...later }, orderBy: BY_REF }];
  return [
    { where: { dueOn: after.dueOn, ...later }, orderBy: BY_REF },
    { where: { dueOn: { gt: after.dueOn } }, ...dated },
    undated,
  ];
}

/** Piece by piece along the refs, until the page is full or has cost enough. */
async function searched(
  rows: Rows,
  where: Where,
  within: Where,
  { after, take }: TableAsked,
): Promise<TablePage> {
  const found: Listed[] = [];
  let from = after?.refOrder ?? '';
  for (let piece = 0; piece < PIECES; piece++) {
    const end = await rows.entry.findFirst({
      where: { AND: [{ refOrder: { gt: from } }, within] },
      orderBy: BY_REF,
      skip: PIECE - 1,
      select: { refOrder: true },
    });
    const range = { gt: from, ...(end && { lte: end.refOrder }) };
    found.push(
      ...(await rows.entry.findMany({
        where: { AND: [{ refOrder: range }, where] },
        orderBy: BY_REF,
        take: take + 1 - found.length,
        include: WITH_PEOPLE,
      })),
    );
    if (found.length > take || !end) return cut(found, take);
    from = end.refOrder;
  }
  return { entries: found, next: { refOrder: from, dueOn: null, changedAt: new Date(0) }, isPart: true };
}

async function countUpTo(
  rows: Rows,
  where: Where,
  filter: EntryFilter,
  most: number,
): Promise<number | undefined> {
  const few = await fewKeys(rows, filter);
  if (isSearch(filter) && ((few?.length ?? 0) > most || (!few && (await isLarge(rows, filter.ledger)))))
    return undefined;
  const select = { id: true };
  if (!few) return (await rows.entry.findMany({ where, select, orderBy: BY_REF, take: most + 1 })).length;
  let count = 0;
  for (const ids of inPieces(few.map(({ id }) => id))) {
    if (count > most) break;
    count += (await rows.entry.findMany({ where: { AND: [{ id: { in: ids } }, where] }, select })).length;
  }
  return Math.min(count, most + 1);
}
