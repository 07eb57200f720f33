import { Prisma } from './generated/sqlite/client.ts';
import type { EntryModel } from './generated/sqlite/models.ts';

/** What falls due first comes first, what has no date last; what changed last comes first; and among those alike, by their refs. */
export type KeyOrder = 'ref' | 'due' | 'changed';

/** Where a walk along an order goes on: behind this one. */
export type KeyPlace = Pick<EntryModel, 'refOrder' | 'dueOn' | 'changedAt'>;

/** A part of an order, as it is asked of the entries `e`. */
export interface Range {
  where: Prisma.Sql;
  by: Prisma.Sql;
}

const { sql, empty } = Prisma;

const BY_REF = sql` ORDER BY e."refOrder"`;
const BY_DUE = sql` ORDER BY e."dueOn", e."refOrder"`;
const BY_CHANGE = sql` ORDER BY e."changedAt" DESC, e."refOrder"`;

/**
 * What stands behind the place. @param isWalked an index has the order: each range is one stretch of it, since what has no date
 * stands in another place of it than in the table. Else all is found and sorted at once.
 */
export function rangesOf(order: KeyOrder, after: KeyPlace | undefined, isWalked: boolean): Range[] {
  if (order === 'ref') return [{ where: after ? laterThan(after) : empty, by: BY_REF }];
  if (order === 'changed') return isWalked ? changesWalked(after) : [changesSorted(after)];
  return isWalked ? datesWalked(after) : [datesSorted(after)];
}

const laterThan = ({ refOrder }: KeyPlace) => sql` AND e."refOrder" > ${refOrder}`;

function changesWalked(after: KeyPlace | undefined): Range[] {
  if (!after) return [{ where: empty, by: BY_CHANGE }];
  return [
    { where: sql` AND e."changedAt" = ${after.changedAt}${laterThan(after)}`, by: BY_REF },
    { where: sql` AND e."changedAt" < ${after.changedAt}`, by: BY_CHANGE },
  ];
}

function changesSorted(after: KeyPlace | undefined): Range {
  if (!after) return { where: empty, by: BY_CHANGE };
  const { changedAt } = after;
  const where = sql` AND (e."changedAt" < ${changedAt} OR (e."changedAt" = ${changedAt}${laterThan(after)}))`;
  return { where, by: BY_CHANGE };
}

function datesWalked(after: KeyPlace | undefined): Range[] {
  const undated = { where: sql` AND e."dueOn" IS NULL`, by: BY_REF };
  if (!after) return [{ where: sql` AND e."dueOn" IS NOT NULL`, by: BY_DUE }, undated];
  if (after.dueOn === null) return [{ where: sql` AND e."dueOn" IS NULL${laterThan(after)}`, by: BY_REF }];
  return [
    { where: sql` AND e."dueOn" = ${after.dueOn}${laterThan(after)}`, by: BY_REF },
    { where: sql` AND e."dueOn" > ${after.dueOn}`, by: BY_DUE },
    undated,
  ];
}

function datesSorted(after: KeyPlace | undefined): Range {
  const by = sql` ORDER BY e."dueOn" IS NULL, e."dueOn", e."refOrder"`;
  if (!after) return { where: empty, by };
  const { dueOn } = after;
  if (dueOn === null) return { where: sql` AND e."dueOn" IS NULL${laterThan(after)}`, by };
  const where = sql` AND (e."dueOn" IS NULL OR e."dueOn" > ${dueOn} OR (e."dueOn" = ${dueOn}${laterThan(after)}))`;
  return { where, by };
}
