import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes. */
export interface DiskFigures {
  free: number;
  size: number;
  /** The record's own files. */
  database: number;
}

/** What the file system has for the record, where it is in a file of this machine. @param databaseUrl as the operator set it */
export async function readDiskFigures(databaseUrl: string): Promise<DiskFigures | undefined> {
  if (!databaseUrl.startsWith('file:')) return undefined;
  const file = databaseUrl.slice('file:'.length);
  // What root keeps for itself is no room for the service.
  const { bavail, blocks, bsize } = await statfs(dirname(file));
  const sizes = await Promise.all(['', '-wal', '-shm'].map((end) => sizeOf(`${file}${end}`)));
  return { free: bavail * bsize, size: blocks * bsize, database: sizes.reduce((sum, size) => sum + size, 0) };
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
