import { canonicalJson } from '../../prisma/canonical-json.ts';
import type { Row } from '../../prisma/database.ts';
import { type CoveredEntry, entryDigest, sha256 } from '../audit/digest.ts';
import { type AuditBody, GENESIS, readBody } from '../audit/trail.ts';
import { type Entry, FILED } from '../define.ts';
import { type Entries, entriesFor } from '../entry.ts';
import type { Rows, Store } from '../store.ts';
import { commitmentOf, type Opening, openingSchema } from './commitment.ts';
import { aboutReceipt } from './keep-receipt.ts';

/**
 * What is not as it was: `record`, the audit record of the filing; `link`, its place between its neighbours in the chain;
 * `entry`, the entry as its last record left it; `commitment`, what the receipt was given for.
 */
export type Flaw = (typeof FLAWS)[number];

const FLAWS = ['record', 'link', 'entry', 'commitment'] as const;

/**
 * Looks closely at one entry: at the record of its filing, at that record's neighbours, at what it says, and at its receipt.
 * @param givenAt when the receipt that somebody holds was given
 */
export async function flawsOf(store: Store, rows: Rows, id: string, givenAt?: Date): Promise<Flaw[]> {
  const found = await look(store, rows, id, givenAt);
  // Somebody may have changed the entry between two of the readings, and rightly so: what is wrong stays wrong.
  return found.length === 0 ? found : look(store, rows, id, givenAt);
}

async function look(store: Store, rows: Rows, id: string, givenAt: Date | undefined): Promise<Flaw[]> {
  const entry = await rows.entry.findUnique({ where: { id }, include: { people: true, recusals: true } });
  if (!entry) return ['entry'];
  const receipt = await rows.receipt.findFirst({ where: { entryId: id }, orderBy: { seq: 'asc' } });
  const filing = await rows.auditRecord.findFirst({ where: { entryId: id }, orderBy: { seq: 'asc' } });
  const entries = entriesFor(store, rows, 'bureau');
  const holds: Record<Flaw, boolean> = {
    record: filing !== null && isFiling(filing, id, receipt) && isOf(receipt, givenAt),
    link: filing !== null && (await isLinked(rows, filing)),
    entry: await isAsRecorded(rows, entry),
    commitment: receipt === null || isAsPromised(store, entries, entry, receipt),
  };
  return FLAWS.filter((flaw) => !holds[flaw]);
}

/** The record's bytes give its hash, and say what its columns and the receipt say. */
function isFiling(record: Row.AuditRecordModel, entryId: string, receipt: Row.ReceiptModel | null): boolean {
  const body = wholeBody(record);
  if (body?.subject?.id !== entryId || body.subject.kind !== 'entry') return false;
  if (body.seq !== record.seq || !body.action.endsWith(`.${FILED}`)) return false;
  if (body.receipt === undefined) return receipt === null;
  if (!receipt || receipt.seq !== record.seq) return false;
  const isSame = body.receipt === Buffer.from(receipt.commitment).toString('hex');
  return isSame && body.at === receipt.givenAt.toISOString();
}

const isOf = (receipt: Row.ReceiptModel | null, givenAt: Date | undefined): boolean =>
  givenAt === undefined || receipt?.givenAt.getTime() === givenAt.getTime();

/** @returns the body, where its bytes give the hash that stands beside it */
function wholeBody({ body, hash }: Row.AuditRecordModel): AuditBody | undefined {
  return sha256(body).equals(hash) ? readBody(body) : undefined;
}

async function isLinked(rows: Rows, record: Row.AuditRecordModel): Promise<boolean> {
  const { seq } = record;
  const [before, after] = await Promise.all([
    rows.auditRecord.findFirst({ where: { seq: { lt: seq } }, orderBy: { seq: 'desc' } }),
    rows.auditRecord.findFirst({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' } }),
  ]);
  const body = wholeBody(record);
  const beforeHash = before ? sha256(before.body).toString('hex') : GENESIS;
  if (body?.prev !== beforeHash || (before?.seq ?? 0) !== seq - 1) return false;
  if (!after) return true;
  return after.seq === seq + 1 && wholeBody(after)?.prev === sha256(record.body).toString('hex');
}

async function isAsRecorded(rows: Rows, entry: CoveredEntry): Promise<boolean> {
  const last = await rows.auditRecord.findFirst({ where: { entryId: entry.id }, orderBy: { seq: 'desc' } });
  return last !== null && wholeBody(last)?.subject?.digest === entryDigest(entry);
}

/** The commitment opens, and what it was made over is what the entry still says. */
function isAsPromised(
  store: Store,
  entries: Entries,
  entry: Entry & CoveredEntry,
  receipt: Row.ReceiptModel,
): boolean {
  const opening = readOpening(store, receipt);
  if (!opening || !Buffer.from(commitmentOf(opening)).equals(receipt.commitment)) return false;
  const { ref, ledger, at, ...filed } = opening.over;
  if (ref !== entry.ref || ledger !== entry.ledger || at !== receipt.givenAt.toISOString()) return false;
  const stays = entries.ledgerOf(entry).filed;
  if (!stays) return true;
  const now = whole(() => canonicalJson(stays(entries.read(entry))));
  const then = whole(() => canonicalJson(stays({ entry, data: filed.data, contents: filed.contents })));
  return now !== undefined && now === then;
}

const readOpening = ({ keys }: Store, { sealed, commitment }: Row.ReceiptModel): Opening | undefined =>
  whole(() => openingSchema.parse(keys.unseal(sealed, aboutReceipt(commitment))));

/** Whatever does not open or is not of the form that we write was changed. */
function whole<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
