import { type FileHandle, open } from 'node:fs/promises';
import type { SealingKeys } from '../key-ring.ts';
import { type BackupHeader, HEADER_BYTES, isPlainDatabase, readHeader } from './backup-header.ts';
import { openedPieces, PIECE_BYTES, TAG_BYTES } from './pieces.ts';

export interface Unpacking {
  /** The keys that open it. @throws Error in English, for the operator, when the one that it names is not at hand */
  keysFor(header: BackupHeader): Promise<SealingKeys>;
  /** How far it is, in bytes, after each piece. */
  told(done: number, of: number): void;
}

/**
 * Writes the database that is in a backup into a new file, readable by this user alone. Where it throws, that file is not whole.
 * @returns the header; `undefined` where the backup is not encrypted
 * @throws BackupBroken when it is no backup, or any byte of it was changed, is missing or was added
 */
export async function unpackBackup(
  file: string,
  target: string,
  { keysFor, told }: Unpacking,
): Promise<BackupHeader | undefined> {
  const from = await open(file);
  try {
    const start = Buffer.alloc(HEADER_BYTES);
    const { bytesRead } = await from.read(start, 0, HEADER_BYTES, 0);
    const header = isPlainDatabase(start) ? undefined : readHeader(start.subarray(0, bytesRead));
    const bytes = header
      ? openedPieces(
          header,
          bytesFrom(from, HEADER_BYTES, header.pieceBytes + TAG_BYTES),
          await keysFor(header),
        )
      : bytesFrom(from, 0, PIECE_BYTES);
    const { size } = await from.stat();
    await writeNew(
      target,
      counted(bytes, (done) => told(done, size)),
    );
    return header;
  } finally {
    await from.close();
  }
}

const bytesFrom = (file: FileHandle, start: number, atOnce: number): AsyncIterable<Uint8Array> =>
  file.createReadStream({ start, highWaterMark: atOnce, autoClose: false });

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  told: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of bytes) {
    yield piece;
    done += piece.length;
    told(done);
  }
}

async function writeNew(target: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const to = await open(target, 'wx', 0o600);
  try {
    await to.writeFile(bytes);
    await to.sync();
  } finally {
    await to.close();
  }
}
