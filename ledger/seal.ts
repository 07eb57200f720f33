import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Version of the sealed form; a new one gets a new number and the old stays readable. */
const VERSION = 1;
const KEY_ID_LENGTH = 4;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const HEADER_LENGTH = 1 + KEY_ID_LENGTH + NONCE_LENGTH + TAG_LENGTH;

/** The keys of an installation. What was sealed names its key, so that a ring of several can open it. */
export interface KeyRing {
  /** Eight hexadecimal digits: tells keys apart without giving anything of them away. */
  readonly id: string;
  /**
   * AES-256-GCM over the JSON of `value`. `about` names the one place where the result belongs (such as
   * `entry/<id>`); it is bound in, so that sealed bytes moved elsewhere do not open.
   */
  seal(value: unknown, about: string): Uint8Array<ArrayBuffer>;
  /** @throws SealBroken when the bytes were changed, moved, or sealed with a key that is not on the ring */
  unseal<T>(sealed: Uint8Array, about: string): T;
  /** A keyed hash: equal for equal texts, and not to be guessed without the key. */
  mark(text: string): string;
}

/** Sealed bytes do not open. The message names the place, never the content. */
export class SealBroken extends Error {
  readonly about: string;

  constructor(about: string, why: string) {
    super(`Sealed content of ${about} does not open: ${why}`);
    this.name = 'SealBroken';
    this.about = about;
  }
}

/** @param master 32 random bytes */
export function keyRing(master: Uint8Array): KeyRing {
  if (master.length !== 32) throw new RangeError(`A key has 32 bytes, found ${master.length}`);
  const sealing = derive(master, 'seal');
  const marking = derive(master, 'mark');
  const keyId = createHash('sha256')
    .update('qinglian key id')
    .update(master)
    .digest()
    .subarray(0, KEY_ID_LENGTH);
  return {
    id: keyId.toString('hex'),
    seal: (value, about) => seal(sealing, keyId, JSON.stringify(value), about),
    unseal: (sealed, about) => JSON.parse(unseal(sealing, keyId, sealed, about)),
    mark: (text) => createHmac('sha256', marking).update(text).digest('base64url'),
  };
}

function derive(master: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, new Uint8Array(), `qinglian ${purpose}`, 32));
}

function seal(key: Buffer, keyId: Buffer, plain: string, about: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(VERSION), keyId, nonce, cipher.getAuthTag(), body]));
}

function unseal(key: Buffer, keyId: Buffer, sealed: Uint8Array, about: string): string {
  const bytes = Buffer.from(sealed);
  if (bytes.length < HEADER_LENGTH) throw new SealBroken(about, `only ${bytes.length} bytes`);
  if (bytes[0] !== VERSION) throw new SealBroken(about, `version ${bytes[0]}, expected ${VERSION}`);
  const usedKey = bytes.subarray(1, 1 + KEY_ID_LENGTH);
  if (!usedKey.equals(keyId)) throw new SealBroken(about, `sealed with key ${usedKey.toString('hex')}`);
  const nonce = bytes.subarray(1 + KEY_ID_LENGTH, HEADER_LENGTH - TAG_LENGTH);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce)
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(HEADER_LENGTH - TAG_LENGTH, HEADER_LENGTH));
  try {
    return decipher.update(bytes.subarray(HEADER_LENGTH), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    throw new SealBroken(about, 'changed or moved');
  }
}
