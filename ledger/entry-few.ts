import type { Rows } from '../prisma/database.ts';
import { type EntryKey, readKeys, type Sought, type Taking } from '../prisma/entry-keys.ts';
import type { EntryFilter } from './entry-filter.ts';
import { ordersBelow } from './ref-order.ts';
import { TAKEN_OUT } from './taken-out.ts';

/** A table is of one ledger. */
export type TableFilter = EntryFilter & { ledger: string };

/** So many at most are sorted and grouped by themselves; of more, an order is walked along. */
const FEW = 6000;
/** Where an order can be walked along just as well. */
const FEW_OF_ALL = 1500;
/** So many entries are looked at for one page, where each has to be: for its words, for what its data says. */
const TITLES_LOOKED_AT = 120_000;
const DATA_LOOKED_AT = 40_000;

/** What of a filter leads to entries; that it is not all does no harm, since each is asked for again. */
export function soughtOf(filter: TableFilter): Sought {
  const { ledger, states, open, departmentId, elsewhere, dueAfter, dueBefore, within, says, text, below } =
    filter;
  const { held } = filter;
  return {
    ...{ ledger, states, departmentId, elsewhere, dueAfter, dueBefore, within, says, isOpen: open },
    below: below === undefined ? undefined : ordersBelow(below),
    title: text?.split(/[%_]/u).filter(Boolean),
    taken: takingsOf(filter),
    untaken: held?.by === null ? held.part : undefined,
    isPart: filter.isPart,
    leafBut: filter.leaf ? TAKEN_OUT : undefined,
  };
}

function takingsOf({ personId, personIds, parts, held }: EntryFilter): Taking[] {
  const ids = personIds ?? (personId === undefined ? undefined : [personId]);
  return [
    ...(ids ? [{ personIds: ids, ...(parts && { parts }) }] : []),
    ...(held?.by ? [{ personIds: [held.by], parts: [held.part] }] : []),
  ];
}

/** Asked of every entry by itself: no index answers it. */
export const isSearch = ({ title, says, untaken }: Sought): boolean =>
  (title ?? says ?? untaken) !== undefined;

/** How many are looked at for one page, where no index leaves few. */
export const lookedAt = ({ says }: Sought, atMost = Number.POSITIVE_INFINITY): number =>
  Math.min(atMost, says ? DATA_LOOKED_AT : TITLES_LOOKED_AT);

/** What stands in columns that the indexes have. */
export const inColumns = ({ title, says, untaken, isPart, leafBut, ...columns }: Sought): Sought => columns;

/** Whether a table is searched and has more than one page may look at. It shows nobody anything of the few that are hidden from him. */
export async function isTooMuch(rows: Rows, sought: Sought, atMost?: number): Promise<boolean> {
  if (!isSearch(sought) || leadsToFew(sought)) return false;
  const beyond = await readKeys(rows, inColumns(sought), {
    order: 'ref',
    skip: lookedAt(sought, atMost),
    most: 1,
  });
  return beyond.length > 0;
}

const leadsToFew = ({ taken, within, departmentId, elsewhere }: Sought): boolean =>
  within !== undefined || departmentId !== undefined || elsewhere !== undefined || (taken ?? []).length > 0;

/** The keys of all that the filter may mean, in no order; nothing where they are many, or are better walked along. */
export async function fewKeys(
  rows: Rows,
  sought: Sought,
  { part, isGrouped }: { part: string | undefined; isGrouped: boolean },
): Promise<EntryKey[] | undefined> {
  const { below, dueAfter, dueBefore } = sought;
  const isBounded = (below ?? dueAfter ?? dueBefore) !== undefined;
  if (!isGrouped && !isBounded && !isSearch(sought) && !leadsToFew(sought)) return undefined;
  const most = isSearch(sought) || leadsToFew(sought) ? FEW : FEW_OF_ALL;
  const keys = await readKeys(rows, sought, { most: most + 1, part });
  return keys.length > most ? undefined : keys;
}
