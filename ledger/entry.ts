import type { Prisma, Rows } from '../prisma/database.ts';
import { noteOf } from './audit/trail.ts';
import type { CalendarDate } from './calendar.ts';
import type { Entry, Ledger, Reading } from './define.ts';
import type { Person } from './directory.ts';
import type { RawValues } from './form.ts';
import { notRecused } from './recusal.ts';
import { Refusal } from './refusal.ts';
import type { Store } from './store.ts';

/** With whose eyes the ledger is read. `bureau`: the house itself (jobs, commands), which shows nothing to anybody. */
export type Viewer = Person | 'bureau';

export interface EntryFilter {
  ledger?: string;
  states?: readonly string[];
  /** Somebody's entries, by any part or by these. */
  personId?: string;
  parts?: readonly string[];
  departmentId?: string;
  dueBefore?: CalendarDate;
  dueAfter?: CalendarDate;
  createdBetween?: Span;
  closedBetween?: Span;
  text?: string;
  parentId?: string | null;
  /** How the ref ends. */
  refEnd?: string;
  /** Only what stands below the entry with this ref, at any depth: refs of parts begin with the whole's. */
  below?: string;
  /** Only entries with nothing below them. */
  leaf?: boolean;
}

/** From an instant up to, and without, another. */
export interface Span {
  from: Date;
  to: Date;
}

/** A step in an entry's life. */
export interface HistoryRecord {
  at: Date;
  actor: string;
  action: string;
  values: RawValues;
}

/** The one way to read entries: nothing that the viewer may not see comes out of it, nor is it counted. */
export interface Entries {
  /**
   * @param typed a ref as a person types it: shortened, in lower case or full width
   * @throws Refusal `unknown-entry`, in the same words for what does not exist and what must not be seen
   */
  get(typed: string): Promise<Entry>;
  list(filter: EntryFilter, page?: { skip: number; take: number }): Promise<Entry[]>;
  count(filter: EntryFilter): Promise<number>;
  /** How many there are in the ledgers whose figures are for the viewer, though he may not see each; never one that concerns him. */
  figure(filter: EntryFilter): Promise<number>;
  /** The entry's own data, checked, and its sealed part, opened. */
  read(entry: Entry): Reading;
  history(entry: Entry): Promise<HistoryRecord[]>;
  ledgerOf(entry: Entry): Ledger;
}

export const WITH_PEOPLE = { people: { select: { personId: true, part: true } } } as const;

export function entriesFor(store: Store, rows: Rows, viewer: Viewer): Entries {
  const seen = visible(store, viewer);
  const where = (filter: EntryFilter): Prisma.EntryWhereInput => ({ AND: [seen, matching(filter)] });
  const ledgerOf = (entry: Entry) => ledgerNamed(store, entry.ledger);
  const entries: Entries = {
    ledgerOf,
    async get(typed) {
      const ref = tidyRef(typed);
      const whole = await expand(store, ref, entries);
      const found = await rows.entry.findFirst({
        where: { AND: [seen, { ref: whole }] },
        include: WITH_PEOPLE,
      });
      if (!found) throw unknownEntry(ref);
      return found;
    },
    list: (filter, page) =>
      rows.entry.findMany({
        where: where(filter),
        include: WITH_PEOPLE,
        orderBy: [{ createdAt: 'asc' }, { position: 'asc' }, { id: 'asc' }],
        ...page,
      }),
    count: (filter) => rows.entry.count({ where: where(filter) }),
    figure: (filter) => rows.entry.count({ where: { AND: [counted(store, viewer), matching(filter)] } }),
    read: (entry) => readEntry(store, ledgerOf(entry), entry),
    history: (entry) => readHistory(store, rows, entry),
  };
  return entries;
}

function visible(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  if (viewer === 'bureau') return {};
  const perLedger = store.ledgers.flatMap((ledger) => {
    const where = ledger.visibleTo(viewer);
    return where ? [{ AND: [{ ledger: ledger.name }, where] }] : [];
  });
  return { AND: [notRecused(store.keys, viewer.id), { OR: perLedger }] };
}

function counted(store: Store, viewer: Viewer): Prisma.EntryWhereInput {
  if (viewer === 'bureau') return {};
  const overseen = store.ledgers.filter((ledger) => ledger.overseenBy(viewer)).map(({ name }) => name);
  const seen = { OR: [visible(store, viewer), { ledger: { in: overseen } }] };
  return { AND: [notRecused(store.keys, viewer.id), seen] };
}

function matching(filter: EntryFilter): Prisma.EntryWhereInput {
  const part = filter.parts && { part: { in: [...filter.parts] } };
  const due = {
    ...(filter.dueBefore && { lt: filter.dueBefore }),
    ...(filter.dueAfter && { gt: filter.dueAfter }),
  };
  return {
    ...(filter.ledger && { ledger: filter.ledger }),
    ...(filter.states && { state: { in: [...filter.states] } }),
    ...(filter.personId && { people: { some: { personId: filter.personId, ...part } } }),
    ...(filter.departmentId && { departmentId: filter.departmentId }),
    ...(Object.keys(due).length > 0 && { dueOn: due }),
    ...(filter.createdBetween && { createdAt: within(filter.createdBetween) }),
    ...(filter.closedBetween && { closedAt: within(filter.closedBetween) }),
    ...(filter.text && { AND: titleHas(filter.text) }),
    ...(filter.parentId !== undefined && { parentId: filter.parentId }),
    ...(filter.refEnd && { ref: { endsWith: filter.refEnd } }),
    ...(filter.below && { ref: { startsWith: `${filter.below}-` } }),
    ...(filter.leaf && { children: { none: {} } }),
  };
}

/** `%` and `_` would stand for anything; what is between them is looked for instead. */
function titleHas(text: string): Prisma.EntryWhereInput[] {
  const pieces = text.split(/[%_]/u).filter((piece) => piece !== '');
  return pieces.length > 0 ? pieces.map((piece) => ({ title: { contains: piece } })) : [{ id: '' }];
}

const within = ({ from, to }: Span) => ({ gte: from, lt: to });

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

function readEntry(store: Store, ledger: Ledger, entry: Entry): Reading {
  const contents = entry.sealed ? store.keys.unseal(entry.sealed, contentsOf(entry.id)) : undefined;
  return { entry, data: ledger.data.parse(entry.data), contents: ledger.contents?.parse(contents) };
}

async function readHistory(store: Store, rows: Rows, entry: Entry): Promise<HistoryRecord[]> {
  const records = await rows.auditRecord.findMany({ where: { entryId: entry.id }, orderBy: { seq: 'asc' } });
  return records.map(({ seq, at, actor, action, sealed }) => ({
    at,
    actor,
    action,
    values: sealed ? store.keys.unseal<RawValues>(sealed, noteOf(seq)) : {},
  }));
}
