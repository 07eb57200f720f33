import { hash, timingSafeEqual } from 'node:crypto';

/** What a push says of itself in its headers. */
export interface PushSignature {
  timestamp: string;
  nonce: string;
  signature: string;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** `undefined` where nothing is signed. A push with some of the headers is signed, and wrongly. */
export function readSignature(headers: Headers): PushSignature | undefined {
  const [timestamp, nonce, signature] = ['request-timestamp', 'request-nonce', 'signature'].map(
    (name) => headers[`x-lark-${name}`],
  );
  if (timestamp === undefined && nonce === undefined && signature === undefined) return undefined;
  return { timestamp: String(timestamp), nonce: String(nonce), signature: String(signature) };
}

// Timestamp and nonce are hashed without anything between them, so that digits could be moved from one to the other under
// the same signature: with one more or one fewer this is no time of this century.
const SECONDS = /^\d{10}$/;

/**
 * Whether the platform signed exactly these bytes not long ago. It signs what it sends, so the bytes count and not what
 * they mean.
 */
export function isSignedNow(
  { timestamp, nonce, signature }: PushSignature,
  raw: Buffer,
  { encryptKey, now, windowMs }: { encryptKey: string; now: Date; windowMs: number },
): boolean {
  if (!SECONDS.test(timestamp) || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const signed = Buffer.concat([Buffer.from(`${timestamp}${nonce}${encryptKey}`), raw]);
  if (!timingSafeEqual(digestOf(signed), Buffer.from(signature, 'hex'))) return false;
  return Math.abs(now.getTime() - Number(timestamp) * 1000) <= windowMs;
}

/** Compares without telling by the time it takes how much of it is right. */
export const isSameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(digestOf(given), digestOf(expected));

const digestOf = (said: string | Buffer): Buffer => hash('sha256', said, 'buffer');
