import type { Prisma, Rows } from '../prisma/database.ts';
import { type EntryKey, readKeys, readTakers } from '../prisma/entry-keys.ts';
import { fewKeys, isTooMuch, soughtOf, type TableFilter } from './entry-few.ts';
import type { EntryFilter } from './entry-filter.ts';
import {
  beyondDates,
  byStretches,
  IDS_AT_ONCE,
  inPieces,
  type Part,
  type Reading,
  sortedApart,
  type TableAsked,
} from './entry-page.ts';

export type { TableFilter } from './entry-few.ts';
export type { TableAsked, TableKey, TableOrder } from './entry-page.ts';
export type { Stretch } from './key-order.ts';

export interface TablePage extends Part {
  /** It comes by its refs, whatever order was asked for: it is searched entry by entry, and there are many. */
  isByRef?: true;
  /** How many there are, counted up to that many and one more; absent where each would have to be searched. */
  total?: number;
}

/** Entries as a table. */
export interface EntryTable {
  page(filter: TableFilter, asked: TableAsked): Promise<TablePage>;
  /** Who takes the part in any entry, whether the viewer may see it or not: to ask for each, never to be shown as they are. */
  takers(part: string): Promise<string[]>;
}

type Where = Prisma.EntryWhereInput;

/** More would make a list that nobody reads. */
const TAKERS = 500;

/** @param seen the entries that the viewer may see; `where`: those of them that fit a filter */
export const entryTable = (rows: Rows, seen: Where, where: (filter: EntryFilter) => Where): EntryTable => ({
  page: (filter, asked) => readTable({ rows, seen, where }, filter, asked),
  takers: (part) => readTakers(rows, part, TAKERS),
});

/**
 * One page of a table, at a cost that does not grow with the table: the keys of few entries are sorted and grouped by themselves,
 * many are read along an index that has their order already. What is asked of every single one (its words, its 类别) goes by the
 * order of the refs, through as many as a page may cost. Keys say nothing: each entry is asked for with the viewer's eyes.
 */
async function readTable(reading: Reading, filter: TableFilter, asked: TableAsked): Promise<TablePage> {
  const { stretches = [{}], countTo } = asked;
  const sought = soughtOf(filter);
  const isLarge = await isTooMuch(reading.rows, sought, asked.lookAt);
  const grouped = { isGrouped: stretches.length > 1, part: stretches.find(({ held }) => held)?.held?.part };
  const few = isLarge ? undefined : await fewKeys(reading.rows, sought, grouped);
  const page = few
    ? await sortedApart(reading, filter, few, asked)
    : await byStretches(reading, filter, { ...asked, stretches });
  return {
    ...page,
    ...(isLarge && asked.order !== 'ref' && { isByRef: true }),
    ...(countTo !== undefined && !isLarge && { total: await countUpTo(reading, filter, few, countTo) }),
  };
}

async function countUpTo(
  { rows, where }: Reading,
  filter: TableFilter,
  few: readonly EntryKey[] | undefined,
  most: number,
): Promise<number> {
  const sought = soughtOf(filter);
  const asked = { skip: 0, most: most + IDS_AT_ONCE };
  for (let count = 0; ; asked.skip += asked.most) {
    const keys = few ?? (await readKeys(rows, sought, asked));
    for (const piece of inPieces(keys)) {
      if (count > most) break;
      const id = { in: piece.map((key) => key.id) };
      count += await rows.entry.count({ where: { AND: [{ id }, where(beyondDates(filter))] } });
    }
    if (few || count > most || keys.length < asked.most) return Math.min(count, most + 1);
  }
}
