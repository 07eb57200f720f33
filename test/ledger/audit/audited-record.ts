import { leadersDigest } from '../../../jobs/leaders-digest.ts';
import { runJob } from '../../../jobs/run.ts';
import { type Verification, verify } from '../../../ledger/audit/verify.ts';
import { headline } from '../../../ledger/message.ts';
import type { Store } from '../../../ledger/store.ts';
import type { Row, Rows } from '../../../prisma/database.ts';
import { fileReport } from '../../intercession-report.ts';
import {
  openSampleRecord,
  personNamed,
  type SampleRecord,
  takeStep,
  waitingMessages,
} from '../../sample-record.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');
export const WORKED = new Date('2026-11-25T02:00:00Z');
const DIGEST = new Date('2026-11-30T00:30:00Z');
export const LATER = new Date('2026-12-02T02:00:00Z');

/** A bureau's record with a report, an item at work, and a digest that gave a head out. */
export interface AuditedRecord {
  /** As it was before the item's last two steps and the digest. */
  earlier: SampleRecord;
  record: SampleRecord;
  /** The head as it stands in the digest's message. */
  headInDigest: string;
  /** How many records the chain has. */
  records: number;
  close(): Promise<void>;
}

export async function openAuditedRecord(): Promise<AuditedRecord> {
  const record = await openSampleRecord(BEGAN);
  const { store } = record;
  await fileReport(store, await personNamed(store, '许星阑'), WORKED, { intercessorName: '孟知行' });
  await assign(store, 'Z1-3-1');
  const person = await personNamed(store, '方远山');
  await takeStep(store, { person, word: '签收', ref: 'Z1-3-1', at: WORKED });
  const earlier = await record.copy();
  const values = { text: '拨付流程已印发' };
  await takeStep(store, { person, word: '进展', ref: 'Z1-3-1', at: WORKED, values });
  await runJob(store, leadersDigest, DIGEST);
  const headInDigest = await headOfDigest(store);
  await takeStep(store, { person, word: '按计划', ref: 'Z1-3-1', at: LATER });
  return {
    earlier,
    record,
    headInDigest,
    records: await store.database.rows.auditRecord.count(),
    async close() {
      await earlier.close();
      await record.close();
    },
  };
}

async function assign(store: Store, ref: string): Promise<void> {
  const [supervisor, leader, responsible] = await Promise.all(
    ['程一禾', '苏静宜', '方远山'].map((name) => personNamed(store, name)),
  );
  if (!supervisor || !leader || !responsible) throw new Error('The sample has changed');
  const values = { leader: leader.id, responsible: [responsible.id], dueOn: '2026-12-20' };
  await takeStep(store, { person: supervisor, word: '指派', ref, at: WORKED, values });
}

async function headOfDigest(store: Store): Promise<string> {
  const digest = (await waitingMessages(store)).find(({ content }) =>
    headline(content).startsWith('清廉周报'),
  );
  if (digest?.content.kind !== 'notice') throw new Error('The digest is no card');
  const head = digest.content.sections.find(({ heading }) => heading === '存证链首')?.lines[0];
  if (!head) throw new Error('The digest gives no head');
  return head;
}

/** What `verify` says of a copy of the bureau's record in which somebody did something behind its back. */
export async function afterTampering(
  original: SampleRecord,
  tamper: (rows: Rows) => Promise<unknown>,
  heads: readonly string[] = [],
): Promise<Verification> {
  const copy = await original.copy();
  try {
    await copy.store.database.write(tamper);
    return await verify(copy.store.database.rows, heads);
  } finally {
    await copy.close();
  }
}

export const recordAt = (rows: Rows, seq: number) => rows.auditRecord.findUniqueOrThrow({ where: { seq } });
export const entryAt = (rows: Rows, ref: string) => rows.entry.findUniqueOrThrow({ where: { ref } });
export const reportIn = (rows: Rows) => rows.entry.findFirstOrThrow({ where: { ledger: 'intercession' } });

/** The record of the report's filing: about an entry, and in the middle of the chain. */
export async function filingIn(rows: Rows): Promise<Row.AuditRecordModel> {
  const { id } = await reportIn(rows);
  return rows.auditRecord.findFirstOrThrow({ where: { entryId: id } });
}

/** A record with a sealed note. */
export const notedIn = (rows: Rows) =>
  rows.auditRecord.findFirstOrThrow({ where: { sealed: { not: null } }, orderBy: { seq: 'asc' } });

export const flipped = (bytes: Uint8Array, offset: number, by = 1) =>
  new Uint8Array(bytes.map((byte, index) => (index === offset ? byte ^ by : byte)));
