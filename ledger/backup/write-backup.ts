import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '../../prisma/database.ts';
import type { SealingKeys } from '../key-ring.ts';
import { HEADER_BYTES, readHeader } from './backup-header.ts';
import { openedPieces, PIECE_BYTES, sealedPieces, TAG_BYTES } from './pieces.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { refusePlace, tellingRoom, writeWhole } from './write-whole.ts';

/** A backup that was made. */
export interface MadeBackup {
  file: string;
  bytes: number;
  /** The key that opens it. */
  keyId: string;
}

export interface BackupOf {
  database: Pick<Database, 'copyTo'>;
  keys: SealingKeys;
  /** Where the record may lie in the clear for a while: see `copyPlace`. */
  place: string;
}

/** Beside the database, which is as readable; never where backups go. For one that is elsewhere, where this system keeps such things. */
export const copyPlace = (databaseUrl: string): string =>
  databaseUrl.startsWith('file:') ? dirname(databaseUrl.slice('file:'.length)) : tmpdir();

/**
 * Writes the record as it is at one moment, encrypted, into a new file, while others write it. What was written is read back
 * and opened before it has its name. It takes room for the record twice, and memory for a few pieces.
 * @throws Error in English, for the operator, when the file exists, its folder does not, or a disk is full
 */
export async function writeBackup({ database, keys, place }: BackupOf, file: string): Promise<MadeBackup> {
  await refusePlace(file);
  return tellingRoom(place, () =>
    withTemporaryFolder(place, 'copy', async (folder) => {
      const copy = join(folder, 'copy.db');
      await database.copyTo(copy);
      const { size } = await stat(copy);
      let keyId = '';
      await writeWhole(file, sealedPieces(bytesOf(copy), keys), async (written) => {
        keyId = await readBack(written, size, keys);
      });
      return { file, bytes: (await stat(file)).size, keyId };
    }),
  );
}

/** The file is opened once somebody reads. */
async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: PIECE_BYTES });
}

/** @returns the key that opened it. @throws Error when it does not open, or is not so long as what was written */
async function readBack(file: string, expected: number, keys: SealingKeys): Promise<string> {
  const handle = await open(file);
  try {
    const start = Buffer.alloc(HEADER_BYTES);
    await handle.read(start, 0, HEADER_BYTES, 0);
    const header = readHeader(start);
    const body = handle.createReadStream({
      start: HEADER_BYTES,
      highWaterMark: header.pieceBytes + TAG_BYTES,
      autoClose: false,
    });
    let found = 0;
    for await (const piece of openedPieces(header, body, keys)) found += piece.length;
    if (found !== expected) throw new Error(`of ${expected} bytes, ${found} were read back`);
    return header.keyId;
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`The backup was not kept, since it could not be read back: ${why}`);
  } finally {
    await handle.close();
  }
}
