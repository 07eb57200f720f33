import { access, chmod, constants, mkdir, open, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Keeps everybody else from serving the same record. */
export interface OnlyOne {
  /** Lets the next one serve it. A process that ends, however it ends, lets go as well. */
  release(): void;
}

/** Who was asked to stop, or was killed just now, may need a moment to end. */
const PATIENCE_MS = 2000;
/** SQLite: somebody holds the file. */
const BUSY = 5;

/**
 * Says that this process is the one that serves the record at `url` (`file:…`). Commands beside it need not ask. On a
 * database that several instances may serve (PostgreSQL) nothing is taken.
 *
 * What is held is SQLite's lock on an empty file beside the database: the operating system lets go of it at the end of
 * the process, so that nothing stale stays behind. The file itself stays: who removed it would let a second one in.
 * @param patienceMs how long it waits for another that is just ending; nothing else runs meanwhile
 * @throws Error in English, for the operator, when another process serves it, or the folder cannot be written
 */
export async function onlyOneAt(url: string, patienceMs = PATIENCE_MS): Promise<OnlyOne> {
  const path = pathIn(url);
  if (path === undefined) return { release: () => undefined };
  const lock = await lockBeside(path);
  await makeLockFile(lock);
  const held = new DatabaseSync(lock, { timeout: patienceMs });
  try {
    held.exec('BEGIN EXCLUSIVE');
  } catch (fault) {
    held.close();
    throw isBusy(fault) ? new Error(takenAlready(path)) : cannotLock(lock, fault);
  }
  return {
    release() {
      if (held.isOpen) held.close();
    },
  };
}

/** Whether a service serves the record at `url` now; on this machine, and where several may, nobody can tell: no. */
export async function isTaken(url: string): Promise<boolean> {
  const path = pathIn(url);
  const lock = path === undefined ? undefined : await lockBeside(path);
  if (lock === undefined || !(await isThere(lock))) return false;
  const asking = new DatabaseSync(lock, { readOnly: true });
  try {
    asking.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (fault) {
    if (isBusy(fault)) return true;
    throw cannotLock(lock, fault);
  } finally {
    asking.close();
  }
}

const pathIn = (url: string): string | undefined =>
  url.startsWith('file:') ? url.slice('file:'.length) : undefined;

/** Two names of one file have one lock. */
async function lockBeside(path: string): Promise<string> {
  const real = await realpath(path).catch(async () => {
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  });
  return `${real}.running`;
}

async function makeLockFile(lock: string): Promise<void> {
  try {
    await mkdir(dirname(lock), { recursive: true, mode: 0o700 });
    // A file that is there is not opened: closing it would end the locks of this process on it.
    if (!(await isThere(lock))) {
      await (await open(lock, 'a', 0o600)).close();
      await chmod(lock, 0o600);
    }
    // A file that can only be read is locked by SQLite for reading, which keeps nobody out.
    await access(lock, constants.W_OK);
  } catch (fault) {
    throw cannotLock(lock, fault);
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const isBusy = (fault: unknown): boolean =>
  fault instanceof Error && 'errcode' in fault && Number(fault.errcode) % 256 === BUSY;

const takenAlready = (path: string): string =>
  `Another service is running on ${path}: stop that one first, or give this one a DATA_DIR of its own (several may serve one record on PostgreSQL only)`;

const cannotLock = (lock: string, fault: unknown): Error =>
  new Error(
    `${lock} cannot be written (${fault instanceof Error ? fault.message : String(fault)}): the service needs a folder that it may write in; check DATA_DIR, its owner, and whether the disk is full or read-only`,
    { cause: fault },
  );
