import type { Prisma, Rows } from '../prisma/database.ts';
import { type EntryFilter, matching } from './entry-filter.ts';

/** What an entry is sorted by. It says nothing that is shown: whether it may be seen is asked of each afterwards. */
export interface EntryKey {
  id: string;
  refOrder: string;
  dueOn: string | null;
  changedAt: Date;
}

const KEY = { id: true, refOrder: true, dueOn: true, changedAt: true } as const;

/** So many at most are sorted by themselves; of more, the whole order is walked along. */
const FEW = 6000;
/** Of one person: each is looked up by its id. */
const FEW_TAKEN = 2000;
const IDS_AT_ONCE = 200;

export function* inPieces(ids: readonly string[]): Iterable<string[]> {
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) yield ids.slice(at, at + IDS_AT_ONCE);
}

/** The entries among which are all that the filter means, by an index that leaves few; nothing where none does. */
export async function fewKeys(rows: Rows, filter: EntryFilter): Promise<EntryKey[] | undefined> {
  for (const way of [own, taken, placed, dated]) {
    const found = await way(rows, filter);
    if (found) return found;
  }
  return undefined;
}

type Way = (rows: Rows, filter: EntryFilter) => Promise<EntryKey[] | undefined>;

/** Of somebody who sees no others. */
const own: Way = async (rows, filter) => {
  if (!filter.within) return undefined;
  const { personId, departmentId } = filter.within;
  const ofPerson = await takenBy(rows, { personId }, filter);
  const ofDepartment = departmentId === undefined ? [] : await along(rows, { ...filter, departmentId });
  if (!ofPerson || !ofDepartment) return undefined;
  return [...new Map([...ofPerson, ...ofDepartment].map((key) => [key.id, key])).values()];
};

/** In which these persons take part. */
const taken: Way = async (rows, filter) => {
  const { personId, personIds, parts, held } = filter;
  const part = parts ? { part: { in: [...parts] } } : {};
  const ids = personIds ?? (personId === undefined ? undefined : [personId]);
  if (ids) return takenBy(rows, { personId: { in: [...ids] }, ...part }, filter);
  return held?.by ? takenBy(rows, { personId: held.by, part: held.part }, filter) : undefined;
};

/** Of one department, below one entry. */
const placed: Way = async (rows, filter) =>
  filter.departmentId === undefined && filter.below === undefined ? undefined : along(rows, filter);

/** In a state, due by a date, still open. */
const dated: Way = async (rows, filter) => {
  const { ledger, states, open, dueBefore, dueAfter } = filter;
  const isBounded =
    states !== undefined || open === true || dueBefore !== undefined || dueAfter !== undefined;
  return ledger !== undefined && isBounded ? along(rows, filter) : undefined;
};

/** What of a filter stands in columns of the entry's own. */
function columnsOf(filter: EntryFilter): EntryFilter {
  const { ledger, states, open, dueBefore, dueAfter, departmentId, below } = filter;
  return {
    ...(ledger !== undefined && { ledger }),
    ...(states && { states }),
    ...(open !== undefined && { open }),
    ...(dueBefore !== undefined && { dueBefore }),
    ...(dueAfter !== undefined && { dueAfter }),
    ...(departmentId !== undefined && { departmentId }),
    ...(below !== undefined && { below }),
  };
}

async function along(rows: Rows, filter: EntryFilter): Promise<EntryKey[] | undefined> {
  const isDated = filter.dueBefore !== undefined || filter.dueAfter !== undefined;
  const where = matching(columnsOf(filter));
  // One more than is wanted is asked for along the index; a sum of them all would be counted first.
  const orderBy: Prisma.EntryOrderByWithRelationInput[] = isDated
    ? [{ dueOn: 'asc' }]
    : [{ refOrder: 'asc' }];
  const beyond = await rows.entry.findFirst({ where, orderBy, skip: FEW, select: { refOrder: true } });
  return beyond ? undefined : rows.entry.findMany({ where, select: KEY });
}

async function takenBy(
  rows: Rows,
  who: Prisma.EntryPersonWhereInput,
  filter: EntryFilter,
): Promise<EntryKey[] | undefined> {
  const found = await rows.entryPerson.findMany({
    where: who,
    select: { entryId: true },
    orderBy: [{ part: 'asc' }, { entryId: 'asc' }],
    take: FEW_TAKEN + 1,
  });
  if (found.length > FEW_TAKEN) return undefined;
  const keys: EntryKey[] = [];
  const where = matching(columnsOf(filter));
  for (const ids of inPieces([...new Set(found.map(({ entryId }) => entryId))]))
    keys.push(...(await rows.entry.findMany({ where: { AND: [{ id: { in: ids } }, where] }, select: KEY })));
  return keys;
}

/** More would make a list that nobody reads. */
const TAKERS = 500;

/** Who takes the part in anything at all, each found by one step along the index. */
export async function takersOf(rows: Rows, part: string): Promise<string[]> {
  const takers: string[] = [];
  while (takers.length < TAKERS) {
    const next = await rows.entryPerson.findFirst({
      where: { part, personId: { gt: takers.at(-1) ?? '' } },
      orderBy: { personId: 'asc' },
      select: { personId: true },
    });
    if (!next) break;
    takers.push(next.personId);
  }
  return takers;
}
