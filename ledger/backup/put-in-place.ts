import { constants, copyFile, link, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { foldInLog } from '../../prisma/fold-in-log.ts';
import { isThere, syncFolder } from './write-whole.ts';

const KEPT = '.replaced-';

/** The name under which the former database stays: beside it, dated. */
export const keptName = (target: string, at: Date): string =>
  `${target}${KEPT}${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`;

/**
 * Puts a database in the place of the one at `target`, which stays beside under `kept`; or where there is none. At every
 * moment one of the two is whole in that place. Nobody may have the former one open.
 * @throws Error in English, for the operator, when somebody has it open, or a `-wal` file lies there without its database
 */
export async function putInPlace(fresh: string, target: string, kept: string): Promise<void> {
  await refuseStrayLog(target);
  if (await isThere(target)) {
    await settleLog(target, kept);
    await keepFormer(target, kept);
  }
  await rename(fresh, target);
  await syncFolder(dirname(target));
}

/** SQLite would take what stands in it for a part of the new one. */
async function refuseStrayLog(target: string): Promise<void> {
  if (!(await isThere(target)) && (await isThere(`${target}-wal`)))
    throw new Error(`${target}-wal lies there without its database: move it away first`);
}

/** What was written last may stand beside the database still: it belongs to the former one. */
async function settleLog(target: string, kept: string): Promise<void> {
  const ends = ['-wal', '-shm'];
  try {
    await foldInLog(target);
  } catch (fault) {
    if (fault instanceof Error && /lock/i.test(fault.message)) throw inUse(target);
    // It is no database any more, whatever it was: all that is left of it is kept together.
    for (const end of ends)
      if (await isThere(`${target}${end}`)) await rename(`${target}${end}`, `${kept}${end}`);
  }
  if (await isThere(`${target}-wal`)) throw inUse(target);
  await rm(`${target}-shm`, { force: true });
}

const inUse = (target: string) =>
  new Error(`${target} was not replaced: another process has it open; stop the service and every command`);

/** As a second name of the same file: the first stays until the new one takes it. */
async function keepFormer(target: string, kept: string): Promise<void> {
  await dropSecondNames(target);
  await link(target, kept).catch(async (fault: NodeJS.ErrnoException) => {
    if (fault.code === 'EEXIST') throw new Error(`${kept} exists: wait a second`);
    // Some file systems have no second names.
    await copyFile(target, kept, constants.COPYFILE_EXCL);
  });
}

/** Of a restore that was killed between the two steps. */
async function dropSecondNames(target: string): Promise<void> {
  const { ino, nlink } = await stat(target);
  if (nlink === 1) return;
  const place = dirname(target);
  for (const name of await readdir(place)) {
    const path = join(place, name);
    if (name.startsWith(`${basename(target)}${KEPT}`) && (await stat(path)).ino === ino) await rm(path);
  }
}
