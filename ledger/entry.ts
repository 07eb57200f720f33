import type { Prisma, Rows } from '../prisma/database.ts';
import type { Entry, Ledger, Reading } from './define.ts';
import type { Person } from './directory.ts';
import { type EntryFilter, matching } from './entry-filter.ts';
import { type HistoryRecord, type ReadingRecord, readHistory, readReadings } from './entry-history.ts';
import { DOES_NOT_OPEN, openOrTell } from './open-or-tell.ts';
import { notRecused } from './recusal.ts';
import { Refusal } from './refusal.ts';
import { labelled } from './state-label.ts';
import type { Store } from './store.ts';

/** With whose eyes the ledger is read. `bureau`: the house itself (jobs, commands), which shows nothing to anybody. */
export type Viewer = Person | 'bureau';

export type { EntryFilter, Span } from './entry-filter.ts';
export type { HistoryRecord } from './entry-history.ts';

/** So many entries have these facets. */
export interface Tally {
  facets: unknown;
  count: number;
}

/** The one way to read entries: nothing that the viewer may not see comes out of it, nor is it counted. */
export interface Entries {
  /**
   * @param typed a ref as a person types it: shortened, in lower case or full width
   * @throws Refusal `unknown-entry`, in the same words for what does not exist and what must not be seen
   */
  get(typed: string): Promise<Entry>;
  /** The entry with exactly this ref, or with this id, where there is one that the viewer may see. */
  find(named: { ref: string } | { id: string }): Promise<Entry | undefined>;
  list(filter: EntryFilter, page?: { skip: number; take: number }): Promise<Entry[]>;
  count(filter: EntryFilter): Promise<number>;
  /** Whether there is one; counting would go through all. */
  some(filter: EntryFilter): Promise<boolean>;
  /** How many there are in the ledgers whose figures are for the viewer, though he may not see each; never one that concerns him. */
  figure(filter: EntryFilter): Promise<number>;
  /** The same by what can be counted of them: how many have the same facets. The database counts; nothing is opened. */
  tally(filter: EntryFilter): Promise<Tally[]>;
  /**
   * The entry's own data, checked, and its sealed part, opened.
   * @throws Refusal `broken-seal` when the sealed part does not open
   */
  read(entry: Entry): Reading;
  /** The same for who goes through many: nothing where the sealed part does not open, which the operator is told. */
  readable(entry: Entry): Reading | undefined;
  /** Who takes the part in some of these entries: ids. */
  holders(part: string, filter: EntryFilter): Promise<string[]>;
  /** The parts that somebody takes in the ledger's entries, asked for once: what of the help is for him. */
  partsOf(personId: string, ledger: string): Promise<ReadonlySet<string>>;
  /** Whether an entry is hidden from the viewer: for what he holds already, and to be told nobody. */
  isHidden(ref: string): Promise<boolean>;
  /** Its steps, without those by which it was only read. */
  history(entry: Entry): Promise<HistoryRecord[]>;
  /**
   * Who was shown the entry's sealed part, and when.
   * @throws Refusal `unknown-entry`, as `get` does; an 审计员 is told of what he may not see himself, but not of what concerns him
   */
  readings(typed: string): Promise<{ entry: Entry; readings: ReadingRecord[] }>;
  ledgerOf(entry: Entry): Ledger;
}

export const WITH_PEOPLE = { people: { select: { personId: true, part: true } } } as const;

export function entriesFor(store: Store, rows: Rows, viewer: Viewer): Entries {
  const seen = visible(store, viewer);
  const where = (filter: EntryFilter): Prisma.EntryWhereInput => ({
    AND: [seen, matching(filter), unsought(store, viewer, filter), inState(store, viewer, filter)],
  });
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  const ledgerOf = (entry: Entry) => ledgerNamed(store, entry.ledger);
  const one = async (typed: string, among: Prisma.EntryWhereInput): Promise<Entry> => {
    const ref = tidyRef(typed);
    const whole = await expand(store, ref, entries);
    const where = { AND: [among, { ref: whole }] };
    const found = await rows.entry.findFirst({ where, include: WITH_PEOPLE });
    if (!found) throw unknownEntry(ref);
    return found;
  };
  const entries: Entries = {
    ledgerOf,
    get: (typed) => one(typed, seen),
    find: async (named) =>
      (await rows.entry.findFirst({ where: { AND: [seen, named] }, include: WITH_PEOPLE })) ?? undefined,
    list: (filter, page) =>
      rows.entry.findMany({
        where: where(filter),
        include: WITH_PEOPLE,
        orderBy: [{ createdAt: 'asc' }, { position: 'asc' }, { id: 'asc' }],
        ...page,
      }),
    count: (filter) => rows.entry.count({ where: where(filter) }),
    some: async (filter) =>
      (await rows.entry.findFirst({ where: where(filter), select: { id: true } })) !== null,
    figure: (filter) => rows.entry.count({ where: { AND: [counted(store, viewer), matching(filter)] } }),
    tally: async (filter) => {
      const where = { AND: [counted(store, viewer), matching(filter)] };
      const groups = await rows.entry.groupBy({ by: ['facets'], where, _count: { _all: true } });
      return groups.map(({ facets, _count }) => ({ facets, count: _count._all }));
    },
    read: (entry) => entries.readable(entry) ?? doesNotOpen(entry),
    readable: (entry) =>
      openOrTell(store, `Entry ${entry.ref}`, () => readEntry(store, ledgerOf(entry), entry)),
    holders: async (part, filter) => {
      const parts = await rows.entryPerson.findMany({
        where: { part, entry: where(filter) },
        distinct: ['personId'],
        select: { personId: true },
        orderBy: { personId: 'asc' },
      });
      return parts.map(({ personId }) => personId);
    },
    partsOf: (personId, ledger) => {
      const name = `${ledger}/${personId}`;
      const asked = known.get(name) ?? partsOf(rows, personId, where({ ledger }));
      known.set(name, asked);
      return asked;
    },
    isHidden: async (ref) => {
      if (viewer === 'bureau') return false;
      const allowed = { AND: [notRecused(store.keys, viewer.id), { ref }] };
      return (await rows.entry.count({ where: allowed })) === 0;
    },
    history: (entry) => readHistory(store, rows, entry),
    readings: async (typed) => {
      const entry = await one(typed, audited(store, viewer));
      return { entry, readings: await readReadings(rows, entry) };
    },
  };
  return entries;
}

/** Who filed a sealed entry is part of what it says: nobody finds it by somebody else's name. */
function unsought(store: Store, viewer: Viewer, { personId }: EntryFilter): Prisma.EntryWhereInput {
  if (viewer === 'bureau' || personId === undefined || personId === viewer.id) return {};
  const sealed = store.ledgers.filter(({ contents }) => contents !== undefined).map(({ name }) => name);
  return { ledger: { notIn: sealed } };
}

const inState = ({ ledgers }: Store, viewer: Viewer, { stateLabel }: EntryFilter): Prisma.EntryWhereInput =>
  stateLabel === undefined ? {} : { OR: ledgers.flatMap((ledger) => labelled(ledger, viewer, stateLabel)) };

async function partsOf(
  rows: Rows,
  personId: string,
  entry: Prisma.EntryWhereInput,
): Promise<ReadonlySet<string>> {
  const groups = await rows.entryPerson.groupBy({ by: ['part'], where: { personId, entry } });
  return new Set(groups.map(({ part }) => part));
}

function visible(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  if (viewer === 'bureau') return {};
  const perLedger = store.ledgers.flatMap((ledger) => {
    const where = ledger.visibleTo(viewer);
    return where ? [{ AND: [{ ledger: ledger.name }, where] }] : [];
  });
  return { AND: [notRecused(store.keys, viewer.id), { OR: perLedger }] };
}

function audited(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  const isAuditor = viewer !== 'bureau' && viewer.roles.includes('auditor');
  return isAuditor ? notRecused(store.keys, viewer.id) : visible(store, viewer);
}

function counted(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  if (viewer === 'bureau') return {};
  const overseen = store.ledgers.filter((ledger) => ledger.overseenBy(viewer)).map(({ name }) => name);
  const seen = { OR: [visible(store, viewer), { ledger: { in: overseen } }] };
  return { AND: [notRecused(store.keys, viewer.id), seen] };
}

/** Full-width characters become plain ones, letters capitals; what cannot be part of a ref goes. */
export const tidyRef = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[‐-―−－.]/g, '-')
    .replace(/[^0-9A-Z-]/g, '');

/** Whether somebody typed a ref and nothing else. */
export const isRef = (typed: string): boolean =>
  /^(Z\d{1,3}(-\d{1,3}){0,2}|\d{1,3}-\d{1,3}|[2-9A-Z]{4}-[2-9A-Z]{4})$/.test(
    typed.normalize('NFKC').toUpperCase(),
  );

async function expand(store: Store, ref: string, entries: Entries): Promise<string> {
  for (const ledger of store.ledgers) {
    const whole = await ledger.expandRef?.(ref, entries);
    if (whole) return whole;
  }
  return ref;
}

const unknownEntry = (ref: string) =>
  new Refusal(
    'unknown-entry',
    `没有找到编号「${ref.slice(0, 40) || '（空）'}」，或它不在您可以查看的范围内。请核对编号。`,
  );

export function ledgerNamed(store: Store, name: string): Ledger {
  const ledger = store.ledgers.find((candidate) => candidate.name === name);
  if (!ledger) throw new Error(`No ledger is named ${name}`);
  return ledger;
}

/** The place that an entry's sealed part is bound to. */
export const contentsOf = (entryId: string): string => `entry/${entryId}`;

function doesNotOpen({ ref }: Entry): never {
  throw new Refusal('broken-seal', `${ref} ${DOES_NOT_OPEN}。`);
}

function readEntry(store: Store, ledger: Ledger, entry: Entry): Reading {
  const contents = entry.sealed ? store.keys.unseal(entry.sealed, contentsOf(entry.id)) : undefined;
  return { entry, data: ledger.data.parse(entry.data), contents: ledger.contents?.parse(contents) };
}
