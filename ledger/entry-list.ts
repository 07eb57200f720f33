import type { Prisma, Rows } from '../prisma/database.ts';
import { entriesAmong, fewEntries, IN_LISTS, WITH_PEOPLE } from '../prisma/read-entries.ts';
import type { Entry } from './define.ts';

/** Counted with the viewer's figures (`Entries.figure`), or only of what he may see each by itself. */
export type Among = 'figure' | 'seen';

/** So many entries have these facets. */
export interface Tally {
  facets: unknown;
  count: number;
}

/** So many entries have this state, this department and these facets. */
export interface Group extends Tally {
  state: string;
  departmentId: string | null;
}

/** So many entries with these facets were filed then, closed then, and fall due on that day. */
export interface Life extends Tally {
  createdAt: Date;
  closedAt: Date | null;
  dueOn: string | null;
}

/** Which of a list, and by what it is ordered: as entries were filed; those first that fall due first; that changed longest ago; that were filed last. */
export interface ListPage {
  skip?: number;
  take: number;
  order?: 'due' | 'changed' | 'latest';
}

const ORDERS = {
  due: [{ dueOn: { sort: 'asc', nulls: 'last' } }],
  changed: [{ changedAt: 'asc' }],
  latest: [{ createdAt: 'desc' }, { refOrder: 'desc' }],
} satisfies Record<string, Prisma.EntryOrderByWithRelationInput[]>;

const orderOf = (order: ListPage['order']): Prisma.EntryOrderByWithRelationInput[] => [
  ...(order ? ORDERS[order] : []),
  ...IN_LISTS,
];

/** @param areFew whether a few are named, so that they are read by their names; a stretch of many is led to by who takes part */
export function listEntries(
  rows: Rows,
  where: Prisma.EntryWhereInput,
  { order, areFew, ...page }: Partial<ListPage> & { areFew: boolean },
): Promise<Entry[]> {
  const { skip = 0, take } = page;
  if (order === undefined && areFew && take === undefined) return fewEntries(rows, where);
  // Prisma takes the last ones where fewer than none are wanted.
  if (order === undefined && take !== undefined && take >= 0)
    return entriesAmong(rows, where, { skip, take });
  return rows.entry.findMany({ where, include: WITH_PEOPLE, orderBy: orderOf(order), ...page });
}

export async function countTallies(rows: Rows, where: Prisma.EntryWhereInput): Promise<Tally[]> {
  const groups = await rows.entry.groupBy({ by: ['facets'], where, _count: { _all: true } });
  return groups.map(({ facets, _count }) => ({ facets, count: _count._all }));
}

export async function countGroups(rows: Rows, where: Prisma.EntryWhereInput): Promise<Group[]> {
  const by = ['state', 'departmentId', 'facets'] as const;
  const groups = await rows.entry.groupBy({ by: [...by], where, _count: { _all: true } });
  return groups.map(({ _count, ...group }) => ({ ...group, count: _count._all }));
}

export async function countLives(rows: Rows, where: Prisma.EntryWhereInput): Promise<Life[]> {
  const by = ['createdAt', 'closedAt', 'dueOn', 'facets'] as const;
  const lives = await rows.entry.groupBy({ by: [...by], where, _count: { _all: true } });
  return lives.map(({ _count, ...life }) => ({ ...life, count: _count._all }));
}

/** As many as one statement takes. */
const IDS_AT_ONCE = 500;

/** The groups of those with these ids, part by part. A group may come more than once. */
export async function groupsAmong(
  rows: Rows,
  ids: readonly string[],
  where: Prisma.EntryWhereInput,
): Promise<Group[]> {
  const groups: Group[] = [];
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const id = { in: ids.slice(from, from + IDS_AT_ONCE) };
    groups.push(...(await countGroups(rows, { AND: [{ id }, where] })));
  }
  return groups;
}
