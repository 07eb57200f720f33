import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { appendToChain, lastOfChain } from '../../prisma/chain-end.ts';
import type { Rows } from '../../prisma/database.ts';
import type { KeyRing } from '../key-ring.ts';
import { sealedDigest } from '../seal.ts';
import { sha256 } from './digest.ts';

/** What one record says. The bytes of its JSON are kept and hashed as they are; `prev` makes the chain. */
export const auditBodySchema = z.strictObject({
  seq: z.int(),
  at: z.iso.datetime(),
  /** A person's id, or what acted in nobody's name: `job:…`, `command:…`, `sync:…`. */
  actor: z.string(),
  action: z.string(),
  subject: z
    .strictObject({
      kind: z.enum(['entry', 'person', 'department']),
      id: z.string(),
      /** How the subject reads after this change; see `entryDigest`, `personDigest` and `departmentDigest`. */
      digest: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
    })
    .optional(),
  /** What the actor filled in, as its sealed form stands for it: `sealedDigest`. */
  note: z.string().optional(),
  /** The commitment of the receipt that was given for it, hexadecimal. */
  receipt: z.string().optional(),
  /** Keeps the hash from being guessed from what it covers. */
  salt: z.string(),
  prev: z.string(),
});

export type AuditBody = z.infer<typeof auditBodySchema>;

/** What a record's bytes say; `undefined` where they are no record. */
export function readBody(bytes: Uint8Array): AuditBody | undefined {
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return auditBodySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export interface AuditNote {
  action: string;
  subject?: AuditBody['subject'];
  /** What the actor filled in, kept sealed. */
  values?: unknown;
  /** The commitment of a receipt, hexadecimal. */
  receipt?: string;
}

/** The hash that stands before the first record. */
export const GENESIS = '0'.repeat(64);

/** Appends to the chain inside a transaction; one trail for one operation. */
export interface AuditTrail {
  /** @returns the record's number */
  append(note: AuditNote): Promise<number>;
}

export function auditTrail(rows: Rows, keys: KeyRing, actor: string, at: Date): AuditTrail {
  let head: ChainHead | undefined;
  return {
    async append(note) {
      head ??= await chainHead(rows);
      const seq = head.seq + 1;
      const sealed = note.values === undefined ? null : keys.seal(note.values, noteOf(seq));
      const body: AuditBody = {
        seq,
        at: at.toISOString(),
        actor,
        action: note.action,
        ...(note.subject && { subject: note.subject }),
        ...(sealed && { note: sealedDigest(sealed).toString('hex') }),
        ...(note.receipt !== undefined && { receipt: note.receipt }),
        salt: randomBytes(16).toString('hex'),
        prev: head.hash,
      };
      const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
      const hash = new Uint8Array(sha256(bytes));
      const entryId = note.subject?.kind === 'entry' ? note.subject.id : null;
      await appendToChain(rows, { seq, at, actor, action: note.action, entryId, sealed, body: bytes, hash });
      head = { seq, hash: Buffer.from(hash).toString('hex') };
      return seq;
    },
  };
}

/** The place that a record's sealed note is bound to. */
export const noteOf = (seq: number): string => `audit/${seq}`;

export interface ChainHead {
  seq: number;
  /** Hexadecimal. */
  hash: string;
}

export async function chainHead(rows: Rows): Promise<ChainHead> {
  const last = await lastOfChain(rows);
  return last ? { seq: last.seq, hash: Buffer.from(last.hash).toString('hex') } : { seq: 0, hash: GENESIS };
}

/** Whether the chain had begun by then: with the first people, so that it tells nothing of entries. */
export const wasRecordedBefore = async (rows: Rows, at: Date): Promise<boolean> =>
  (await rows.auditRecord.findFirst({ where: { at: { lt: at } }, select: { seq: true } })) !== null;

/**
 * The head as people read and copy it: the first 32 of its 64 digits in groups of four. It carries no number, since
 * a number would tell how much was recorded.
 */
export function headForPeople(hash: string): string {
  return (hash.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}
