import { execFileSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeBackup } from '../../ledger/backup/write-backup.ts';
import { writeWhole } from '../../ledger/backup/write-whole.ts';
import { openBackupDesk } from './backup-desk.ts';
import type { CommandDesk } from './desk.ts';
import { leftIn } from './real-command.ts';

let desk: CommandDesk;
let backups: string;
let backup: string;
const mounts: string[] = [];

beforeEach(async () => {
  ({ desk, backups, backup } = await openBackupDesk());
});
afterEach(async () => {
  for (const folder of mounts.splice(0)) execFileSync('umount', [folder]);
  await desk.close();
});

it('a full disk is told in one sentence, and leaves nothing behind', async () => {
  async function* untilFull() {
    yield Buffer.alloc(1000);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  }
  await expect(writeWhole(backup, untilFull(), async () => undefined)).rejects.toThrow(
    `The disk that ${backups} is on is full: make room there. Nothing is left behind.`,
  );
  expect(await readdir(backups)).toEqual([]);
});

/** Whether a disk of a size of its own can be had here: that takes root. */
function mounted(folder: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
    mounts.push(folder);
    return true;
  } catch {
    return false;
  }
}

it('a disk for backups that is really full is told so, and nothing is left on it', async ({ skip }) => {
  if (!mounted(backups, '200k')) skip('no disk can be mounted here: that takes root');
  const { code, err } = await desk.run('backup', backup);
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining(`The disk that ${backups} is on is full`),
  });
  expect(await readdir(backups)).toEqual([]);
  expect(await leftIn(desk.folder)).toEqual([]);
});

it('a disk of the record that is full while it is copied is told so too', async ({ skip }) => {
  const small = join(desk.folder, 'small');
  await mkdir(small);
  if (!mounted(small, '1m')) skip('no disk can be mounted here: that takes root');
  await writeFile(join(small, 'others'), Buffer.alloc(900 * 1024));
  const making = desk.look(({ database, keys }) => writeBackup({ database, keys, place: small }, backup));
  await expect(making).rejects.toThrow(`The disk that ${small} is on is full: make room there.`);
  expect(await readdir(small)).toEqual(['others']);
  expect(await readdir(backups)).toEqual([]);
});
