import { createHash } from 'node:crypto';
import { keyIdOf } from '../seal.ts';

/** What a backup begins with, in the clear; every piece behind it is bound to every byte of it. */
export interface BackupHeader {
  /** The id of the key, of the key file of its time, that opens it. */
  readonly keyId: string;
  /** How long each piece is before it is encrypted, but for the last. */
  readonly pieceBytes: number;
  /** The key of this one file, sealed under the key file's. */
  readonly sealedKey: Uint8Array;
  /** What the pieces are bound to. */
  readonly digest: Uint8Array;
}

/** A file is no backup, or not as it was written. The message says what is wrong with it, for the operator. */
export class BackupBroken extends Error {}

export const HEADER_BYTES = 256;
const MAGIC = Buffer.from('Qinglian backup\n');
const PLAIN = Buffer.from('SQLite format 3\0');
const VERSION = 1;
const VERSION_AT = MAGIC.length;
const PIECE_BYTES_AT = VERSION_AT + 1;
const LENGTH_AT = PIECE_BYTES_AT + 4;
const KEY_AT = LENGTH_AT + 2;
/** What a reader has to hold in memory. */
const LONGEST_PIECE = 16 * 1024 * 1024;

/** `Qinglian backup\n`, version, length of a piece, length of the sealed key, the sealed key; zeros up to 256 bytes. */
export function headerBytes(sealedKey: Uint8Array, pieceBytes: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  if (KEY_AT + sealedKey.length > HEADER_BYTES || pieceBytes < 1 || pieceBytes > LONGEST_PIECE)
    throw new RangeError(`A header cannot hold ${sealedKey.length} bytes of key, pieces of ${pieceBytes}`);
  MAGIC.copy(bytes);
  bytes.writeUInt8(VERSION, VERSION_AT);
  bytes.writeUInt32BE(pieceBytes, PIECE_BYTES_AT);
  bytes.writeUInt16BE(sealedKey.length, LENGTH_AT);
  bytes.set(sealedKey, KEY_AT);
  return bytes;
}

/** Whether it is a database as it is, as `backup` wrote it before it encrypted. */
export const isPlainDatabase = (start: Uint8Array): boolean => PLAIN.equals(start.subarray(0, PLAIN.length));

/**
 * @param start the first 256 bytes of the file
 * @throws BackupBroken when they are not what a backup of this version begins with
 */
export function readHeader(start: Uint8Array): BackupHeader {
  const bytes = Buffer.from(start);
  if (!MAGIC.equals(bytes.subarray(0, MAGIC.length))) throw new BackupBroken('it is no backup of Qinglian');
  if (bytes.length < HEADER_BYTES) throw new BackupBroken(`it is cut off after ${bytes.length} bytes`);
  const version = bytes.readUInt8(VERSION_AT);
  if (version !== VERSION)
    throw new BackupBroken(`its form has number ${version}, this version of Qinglian reads ${VERSION}`);
  const pieceBytes = bytes.readUInt32BE(PIECE_BYTES_AT);
  const sealedKey = bytes.subarray(KEY_AT, KEY_AT + bytes.readUInt16BE(LENGTH_AT));
  if (pieceBytes < 1 || pieceBytes > LONGEST_PIECE) throw new BackupBroken('its first bytes were changed');
  const digest = createHash('sha256').update(bytes.subarray(0, HEADER_BYTES)).digest();
  return { keyId: keyIdOf(sealedKey), pieceBytes, sealedKey, digest };
}
