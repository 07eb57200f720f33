import { type KeyObject, verify } from 'node:crypto';
import type { Signer } from './signer.ts';

/** What a receipt states: that the installation had something before it, and when. */
export interface Statement {
  at: Date;
  /** 32 bytes; see `commitmentOf`. */
  commitment: Uint8Array<ArrayBuffer>;
}

/**
 * 回执. It carries no number, since a number would tell how much was filed, and nothing that says what was filed without
 * the record.
 */
export interface Receipt extends Statement {
  /** Ed25519, 64 bytes. */
  signature: Uint8Array;
}

const VERSION = 1;
const AT_PLACE = 1;
const COMMITMENT_PLACE = 9;
const SIGNATURE_PLACE = 41;
/** In all 105 bytes, a multiple of three: 140 letters of base64 without a bit to spare, so that none can be changed. */
const WHOLE = /^QL1\.[A-Za-z0-9_-]{140}$/;
const PREFIX = 'QL1.';
const DOMAIN = Buffer.from('qinglian receipt v1\0');

/** The text that is given to who filed; for the same statement always the same. */
export function writeReceipt(signer: Signer, statement: Statement): string {
  const stated = bytesOf(statement);
  const signature = signer.sign(Buffer.concat([DOMAIN, stated]));
  return PREFIX + Buffer.concat([stated, signature]).toString('base64url');
}

/** Exactly one text reads as one receipt. Whether it was really given is for `isSigned` to say. */
export function readReceipt(text: string): Receipt | undefined {
  if (!WHOLE.test(text)) return undefined;
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
  const at = new Date(Number(bytes.readBigUInt64BE(AT_PLACE)));
  if (bytes[0] !== VERSION || Number.isNaN(at.getTime())) return undefined;
  return {
    at,
    commitment: new Uint8Array(bytes.subarray(COMMITMENT_PLACE, SIGNATURE_PLACE)),
    signature: bytes.subarray(SIGNATURE_PLACE),
  };
}

/** Whether who has the key to this public key stated it, to the millisecond and the bit. */
export const isSigned = ({ signature, ...statement }: Receipt, publicKey: KeyObject): boolean =>
  verify(null, Buffer.concat([DOMAIN, bytesOf(statement)]), publicKey, signature);

function bytesOf({ at, commitment }: Statement): Buffer {
  const bytes = Buffer.alloc(SIGNATURE_PLACE);
  bytes.writeUInt8(VERSION);
  bytes.writeBigUInt64BE(BigInt(at.getTime()), AT_PLACE);
  bytes.set(commitment, COMMITMENT_PLACE);
  return bytes;
}
