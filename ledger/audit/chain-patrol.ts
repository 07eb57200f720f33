import type { Rows } from '../../prisma/database.ts';
import { sha256 } from './digest.ts';
import { type ChainHead, GENESIS, readBody } from './trail.ts';

/** How far the chain was walked in this life of the service. */
export interface Patrolled {
  /** The last record that was looked at in this round. */
  at: number;
  /** How often it was walked to its end. */
  rounds: number;
  /** The first record that does not continue the chain; once found, it stays found. */
  brokenAt?: number;
}

/** Walks the chain again and again beside the service, a piece each time. */
export interface ChainPatrol {
  /** @returns where it stands after the next piece */
  walkOn(): Promise<Patrolled>;
  /** Where it stands. */
  readonly seen: Patrolled;
}

/** Records a piece: some milliseconds. */
const PIECE = 500;

const BEGINNING: ChainHead = { seq: 0, hash: GENESIS };

/**
 * It sees what breaks the chain in itself, and what was put in the place of a chain that it walked before: the heads of
 * former rounds are remembered for as long as the process lives. Entries, seals and heads given out are for `verify`.
 */
export function openChainPatrol(rows: Rows, piece = PIECE): ChainPatrol {
  let head = BEGINNING;
  let former = BEGINNING;
  let rounds = 0;
  let brokenAt: number | undefined;
  const seen = (): Patrolled => ({ at: head.seq, rounds, ...(brokenAt !== undefined && { brokenAt }) });
  return {
    get seen() {
      return seen();
    },
    async walkOn() {
      if (brokenAt !== undefined) return seen();
      const records = await rows.auditRecord.findMany({
        where: { seq: { gt: head.seq } },
        orderBy: { seq: 'asc' },
        take: piece,
        select: { seq: true, body: true, hash: true },
      });
      for (const record of records) {
        const next = { seq: head.seq + 1, hash: Buffer.from(record.hash).toString('hex') };
        const isFormer = next.seq !== former.seq || next.hash === former.hash;
        if (!isFormer || !continues(head, record)) brokenAt = next.seq;
        if (brokenAt !== undefined) return seen();
        head = next;
      }
      if (records.length === piece) return seen();
      // What was there is gone from the end.
      if (head.seq < former.seq) brokenAt = head.seq + 1;
      else {
        former = head;
        rounds += 1;
        head = BEGINNING;
      }
      return seen();
    },
  };
}

function continues(head: ChainHead, record: { seq: number; body: Uint8Array; hash: Uint8Array }): boolean {
  return (
    record.seq === head.seq + 1 &&
    sha256(record.body).equals(record.hash) &&
    readBody(record.body)?.prev === head.hash
  );
}
