import { access, open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withTemporaryFolder } from './temporary-folder.ts';

/** There is no room on a disk. The message is for the operator. */
export class DiskFull extends Error {}

/**
 * Writes a new file, readable by this user alone, that has its name only once it is whole, durable and checked.
 * @param check looks at what was written, before it has its name
 * @throws DiskFull; Error in English, for the operator, when the file exists or its folder does not
 */
export async function writeWhole(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  check: (written: string) => Promise<void>,
): Promise<void> {
  const place = dirname(file);
  await refusePlace(file);
  await tellingRoom(place, () =>
    withTemporaryFolder(place, 'part', async (folder) => {
      const beside = join(folder, basename(file));
      const handle = await open(beside, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await check(beside);
      await refuseExisting(file);
      await rename(beside, file);
      await syncFolder(place);
    }),
  );
}

/** @throws Error in English, for the operator, when nothing new can be written there */
export async function refusePlace(file: string): Promise<void> {
  const place = dirname(file);
  if (!(await isThere(place))) throw new Error(`${file} cannot be written: there is no folder ${place}`);
  await refuseExisting(file);
}

async function refuseExisting(file: string): Promise<void> {
  if (await isThere(file)) throw new Error(`${file} exists: a backup is written into a new file only`);
}

export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** What was renamed in it stays so, even if the power fails. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  // Some network file systems know no such thing.
  await folder.sync().catch(() => undefined);
  await folder.close();
}

/** Has a full disk told in one sentence. @param place where something is written meanwhile */
export async function tellingRoom<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (!isNoRoom(fault)) throw fault;
    throw new DiskFull(`The disk that ${place} is on is full: make room there. Nothing is left behind.`);
  }
}

function isNoRoom(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  if ('code' in fault && (fault.code === 'ENOSPC' || fault.code === 'EDQUOT')) return true;
  // SQLite, as Prisma tells it on.
  return /database or disk is full/.test(fault.message);
}
