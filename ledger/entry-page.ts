import type { Prisma, Row, Rows } from '../prisma/database.ts';
import { type EntryKey, type KeyOrder, type KeyPlace, readKeys } from '../prisma/entry-keys.ts';
import { inColumns, isTooMuch, lookedAt, soughtOf, type TableFilter } from './entry-few.ts';
import type { EntryFilter } from './entry-filter.ts';
import { inStretches, type Placed, type Stretch } from './key-order.ts';

/** By what a table of entries is ordered: their refs, what falls due first, what changed last. */
export type TableOrder = KeyOrder;

/** Where a page ends: by it the next one begins, whatever came or went meanwhile. */
export type TableKey = Placed<KeyPlace>;

/** Which page. */
export interface TableAsked {
  order: TableOrder;
  /** One behind the other; absent: the whole is one. */
  stretches?: readonly Stretch[];
  after?: TableKey | undefined;
  take: number;
  /** How far all are counted. */
  countTo?: number;
  /** So many at most are looked at one by one; absent: as many as a page may cost. */
  lookAt?: number | undefined;
}

export interface Found {
  entry: Row.EntryModel & { people: { personId: string; part: string }[] };
  stretch: number;
}

/** A page, as far as it is found. */
export interface Part {
  found: Found[];
  /** There is more, or there may be, behind this. */
  next?: TableKey;
  /** It was looked through as many as one page may cost, and not through all. */
  isPart?: true;
}

type Where = Prisma.EntryWhereInput;

/** With whose eyes: `seen`, the entries that the viewer may see; `where`, those of them that fit a filter. */
export interface Reading {
  rows: Rows;
  seen: Where;
  where: (filter: EntryFilter) => Where;
}

/** Of few: their keys are sorted, and each entry is looked at in full only when its turn comes. */
export async function sortedApart(
  { rows, where }: Reading,
  filter: TableFilter,
  few: readonly EntryKey[],
  { order, stretches = [{}], after, take }: TableAsked,
): Promise<Part> {
  const placed = inStretches(few, stretches, order, after);
  return cut(await firstSeen(rows, where(beyondDates(filter)), placed, take + 1), take);
}

/** In longer lists the database would look for another way than the ids. */
export const IDS_AT_ONCE = 200;

/** The keys have kept to the dates: asked of each again, the database would take them for the shorter way to it than its id. */
export const beyondDates = ({ dueAfter, dueBefore, ...filter }: TableFilter): TableFilter => filter;

export function* inPieces<T>(all: readonly T[], first = IDS_AT_ONCE): Iterable<T[]> {
  const begin = Math.min(first, IDS_AT_ONCE);
  if (all.length > 0) yield all.slice(0, begin);
  for (let at = begin; at < all.length; at += IDS_AT_ONCE) yield all.slice(at, at + IDS_AT_ONCE);
}

/** In the keys' order; each is looked at in full only when its turn comes. */
async function firstSeen(
  rows: Rows,
  where: Where,
  keys: readonly (KeyPlace & { id: string; stretch: number })[],
  most: number,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const piece of inPieces(keys, most)) {
    if (found.length >= most) break;
    const some = await rows.entry.findMany({
      where: { AND: [{ id: { in: piece.map(({ id }) => id) } }, where] },
      include: { people: { select: { personId: true, part: true } } },
    });
    const byId = new Map(some.map((entry) => [entry.id, entry]));
    found.push(
      ...piece.flatMap(({ id, stretch }) => {
        const entry = byId.get(id);
        return entry ? [{ entry, stretch }] : [];
      }),
    );
  }
  return found.slice(0, most);
}

function cut(found: readonly Found[], take: number): Part {
  const last = found[take - 1];
  const key = last && keyOf(last);
  return { found: found.slice(0, take), ...(found.length > take && key && { next: key }) };
}

const keyOf = ({ entry: { refOrder, dueOn, changedAt }, stretch }: Found): TableKey => ({
  ...{ refOrder, dueOn, changedAt, stretch },
});

const START = { refOrder: '', dueOn: null, changedAt: new Date(0) };
/** Into so many stretches one page looks. */
const STRETCHES_AT_ONCE = 24;

/** Of many: stretch by stretch, until the page is full or has cost enough. */
export async function byStretches(
  reading: Reading,
  filter: TableFilter,
  { stretches, after, take, order, lookAt }: TableAsked & { stretches: readonly Stretch[] },
): Promise<Part> {
  const found: Found[] = [];
  const begun = after?.stretch ?? 0;
  for (const [stretch, part] of stretches.entries()) {
    if (stretch < begun) continue;
    if (stretch >= begun + STRETCHES_AT_ONCE) return { found, next: { ...START, stretch }, isPart: true };
    const from = stretch === begun ? after : undefined;
    const wanted = { order, take: take - found.length, after: from, lookAt };
    const more = await inStretch(reading, { ...filter, ...part }, wanted);
    found.push(...more.found.map(({ entry }) => ({ entry, stretch })));
    if (more.end !== undefined)
      return { found, next: { ...START, refOrder: more.end, stretch }, isPart: true };
    if (found.length > take) break;
  }
  return cut(found, take);
}

/** @returns one more than was asked for, where there are; `end`: as far as it was looked through, where that is not all */
async function inStretch(
  reading: Reading,
  filter: TableFilter,
  asked: TableAsked,
): Promise<{ found: Found[]; end?: string }> {
  const { order, after, take } = asked;
  const { rows, where } = reading;
  const sought = soughtOf(filter);
  if (await isTooMuch(rows, sought, asked.lookAt)) return searched(reading, filter, asked);
  const found: Found[] = [];
  for (let from: KeyPlace | undefined = after; ; ) {
    const keys: EntryKey[] = await readKeys(rows, sought, { order, after: from, most: IDS_AT_ONCE });
    const placed = keys.map((key) => ({ ...key, stretch: 0 }));
    found.push(...(await firstSeen(rows, where(beyondDates(filter)), placed, take + 1 - found.length)));
    from = keys.at(-1);
    if (found.length > take || keys.length < IDS_AT_ONCE) return { found };
  }
}

/** Along the refs, as far as one page may look. */
async function searched(
  { rows, seen, where }: Reading,
  filter: TableFilter,
  { after, take, lookAt }: TableAsked,
): Promise<{ found: Found[]; end?: string }> {
  const sought = soughtOf(filter);
  const most = take + 1 + IDS_AT_ONCE;
  const found: Found[] = [];
  for (let from: KeyPlace = after ?? START; ; ) {
    const walk = { order: 'ref', after: from } as const;
    const [end] = await readKeys(rows, inColumns(sought), {
      ...walk,
      skip: lookedAt(sought, lookAt) - 1,
      most: 1,
    });
    const keys = await readKeys(rows, { ...sought, upTo: end?.refOrder }, { ...walk, most });
    const placed = keys.map((key) => ({ ...key, stretch: 0 }));
    found.push(...(await firstSeen(rows, where(beyondDates(filter)), placed, take + 1 - found.length)));
    const isThrough = keys.length < most;
    if (found.length > take || (isThrough && !end)) return { found };
    // A page may end at any entry, and where it ends is told: so it is one that may be seen.
    const last =
      isThrough &&
      end &&
      (await lastSeen(
        rows,
        { ledger: filter.ledger, refOrder: { gt: from.refOrder, lte: end.refOrder } },
        seen,
      ));
    if (last) return { found, end: last };
    from = (isThrough ? end : keys.at(-1)) ?? from;
  }
}

async function lastSeen(rows: Rows, among: Where, seen: Where): Promise<string | undefined> {
  const last = await rows.entry.findFirst({
    where: { AND: [among, seen] },
    orderBy: { refOrder: 'desc' },
    select: { refOrder: true },
  });
  return last?.refOrder;
}
