import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../../prisma/canonical-json.ts';

/** What is committed to. */
export interface Filed {
  ledger: string;
  ref: string;
  /** The instant, ISO 8601. */
  at: string;
  /** What the entry said when it was filed. */
  data: unknown;
  contents?: unknown;
}

/** What opens a commitment: kept sealed, since the salt is what keeps the filed from being guessed. */
export const openingSchema = z.strictObject({
  /** 32 bytes, hexadecimal. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  over: z.strictObject({
    ledger: z.string(),
    ref: z.string(),
    at: z.string(),
    data: z.unknown(),
    contents: z.unknown().optional(),
  }),
});

export interface Opening {
  salt: string;
  over: Filed;
}

const DOMAIN = 'qinglian receipt commitment v1\0';

/** An opening with a salt of its own: the same filed twice gives two commitments that have nothing in common. */
export const openingOf = (over: Filed): Opening => ({ salt: randomBytes(32).toString('hex'), over });

/** SHA-256 over what is filed, salted: who has it alone learns nothing, and nothing else can be filed under it later. */
export const commitmentOf = ({ salt, over }: Opening): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    createHash('sha256').update(DOMAIN).update(Buffer.from(salt, 'hex')).update(canonicalJson(over)).digest(),
  );
