import type { Prisma, Rows } from '../prisma/database.ts';
import { auditBodySchema, auditTrail, noteOf } from './audit/trail.ts';
import { type Entry, READ } from './define.ts';
import type { Person } from './directory.ts';
import type { Span } from './entry-filter.ts';
import type { RawValues } from './form.ts';
import { openOrTell } from './open-or-tell.ts';
import type { Store } from './store.ts';

/** A step in an entry's life. */
export interface HistoryRecord {
  at: Date;
  actor: string;
  action: string;
  values: RawValues;
  /** What was filled in does not open. */
  isBroken?: boolean;
}

/** That somebody was shown an entry's sealed part. */
export interface ReadingRecord {
  at: Date;
  personId: string;
}

const readAction = ({ ledger }: Entry): string => `${ledger}.${READ}`;

export async function readHistory(store: Store, rows: Rows, entry: Entry): Promise<HistoryRecord[]> {
  const records = await rows.auditRecord.findMany({
    where: { entryId: entry.id, action: { not: readAction(entry) } },
    orderBy: { seq: 'asc' },
  });
  return records.map(({ seq, at, actor, action, sealed }) => ({
    at,
    actor,
    action,
    ...noteIn(store, seq, sealed),
  }));
}

/** Which steps are meant, and of these how many, the newest first. */
export interface StepFilter {
  /** What was done, such as `rectification.progress`. */
  actions: readonly string[];
  /** Who took the step. */
  actor?: string;
  /** From that instant on. */
  from?: Date;
}

/** A step, and the entry as it is now. */
export interface EntryStep extends HistoryRecord {
  entry: Entry;
  /** Its place in the chain, by which the next page begins: it tells how much was recorded, so nobody is shown it. */
  seq: number;
}

/** So many entries are gone through one by one; where there are more, the chain is. */
const FEW_ENTRIES = 500;

/** @param among the entries that may be seen */
export async function readSteps(
  store: Store,
  rows: Rows,
  among: Prisma.EntryWhereInput,
  { actions, actor, from }: StepFilter,
  { before, skip = 0, take }: StepPage,
): Promise<EntryStep[]> {
  const where = {
    ...(before !== undefined && { seq: { lt: before } }),
    ...(from && { at: { gte: from } }),
    ...(actor && { actor }),
  };
  const seqs = await latestOf(rows, among, { where, actions, take: skip + take });
  const records = await rows.auditRecord.findMany({
    where: { seq: { in: seqs.slice(skip) } },
    include: { entry: { include: { people: { select: { personId: true, part: true } } } } },
    orderBy: { seq: 'desc' },
  });
  return records.flatMap(({ seq, at, actor: by, action, sealed, entry }) =>
    entry ? [{ seq, at, actor: by, action, ...noteIn(store, seq, sealed), entry }] : [],
  );
}

/** The places of the latest such steps in the chain, by whichever index leads there soonest. */
async function latestOf(
  rows: Rows,
  among: Prisma.EntryWhereInput,
  steps: { where: Prisma.AuditRecordWhereInput; actions: readonly string[]; take: number },
): Promise<number[]> {
  const { where, actions, take } = steps;
  const latest = async (which: Prisma.AuditRecordWhereInput) => {
    const query = { select: { seq: true }, orderBy: { seq: 'desc' }, take } as const;
    const found = await rows.auditRecord.findMany({ where: { ...where, ...which }, ...query });
    return found.map(({ seq }) => seq);
  };
  const few = await rows.entry.findMany({ where: among, select: { id: true }, take: FEW_ENTRIES + 1 });
  if (few.length <= FEW_ENTRIES)
    return latest({ entryId: { in: few.map(({ id }) => id) }, action: { in: [...actions] } });
  // Each action by itself is read in the order of the index, and no further than the page: together, all would be sorted.
  const seqs: number[] = [];
  for (const action of actions) seqs.push(...(await latest({ action, entry: among })));
  return seqs.sort((a, b) => b - a).slice(0, take);
}

/** Which entries such a step was taken with then: ids, each once. */
export async function entriesWithStep(
  rows: Rows,
  actions: readonly string[],
  { from, to }: Span,
): Promise<string[]> {
  const records = await rows.auditRecord.findMany({
    where: { action: { in: [...actions] }, at: { gte: from, lt: to }, entryId: { not: null } },
    select: { entryId: true },
    distinct: ['entryId'],
  });
  return records.flatMap(({ entryId }) => entryId ?? []);
}

/** `before`: only what stands before this place; for who goes through many. */
export interface StepPage {
  before?: number;
  skip?: number;
  take: number;
}

function noteIn(store: Store, seq: number, sealed: Uint8Array | null) {
  if (!sealed) return { values: {} };
  const open = () => store.keys.unseal<RawValues>(sealed, noteOf(seq));
  const values = openOrTell(store, `Record ${seq}`, open);
  return values ? { values } : { values: {}, isBroken: true };
}

export async function readReadings(rows: Rows, entry: Entry): Promise<ReadingRecord[]> {
  const records = await rows.auditRecord.findMany({
    where: { entryId: entry.id, action: readAction(entry) },
    orderBy: { seq: 'asc' },
    select: { at: true, actor: true },
  });
  return records.map(({ at, actor }) => ({ at, personId: actor }));
}

/**
 * Records that the person is about to be shown the entry's sealed part: once a day for each version, so that a message
 * that comes again, and a card that is shown anew by itself, add nothing.
 *
 * The record repeats the digest of the one before it. Were it taken anew, reading would make good an entry that somebody
 * had changed behind the chain.
 */
export async function noteReading(
  { keys, calendar }: Pick<Store, 'keys' | 'calendar'>,
  rows: Rows,
  entry: Entry,
  person: Person,
  at: Date,
): Promise<void> {
  const records = { where: { entryId: entry.id }, orderBy: { seq: 'desc' } } as const;
  const action = readAction(entry);
  const lastStep = await rows.auditRecord.findFirst({
    ...records,
    where: { ...records.where, action: { not: action } },
    select: { seq: true, body: true },
  });
  if (!lastStep) throw new Error(`Entry ${entry.ref} has no record`);
  const today = calendar.instantOf(calendar.dateOf(at), '00:00');
  const known = await rows.auditRecord.findFirst({
    ...records,
    where: { ...records.where, action, actor: person.id, seq: { gt: lastStep.seq }, at: { gte: today } },
    select: { seq: true },
  });
  if (known) return;
  const { subject } = auditBodySchema.parse(JSON.parse(Buffer.from(lastStep.body).toString('utf8')));
  if (!subject) throw new Error(`The last record of ${entry.ref} has no subject`);
  const { kind, id, digest } = subject;
  await auditTrail(rows, keys, person.id, at).append({ action, subject: { kind, id, digest } });
}
