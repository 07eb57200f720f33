import { hash } from 'node:crypto';
import { type AuditRow, auditPage } from '../../prisma/audit-pages.ts';
import type { Rows } from '../../prisma/database.ts';
import type { Committed } from '../receipt/differing-receipts.ts';
import { sealedDigest } from '../seal.ts';
import type { WantedHeads } from './heads.ts';
import { type AuditBody, GENESIS, readBody } from './trail.ts';

/** The chain as far as it holds. It keeps nothing of each record: a record of millions is walked in little memory. */
export interface Walk {
  records: number;
  /** Hexadecimal. */
  head: string;
  /** By commitment, hexadecimal. */
  receipts: Map<string, Committed>;
  /** `person/<id>` or `department/<id>` → the digest that the last record about it gives. */
  subjects: Map<string, string>;
  brokenAt?: number;
  problems: string[];
}

/** Few enough that what was read is soon forgotten again. */
const PAGE = 200;

/**
 * Reads every record, from the first to the last or to the first that does not hold.
 * @param wanted heads that are looked for on the way
 */
export async function walkChain(rows: Rows, wanted?: WantedHeads): Promise<Walk> {
  const walk: Walk = { records: 0, head: GENESIS, receipts: new Map(), subjects: new Map(), problems: [] };
  for (let after = 0; ; ) {
    const page = await auditPage(rows, after, PAGE);
    for (const record of page) {
      const why = step(walk, record, wanted);
      if (why) {
        walk.brokenAt = walk.records + 1;
        walk.problems.push(`Record ${walk.brokenAt}: ${why}`);
        return walk;
      }
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return walk;
    after = last.seq;
  }
}

/** @returns why the record does not continue the chain */
function step(walk: Walk, record: AuditRow, wanted: WantedHeads | undefined): string | undefined {
  const expected = walk.records + 1;
  if (record.seq !== expected) return `missing: the next record has number ${record.seq}`;
  const head = hash('sha256', record.body, 'hex');
  if (head !== hex(record.hash)) return 'its bytes do not give its hash';
  const body = readBody(record.body);
  if (!body) return 'its bytes are not a record';
  if (body.prev !== walk.head) return 'it does not follow the record before it';
  const differs = differingColumn(body, record);
  if (differs) return `its column ${differs} differs from its bytes`;
  // The chain covers the note's digest, not its bytes: it goes on, and everything behind it is looked at too.
  if (body.note !== noteDigest(record))
    walk.problems.push(`Record ${expected}: its column sealed differs from its bytes`);
  // Of an entry it is asked at the end, when the chain holds: there are many more of them.
  if (body.subject && body.subject.kind !== 'entry')
    walk.subjects.set(`${body.subject.kind}/${body.subject.id}`, body.subject.digest);
  walk.records = expected;
  walk.head = head;
  wanted?.meet({ head, records: expected, at: body.at });
  if (body.receipt !== undefined)
    walk.receipts.set(body.receipt, { seq: body.seq, entryId: body.subject?.id, at: body.at });
  return undefined;
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

const noteDigest = ({ sealed }: AuditRow): string | undefined =>
  sealed ? sealedDigest(sealed).toString('hex') : undefined;

function differingColumn(body: AuditBody, record: AuditRow): string | undefined {
  const entryId = body.subject?.kind === 'entry' ? body.subject.id : null;
  if (body.seq !== record.seq) return 'seq';
  if (body.at !== record.at) return 'at';
  if (body.actor !== record.actor) return 'actor';
  if (body.action !== record.action) return 'action';
  if (entryId !== record.entryId) return 'entryId';
  return undefined;
}
