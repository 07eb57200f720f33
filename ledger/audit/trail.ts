import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Rows } from '../../prisma/database.ts';
import type { KeyRing } from '../seal.ts';
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
  /** SHA-256 of what the actor filled in, in its sealed form. */
  note: z.string().optional(),
  /** Keeps the hash from being guessed from what it covers. */
  salt: z.string(),
  prev: z.string(),
});

export type AuditBody = z.infer<typeof auditBodySchema>;

export interface AuditNote {
  action: string;
  subject?: AuditBody['subject'];
  /** What the actor filled in, kept sealed. */
  values?: unknown;
}

/** The hash that stands before the first record. */
export const GENESIS = '0'.repeat(64);

/** Appends to the chain inside a transaction; one trail for one operation. */
export interface AuditTrail {
  append(note: AuditNote): Promise<void>;
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
        ...(sealed && { note: sha256(sealed).toString('hex') }),
        salt: randomBytes(16).toString('hex'),
        prev: head.hash,
      };
      const bytes = new Uint8Array(Buffer.from(JSON.stringify(body)));
      const hash = new Uint8Array(sha256(bytes));
      const entryId = note.subject?.kind === 'entry' ? note.subject.id : null;
      await rows.auditRecord.create({
        data: { seq, at, actor, action: note.action, entryId, sealed, body: bytes, hash },
      });
      head = { seq, hash: Buffer.from(hash).toString('hex') };
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
  const last = await rows.auditRecord.findFirst({
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  });
  return last ? { seq: last.seq, hash: Buffer.from(last.hash).toString('hex') } : { seq: 0, hash: GENESIS };
}

/**
 * The head as people read and copy it: the first 32 of its 64 digits in groups of four. It carries no number, since
 * a number would tell how much was recorded.
 */
export function headForPeople(hash: string): string {
  return (hash.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}
