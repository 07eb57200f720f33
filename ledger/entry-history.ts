import type { Rows } from '../prisma/database.ts';
import { auditBodySchema, auditTrail, noteOf } from './audit/trail.ts';
import { type Entry, READ } from './define.ts';
import type { Person } from './directory.ts';
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
