import type { Prisma, Rows } from '../prisma/database.ts';
import { countEntries, hasParts, isAnyEntry, oneEntry, partsAmong } from '../prisma/read-entries.ts';
import type { Entry, Ledger, Reading } from './define.ts';
import type { Person } from './directory.ts';
import { type EntryFilter, matching, namesFew, type Span } from './entry-filter.ts';
import {
  type EntryStep,
  entriesWithStep,
  type HistoryRecord,
  type ReadingRecord,
  readHistory,
  readReadings,
  readSteps,
  type StepFilter,
  type StepPage,
} from './entry-history.ts';
import {
  type Among,
  countGroups,
  countLives,
  countTallies,
  type Group,
  groupsAmong,
  type Life,
  type ListPage,
  listEntries,
  type Tally,
} from './entry-list.ts';
import { type EntryTable, entryTable } from './entry-table.ts';
import { type EntryTrail, readTrail } from './entry-trail.ts';
import { DOES_NOT_OPEN, openOrTell } from './open-or-tell.ts';
import { readOnce } from './read-once.ts';
import { notRecused } from './recusal.ts';
import { Refusal } from './refusal.ts';
import type { Store } from './store.ts';
import { audited, counted, inState, unsought, visible } from './visible-entries.ts';

/** With whose eyes the ledger is read. `bureau`: the house itself (jobs, commands), which shows nothing to anybody. */
export type Viewer = Person | 'bureau';

export type { EntryFilter, Span } from './entry-filter.ts';
export type { EntryStep, HistoryRecord, StepFilter, StepPage } from './entry-history.ts';
export type { Among, Group, Life, ListPage, Tally } from './entry-list.ts';
export type {
  EntryTable,
  Stretch,
  TableAsked,
  TableFilter,
  TableKey,
  TableOrder,
  TablePage,
} from './entry-table.ts';
export type { EntryTrail, TrailRecord } from './entry-trail.ts';

/** The one way to read entries: nothing that the viewer may not see comes out of it, nor is it counted. */
export interface Entries {
  /**
   * @param typed a ref as a person types it: shortened, in lower case or full width
   * @throws Refusal `unknown-entry`, in the same words for what does not exist and what must not be seen
   */
  get(typed: string): Promise<Entry>;
  /** The entry with exactly this ref, or with this id, where there is one that the viewer may see. */
  find(named: { ref: string } | { id: string }): Promise<Entry | undefined>;
  list(filter: EntryFilter, page?: ListPage): Promise<Entry[]>;
  /** The same page by page, at a cost that does not grow with the ledger. */
  readonly table: EntryTable;
  count(filter: EntryFilter): Promise<number>;
  /** Whether there is one; counting would go through all. */
  some(filter: EntryFilter): Promise<boolean>;
  /** Whether anything stands below it, whoever may see that. */
  hasParts(entry: Entry): Promise<boolean>;
  /** How many there are in the ledgers whose figures are for the viewer, though he may not see each; never one that concerns him. */
  figure(filter: EntryFilter): Promise<number>;
  /** The same by what can be counted of them: how many have the same facets. The database counts; nothing is opened. */
  tally(filter: EntryFilter): Promise<Tally[]>;
  /** The same by state and department too; `steps`: only of those with which such a step was taken then. A group may come in parts. */
  groups(
    filter: EntryFilter,
    among: Among,
    steps?: { actions: readonly string[]; between: Span },
  ): Promise<Group[]>;
  /** The same as `figure` by when they were filed, closed, and fall due, and by their facets. */
  lives(filter: EntryFilter): Promise<Life[]>;
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
  /** Those of these that he may be told of: what he may see, and for an 审计员 whatever does not concern him. */
  told(refs: readonly string[]): Promise<Entry[]>;
  /** Whether an entry is hidden from the viewer: for what he holds already, and to be told nobody. */
  isHidden(ref: string): Promise<boolean>;
  /** Steps of the entries that the viewer may see, the newest first: what was done, whoever did it. */
  steps(filter: EntryFilter, steps: StepFilter, page: StepPage): Promise<EntryStep[]>;
  /** Its steps, without those by which it was only read. */
  history(entry: Entry): Promise<HistoryRecord[]>;
  /** The same, each with its place in the chain, and whether they hold together and fit what the entry says now. */
  trail(entry: Entry): Promise<EntryTrail>;
  /**
   * Who was shown the entry's sealed part, and when.
   * @throws Refusal `unknown-entry`, as `get` does; an 审计员 is told of what he may not see himself, but not of what concerns him
   */
  readings(typed: string): Promise<{ entry: Entry; readings: ReadingRecord[] }>;
  ledgerOf(entry: Entry): Ledger;
}

export function entriesFor(store: Store, rows: Rows, viewer: Viewer): Entries {
  const seen = visible(store, viewer);
  const where = (filter: EntryFilter): Prisma.EntryWhereInput => ({
    AND: [seen, matching(filter), unsought(store, viewer, filter), inState(store, viewer, filter)],
  });
  const scope = (filter: EntryFilter, among: Among): Prisma.EntryWhereInput =>
    among === 'seen' ? where(filter) : { AND: [counted(store, viewer), matching(filter)] };
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  const ledgerOf = (entry: Entry) => ledgerNamed(store, entry.ledger);
  const first = (where: Prisma.EntryWhereInput): Promise<Entry | null> =>
    readOnce(rows, where, () => oneEntry(rows, where));
  const one = async (typed: string, among: Prisma.EntryWhereInput): Promise<Entry> => {
    const ref = tidyRef(typed);
    const whole = await expand(store, ref, entries);
    const found = await first({ AND: [among, { ref: whole }] });
    if (!found) throw unknownEntry(ref);
    return found;
  };
  const entries: Entries = {
    ledgerOf,
    get: (typed) => one(typed, seen),
    find: async (named) => (await first({ AND: [seen, named] })) ?? undefined,
    list: (filter, page: Partial<ListPage> = {}) =>
      listEntries(rows, where(filter), { ...page, areFew: namesFew(filter) }),
    table: entryTable(rows, seen, where),
    count: (filter) => countEntries(rows, where(filter)),
    some: (filter) => isAnyEntry(rows, where(filter)),
    hasParts: ({ id }) => hasParts(rows, id),
    figure: (filter) => rows.entry.count({ where: scope(filter, 'figure') }),
    tally: (filter) => countTallies(rows, scope(filter, 'figure')),
    groups: async (filter, among, steps) => {
      const within = scope(filter, among);
      if (!steps) return countGroups(rows, within);
      return groupsAmong(rows, await entriesWithStep(rows, steps.actions, steps.between), within);
    },
    lives: (filter) => countLives(rows, scope(filter, 'figure')),
    read: (entry) => entries.readable(entry) ?? doesNotOpen(entry),
    readable: (entry) =>
      openOrTell(store, `Entry ${entry.ref}`, () => readEntry(store, ledgerOf(entry), entry)),
    holders: (part, filter) => holdersOf(rows, part, where(filter)),
    partsOf: (personId, ledger) => {
      const name = `${ledger}/${personId}`;
      const asked = known.get(name) ?? partsAmong(rows, personId, where({ ledger }));
      known.set(name, asked);
      return asked;
    },
    told: (refs) =>
      listEntries(rows, { AND: [audited(store, viewer), matching({ refs })] }, { areFew: true }),
    isHidden: async (ref) => {
      if (viewer === 'bureau') return false;
      const allowed = { AND: [notRecused(store.keys, viewer.id), { ref }] };
      return (await rows.entry.count({ where: allowed })) === 0;
    },
    steps: (filter, steps, page) => readSteps(store, rows, where(filter), steps, page),
    history: (entry) => readHistory(store, rows, entry),
    trail: (entry) => readTrail(store, rows, entry),
    readings: async (typed) => {
      const entry = await one(typed, audited(store, viewer));
      return { entry, readings: await readReadings(rows, entry) };
    },
  };
  return entries;
}

async function holdersOf(rows: Rows, part: string, entry: Prisma.EntryWhereInput): Promise<string[]> {
  const parts = await rows.entryPerson.findMany({
    where: { part, entry },
    distinct: ['personId'],
    select: { personId: true },
    orderBy: { personId: 'asc' },
  });
  return parts.map(({ personId }) => personId);
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
  /^(Z\d{1,3}(-\d{1,3}){0,2}|\d{1,3}(-\d{1,3}){1,2}|[2-9A-Z]{4}-[2-9A-Z]{4})$/.test(
    typed.normalize('NFKC').toUpperCase(),
  );

/** As the house itself writes it. */
const WHOLE_REF = /(?<![0-9A-Za-z-])(?:Z\d{1,3}(?:-\d{1,3}){0,2}|[2-9A-Z]{4}-[2-9A-Z]{4})(?![0-9A-Za-z-])/gu;

/** The refs that words name, each by itself: Z1-1-1 is not named where Z1-1-10 is. */
export const refsAmong = (words: string): string[] => words.match(WHOLE_REF) ?? [];

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
