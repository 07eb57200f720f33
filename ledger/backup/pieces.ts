import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto';
import type { SealingKeys } from '../key-ring.ts';
import { SealBroken } from '../seal.ts';
import { BackupBroken, type BackupHeader, headerBytes } from './backup-header.ts';

/** So much is in memory at a time, whatever the size of the record. */
export const PIECE_BYTES = 1024 * 1024;

/** The place that the key of a backup is bound to. */
const ABOUT = 'backup';
const KEY_BYTES = 32;
/** By so much each piece is longer once it is sealed. */
export const TAG_BYTES = 16;
const NONCE_BYTES = 12;

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * The whole of an encrypted backup: a header, then pieces in AES-256-GCM under a key of this file alone. Each is bound to the
 * header, to its number and to whether it is the last, so that nothing can be cut off, put elsewhere or added.
 */
export async function* sealedPieces(
  plain: Bytes,
  keys: SealingKeys,
  pieceBytes = PIECE_BYTES,
): AsyncGenerator<Uint8Array> {
  const secret = randomBytes(KEY_BYTES);
  const header = headerBytes(keys.sealBytes(secret, ABOUT), pieceBytes);
  const digest = createHash('sha256').update(header).digest();
  const key = createSecretKey(secret);
  yield header;
  for await (const { bytes, number, isLast } of cut(plain, pieceBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast)).setAAD(digest);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * What was encrypted, piece by piece; it is whole only once the last was given.
 * @param sealed everything behind the header
 * @throws BackupBroken at the first piece that is not what was written there
 */
export async function* openedPieces(
  header: BackupHeader,
  sealed: Bytes,
  keys: SealingKeys,
): AsyncGenerator<Uint8Array> {
  const key = createSecretKey(keyOf(header, keys));
  for await (const { bytes, number, isLast } of cut(sealed, header.pieceBytes + TAG_BYTES)) {
    const end = bytes.length - TAG_BYTES;
    const nonce = nonceOf(number, isLast);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
        .setAAD(header.digest)
        .setAuthTag(bytes.subarray(Math.max(end, 0)));
      yield Buffer.concat([decipher.update(bytes.subarray(0, Math.max(end, 0))), decipher.final()]);
    } catch {
      throw new BackupBroken(`its piece ${number + 1} is not what was written there: changed, or cut off`);
    }
  }
}

function keyOf({ sealedKey, keyId }: BackupHeader, keys: SealingKeys): Uint8Array {
  try {
    return keys.unsealBytes(sealedKey, ABOUT);
  } catch (fault) {
    if (!(fault instanceof SealBroken)) throw fault;
    throw new BackupBroken(
      keys.ids.includes(keyId)
        ? 'its first bytes were changed'
        : `it needs key ${keyId}, and the keys at hand are ${keys.ids.join(', ')}`,
    );
  }
}

/** Never the same twice under the key of one file. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeBigUInt64BE(BigInt(number));
  nonce.writeUInt8(isLast ? 1 : 0, NONCE_BYTES - 1);
  return nonce;
}

interface Cut {
  bytes: Uint8Array;
  /** From 0. */
  number: number;
  isLast: boolean;
}

/** All of one length but the last, which may be shorter. Where the parts come in that length, none is copied. */
async function* cut(source: Bytes, length: number): AsyncGenerator<Cut> {
  let held: Uint8Array = new Uint8Array();
  let number = 0;
  for await (const some of source) {
    // What would be the last waits until it shows whether something follows.
    if (held.length === length && some.length > 0) {
      yield { bytes: held, number: number++, isLast: false };
      held = some;
    } else held = held.length === 0 ? some : Buffer.concat([held, some]);
    for (; held.length > length; held = held.subarray(length))
      yield { bytes: held.subarray(0, length), number: number++, isLast: false };
  }
  yield { bytes: held, number, isLast: true };
}
