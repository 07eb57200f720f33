import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * The sealed forms; a new one gets a new number and the old ones stay readable.
 *
 * 1  `[1][key id][nonce][tag][ciphertext]`, under the key itself. Not written any more.
 * 2  `[2][key id][wrapped data key][nonce][tag][ciphertext]`: every value has a data key of its own, and rotation of the
 *    keys touches nothing but the part in front, in which the data key is wrapped.
 * 3  A value of form 1 that was carried over to a new key: its old bytes and the key that opens them are the content,
 *    and their SHA-256 stands before the ciphertext, since an audit chain covers it.
 */
const DIRECT = 1;
const WRAPPED = 2;
const CARRIED = 3;

const MASTER_LENGTH = 32;
const KEY_ID_LENGTH = 4;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;
const DATA_KEY_LENGTH = 32;
const DIGEST_LENGTH = 32;
/** Where the key id ends. */
const NAMED = 1 + KEY_ID_LENGTH;
/** Where the part ends that rotation changes. */
const HEAD = NAMED + NONCE_LENGTH + TAG_LENGTH + DATA_KEY_LENGTH;
/** What stands before a ciphertext. */
const ENVELOPE = NONCE_LENGTH + TAG_LENGTH;

/** Sealed bytes do not open. The message names the place, never the content. */
export class SealBroken extends Error {
  readonly about: string;
  readonly why: string;

  constructor(about: string, why: string) {
    super(`Sealed content of ${about} does not open: ${why}`);
    this.name = 'SealBroken';
    this.about = about;
    this.why = why;
  }
}

/** One key of an installation, as what is derived from it. */
export interface SealingKey {
  /** Eight hexadecimal digits: tells keys apart without giving anything of them away. */
  readonly id: string;
  /** Wraps the data keys: made ready once, which costs more than to wrap one. */
  readonly wrapping: KeyObject;
  /** Seals form 1. */
  readonly direct: Uint8Array;
  /** What people were marked with before the marking key became a secret of its own. */
  readonly marking: Uint8Array;
}

/** Finds a key by its id. */
export type FindKey = (id: string) => SealingKey | undefined;

/** @param master 32 random bytes */
export function sealingKey(master: Uint8Array): SealingKey {
  if (master.length !== MASTER_LENGTH)
    throw new RangeError(`A key has ${MASTER_LENGTH} bytes, found ${master.length}`);
  const id = createHash('sha256').update('qinglian key id').update(master).digest();
  return {
    id: id.subarray(0, KEY_ID_LENGTH).toString('hex'),
    wrapping: createSecretKey(derive(master, 'wrap')),
    direct: derive(master, 'seal'),
    marking: derive(master, 'mark'),
  };
}

const derive = (master: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), `qinglian ${purpose}`, 32));

const STRETCH = 8192;
let stretch = Buffer.alloc(0);

/** To ask for randomness costs the same for much as for little: it is asked for in stretches, and each byte handed out once. */
function randomly(length: number): Uint8Array {
  if (stretch.length < length) stretch = randomBytes(STRETCH);
  const random = stretch.subarray(0, length);
  stretch = stretch.subarray(length);
  return random;
}

/** AES-256-GCM under a data key of its own, in form 2. */
export function sealBytes(key: SealingKey, plain: Uint8Array, about: string): Uint8Array<ArrayBuffer> {
  // Every message and every record is sealed: all that is random is asked for at once, and nothing is copied twice.
  const random = randomly(DATA_KEY_LENGTH + 2 * NONCE_LENGTH);
  const dataKey = random.subarray(0, DATA_KEY_LENGTH);
  const sealed = new Uint8Array(HEAD + ENVELOPE + plain.length);
  sealed[0] = WRAPPED;
  sealed.set(Buffer.from(key.id, 'hex'), 1);
  const nonces = random.subarray(DATA_KEY_LENGTH);
  encryptInto(sealed.subarray(NAMED), key.wrapping, nonces.subarray(0, NONCE_LENGTH), dataKey, about);
  encryptInto(sealed.subarray(HEAD), dataKey, nonces.subarray(NONCE_LENGTH), plain, about);
  return sealed;
}

/** @throws SealBroken when the bytes were changed, moved, or sealed with a key that is not found */
export function unsealBytes(find: FindKey, sealed: Uint8Array, about: string): Uint8Array {
  const { version, key } = readName(find, sealed, about);
  if (version === DIRECT) return decrypt(key.direct, sealed.subarray(NAMED), about, about);
  const dataKey = unwrap(key, sealed, about);
  const rest = sealed.subarray(HEAD);
  return version === WRAPPED ? decrypt(dataKey, rest, about, about) : openCarried(dataKey, rest, about);
}

/**
 * The same value under another key. What `sealedDigest` gives stays as it is.
 * @throws SealBroken when it does not open
 */
export function rewrapped(
  find: FindKey,
  key: SealingKey,
  sealed: Uint8Array,
  about: string,
): Uint8Array<ArrayBuffer> {
  const { version, key: old } = readName(find, sealed, about);
  // A value that does not open is left for people to see, not wrapped as if it were well.
  unsealBytes(find, sealed, about);
  if (version === DIRECT) return carry(old, key, sealed, about);
  return joined(headOf(version, key, unwrap(old, sealed, about), about), sealed.subarray(HEAD));
}

/** The id of the key that the value is sealed with. */
export const keyIdOf = (sealed: Uint8Array): string => hex(sealed.subarray(1, NAMED));

/** SHA-256 of what rotation does not change: what an audit chain covers of a sealed value. */
export function sealedDigest(sealed: Uint8Array): Buffer {
  if (sealed[0] === WRAPPED) return sha256(Buffer.from(`qinglian sealed ${WRAPPED}`), sealed.subarray(HEAD));
  if (sealed[0] === CARRIED) return Buffer.from(sealed.subarray(HEAD, HEAD + DIGEST_LENGTH));
  return sha256(sealed);
}

function readName(find: FindKey, sealed: Uint8Array, about: string) {
  const version = sealed[0];
  if (version !== undefined && version !== DIRECT && version !== WRAPPED && version !== CARRIED)
    throw new SealBroken(about, `version ${version}, expected ${DIRECT} to ${CARRIED}`);
  const shortest = { [DIRECT]: NAMED, [WRAPPED]: HEAD, [CARRIED]: HEAD + DIGEST_LENGTH }[version ?? DIRECT];
  if (version === undefined || sealed.length < shortest + NONCE_LENGTH + TAG_LENGTH)
    throw new SealBroken(about, `only ${sealed.length} bytes`);
  const key = find(keyIdOf(sealed));
  if (!key) throw new SealBroken(about, `sealed with key ${keyIdOf(sealed)}`);
  return { version, key };
}

/** Everything up to where the value's own ciphertext begins. */
const headOf = (version: number, key: SealingKey, dataKey: Uint8Array, about: string) =>
  joined(Buffer.of(version), Buffer.from(key.id, 'hex'), encrypt(key.wrapping, dataKey, about));

const unwrap = (key: SealingKey, sealed: Uint8Array, about: string): Uint8Array =>
  decrypt(key.wrapping, sealed.subarray(NAMED, HEAD), about, about);

function carry(old: SealingKey, key: SealingKey, sealed: Uint8Array, about: string): Uint8Array<ArrayBuffer> {
  const dataKey = randomBytes(DATA_KEY_LENGTH);
  const digest = sha256(sealed);
  const body = encrypt(dataKey, joined(old.direct, sealed), carriedAt(about, digest));
  return joined(headOf(CARRIED, key, dataKey, about), digest, body);
}

function openCarried(dataKey: Uint8Array, rest: Uint8Array, about: string): Uint8Array {
  const digest = rest.subarray(0, DIGEST_LENGTH);
  const inner = decrypt(dataKey, rest.subarray(DIGEST_LENGTH), carriedAt(about, digest), about);
  const direct = inner.subarray(0, DATA_KEY_LENGTH);
  const sealed = inner.subarray(DATA_KEY_LENGTH);
  // Whoever has the keys could carry other bytes over under the digest that the chain knows.
  if (!sha256(sealed).equals(digest)) throw new SealBroken(about, 'its digest is of other bytes');
  return decrypt(direct, sealed.subarray(NAMED), about, about);
}

const carriedAt = (about: string, digest: Uint8Array): string => `${about}\n${hex(digest)}`;

function encrypt(key: Uint8Array | KeyObject, plain: Uint8Array, boundTo: string): Uint8Array {
  const into = new Uint8Array(ENVELOPE + plain.length);
  encryptInto(into, key, randomBytes(NONCE_LENGTH), plain, boundTo);
  return into;
}

/** `[nonce][tag][ciphertext]` @param nonce used for nothing else */
function encryptInto(
  into: Uint8Array,
  key: Uint8Array | KeyObject,
  nonce: Uint8Array,
  plain: Uint8Array,
  boundTo: string,
): void {
  const cipher = createCipheriv('aes-256-gcm', ready(key), nonce).setAAD(Buffer.from(boundTo));
  into.set(nonce);
  // In this mode all stands in what `update` gives; `final` makes the tag.
  into.set(cipher.update(plain), ENVELOPE);
  cipher.final();
  into.set(cipher.getAuthTag(), NONCE_LENGTH);
}

function decrypt(key: Uint8Array | KeyObject, bytes: Uint8Array, boundTo: string, about: string): Uint8Array {
  const body = NONCE_LENGTH + TAG_LENGTH;
  const decipher = createDecipheriv('aes-256-gcm', ready(key), bytes.subarray(0, NONCE_LENGTH))
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(NONCE_LENGTH, body));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(body)), decipher.final()]));
  } catch {
    throw new SealBroken(about, 'changed or moved');
  }
}

/** A key object made by hand costs less than half of what Node takes to make one of bytes by the way. */
const ready = (key: Uint8Array | KeyObject): KeyObject =>
  key instanceof Uint8Array ? createSecretKey(key) : key;

const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
