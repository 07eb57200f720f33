import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** What stands in it: the record in the clear, an encrypted file that is not whole yet, a record that is being restored. */
type Purpose = 'copy' | 'part' | 'restore';

const HOST = hostname().replace(/[^A-Za-z0-9.]/g, '_');
const NAME = /^\.qinglian-(?:copy|part|restore)-(.+)-(\d+)-[A-Za-z0-9]{6}$/;
const DAY_MS = 86_400_000;

/** Those of this process. */
const inUse = new Set<string>();

/**
 * Has `work` done with a folder in `place` that only this user can read, and removes it whatever happens; and before that, what a
 * process that was killed has left there.
 */
export async function withTemporaryFolder<T>(
  place: string,
  purpose: Purpose,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(place, `.qinglian-${purpose}-${HOST}-${process.pid}-`));
  inUse.add(folder);
  try {
    // The disk's own clock: the program's may have been moved.
    const { mtime } = await stat(folder);
    await removeLeft(place, mtime);
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
    inUse.delete(folder);
  }
}

/** Removes what processes that are gone have left in `place`. Nothing to do where the folder is not there. */
export async function removeLeft(place: string, now: Date): Promise<void> {
  const names = await readdir(place).catch(() => []);
  for (const name of names) {
    const path = join(place, name);
    if (await isLeft(path, name, now)) await rm(path, { recursive: true, force: true });
  }
}

async function isLeft(path: string, name: string, now: Date): Promise<boolean> {
  const [, host, pid] = NAME.exec(name) ?? [];
  if (host === undefined || inUse.has(path)) return false;
  const { mtime } = (await stat(path).catch(() => undefined)) ?? {};
  if (!mtime) return false;
  // Whether a process of another machine lives cannot be asked; none of this takes a day.
  if (now.getTime() - mtime.getTime() > DAY_MS) return true;
  return host === HOST && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  // What this process has in use is known; the same number was another's, as in a container that starts anew.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
}
