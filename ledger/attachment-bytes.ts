import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { SealBroken } from './seal.ts';
import type { Rows } from './store.ts';

/** Bytes in one piece: what is done with one at once keeps nobody waiting. */
const PIECE = 256 * 1024;
const NONCE_LENGTH = 12;
const KEY_LENGTH = 32;

/** A new key for one file's bytes, in base64. */
export const newFileKey = (): string => randomBytes(KEY_LENGTH).toString('base64');

/** SHA-256, hexadecimal; others go on meanwhile. */
export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    await breathe();
  }
  return hash.digest('hex');
}

/** How the bytes are to be written: each piece in the way that is given. */
export type WritePiece = (work: (rows: Rows) => Promise<void>) => Promise<void>;

/** AES-256-GCM, piece by piece, each bound to the file, its place and how many there are. */
export async function writeBytes(
  write: WritePiece,
  id: string,
  keyInBase64: string,
  bytes: Uint8Array,
): Promise<void> {
  const key = await importKey(keyInBase64, 'encrypt');
  const parts = partsOf(bytes.length);
  for (let part = 0; part < parts; part++) {
    const iv = randomBytes(NONCE_LENGTH);
    // Copied out, since the bytes may lie in memory that is shared with others.
    const piece = new Uint8Array(bytes.subarray(part * PIECE, (part + 1) * PIECE));
    const additionalData = Buffer.from(placeOf(id, part, parts));
    const sealed = await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, piece);
    const row = { attachmentId: id, part, bytes: new Uint8Array(Buffer.concat([iv, Buffer.from(sealed)])) };
    await write(
      async (rows) => void (await rows.attachmentBody.create({ data: row, select: { part: true } })),
    );
    await breathe();
  }
}

/** @throws SealBroken when a piece is missing, was changed or belongs elsewhere */
export async function readBytes(
  rows: Rows,
  id: string,
  keyInBase64: string,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await importKey(keyInBase64, 'decrypt');
  const bytes = new Uint8Array(size);
  const parts = partsOf(size);
  for (let part = 0; part < parts; part++) {
    const place = placeOf(id, part, parts);
    const row = await rows.attachmentBody.findUnique({
      where: { attachmentId_part: { attachmentId: id, part } },
    });
    if (!row) throw new SealBroken(place, 'missing');
    const piece = await open(key, row.bytes, place);
    if (piece.byteLength !== Math.min(PIECE, size - part * PIECE))
      throw new SealBroken(place, 'another size');
    bytes.set(new Uint8Array(piece), part * PIECE);
  }
  return bytes;
}

const partsOf = (size: number): number => Math.ceil(size / PIECE);

const placeOf = (id: string, part: number, parts: number): string => `attachment/${id}/${part}/${parts}`;

const importKey = (key: string, use: 'encrypt' | 'decrypt') =>
  webcrypto.subtle.importKey('raw', Buffer.from(key, 'base64'), 'AES-GCM', false, [use]);

async function open(
  key: webcrypto.CryptoKey,
  sealed: Uint8Array<ArrayBuffer>,
  place: string,
): Promise<ArrayBuffer> {
  const iv = sealed.subarray(0, NONCE_LENGTH);
  const additionalData = Buffer.from(place);
  const body = sealed.subarray(NONCE_LENGTH);
  try {
    return await webcrypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, body);
  } catch {
    throw new SealBroken(place, 'changed or moved');
  }
}
