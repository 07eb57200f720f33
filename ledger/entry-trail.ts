import type { Row, Rows } from '../prisma/database.ts';
import { entryDigest, sha256 } from './audit/digest.ts';
import { GENESIS, noteOf, readBody } from './audit/trail.ts';
import { type Entry, READ } from './define.ts';
import type { HistoryRecord } from './entry-history.ts';
import type { RawValues } from './form.ts';
import { openOrTell } from './open-or-tell.ts';
import { sealedDigest } from './seal.ts';
import type { Store } from './store.ts';

/** A step with its place in the chain. */
export interface TrailRecord extends HistoryRecord {
  /** The entry's state before and after, as the record has it. */
  from?: string;
  to?: string;
  /** Hexadecimal. */
  hash: string;
}

export interface EntryTrail {
  /** Oldest first, without those by which the entry was only read. */
  records: TrailRecord[];
  /** What does not hold, as sentences; none: every record has its hash and follows the one before it, and the last fits the entry. */
  flaws: string[];
}

/** What was recorded of an entry, checked against the chain: record by record, not through the whole chain. */
export async function readTrail(store: Store, rows: Rows, entry: Entry): Promise<EntryTrail> {
  const all = await rows.auditRecord.findMany({ where: { entryId: entry.id }, orderBy: { seq: 'asc' } });
  const before = await rows.auditRecord.findMany({
    where: { seq: { in: all.map(({ seq }) => seq - 1) } },
    select: { seq: true, hash: true },
  });
  const hashOf = new Map(before.map(({ seq, hash }) => [seq, hexOf(hash)]));
  const flaws = all.flatMap((record, index) => {
    const why = flawOf(record, hashOf.get(record.seq - 1) ?? GENESIS);
    return why ? [`第 ${index + 1} 条记录${why}`] : [];
  });
  return {
    records: all
      .filter(({ action }) => action !== `${entry.ledger}.${READ}`)
      .map((record) => stepOf(store, record)),
    flaws: [...flaws, ...(await flawOfEntry(rows, entry, all.at(-1)))],
  };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function flawOf(record: Row.AuditRecordModel, before: string): string | undefined {
  const body = readBody(record.body);
  if (!body || !sha256(record.body).equals(record.hash)) return '与其哈希不符';
  if (body.prev !== before) return '与前一条不相接';
  const note = record.sealed ? hexOf(sealedDigest(record.sealed)) : undefined;
  const isSame =
    body.seq === record.seq &&
    body.at === record.at.toISOString() &&
    body.actor === record.actor &&
    body.action === record.action &&
    body.subject?.id === record.entryId &&
    body.note === note;
  return isSame ? undefined : '与其原文不符';
}

async function flawOfEntry(
  rows: Rows,
  entry: Entry,
  last: Row.AuditRecordModel | undefined,
): Promise<string[]> {
  const now = await rows.entry.findUnique({
    where: { id: entry.id },
    include: { people: true, recusals: true },
  });
  const said = last && readBody(last.body)?.subject?.digest;
  return now && said === entryDigest(now) ? [] : ['现在的内容与最后一条记录不符'];
}

function stepOf(
  store: Store,
  { seq, at, actor, action, sealed, body, hash }: Row.AuditRecordModel,
): TrailRecord {
  const { from, to } = readBody(body)?.subject ?? {};
  const values = sealed
    ? openOrTell(store, `Record ${seq}`, () => store.keys.unseal<RawValues>(sealed, noteOf(seq)))
    : {};
  return {
    ...{ at, actor, action, values: values ?? {}, hash: hexOf(hash) },
    ...(!values && { isBroken: true }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}
