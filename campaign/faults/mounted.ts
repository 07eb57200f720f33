import { execFile } from 'node:child_process';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own, mounted at a folder. */
export interface Mounted {
  /** @param options such as `remount,ro` */
  mount(options: string): Promise<void>;
  unmount(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const SIZE = '64M';

/** What stands where no disk can be mounted. */
export const NO_MOUNT = 'no disk can be mounted here: it needs Linux and root';

/** A disk in memory. @returns nothing where this user may not mount */
export const memoryDisk = (folder: string): Promise<Mounted | undefined> =>
  mountedBy(folder, (options) => ['-t', 'tmpfs', '-o', `size=${SIZE},${options}`, 'tmpfs', folder]);

/** A disk with a journal, in a file. @returns nothing where this user may not mount, or there is no such file system */
export async function journalledDisk(folder: string, file: string): Promise<Mounted | undefined> {
  await writeFile(file, '');
  await truncate(file, 64 * 1024 * 1024);
  const isMade = await run('mkfs.ext4', ['-q', file]).catch(() => undefined);
  if (!isMade) return undefined;
  return mountedBy(folder, (options) => ['-t', 'ext4', '-o', `loop,${options}`, file, folder]);
}

async function mountedBy(folder: string, args: (options: string) => string[]): Promise<Mounted | undefined> {
  await mkdir(folder, { recursive: true });
  let isMounted = false;
  const disk: Mounted = {
    async mount(options) {
      await run('mount', options.startsWith('remount') ? ['-o', options, folder] : args(options));
      isMounted = true;
    },
    async unmount() {
      if (isMounted) await run('umount', [folder]);
      isMounted = false;
    },
    [Symbol.asyncDispose]: () => disk.unmount(),
  };
  return disk.mount('rw').then(
    () => disk,
    () => undefined,
  );
}
