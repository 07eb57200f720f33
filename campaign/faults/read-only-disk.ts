import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type AtWork, type Found, readiness, seenAtWork } from './at-work.ts';
import type { Fault } from './define.ts';
import { journalledDisk, type Mounted, NO_MOUNT } from './mounted.ts';

const READ_ONLY_MS = 4000;

export const readOnlyDisk: Fault = {
  name: 'read-only-disk',
  promised:
    'When the disk turns read-only under it nothing is acknowledged that is not stored, and /readyz says no; a start on such a disk is refused in one sentence.',
  async inject(run) {
    const folder = join(run.folder, 'data');
    await using disk = await journalledDisk(folder, join(run.folder, 'disk'));
    if (!disk) return { skipped: NO_MOUNT };
    return await seenAtWork(run, (work) => whileReadOnly(work, disk));
  },
};

async function whileReadOnly({ program, journal, chat }: AtWork, disk: Mounted): Promise<Found> {
  const broken: string[] = [];
  // What a file system does when its disk fails.
  await disk.mount('remount,abort');
  await wait(READ_ONLY_MS);
  if (journal.putOff.length === 0) broken.push('Nothing was refused on the read-only disk');
  const status = await readiness(chat);
  if (status !== 503) broken.push(`/readyz answered ${status} on the read-only disk, expected 503`);
  await program.kill();
  await disk.unmount();
  // It has to be made whole before it can be looked at, as after any crash.
  await disk.mount('rw');
  await disk.mount('remount,ro');
  program.start();
  const code = await program.ended();
  const [said = ''] = program.faults.slice(-1);
  if (code !== 1 || !said.includes('cannot be written'))
    broken.push(`The start ended with ${code} and said: ${said}`);
  await disk.mount('remount,rw');
  program.start();
  const servesAgainMs = await program.ready();
  return {
    servesAgainMs,
    broken,
    remarks: [`${journal.putOff.length} times not taken`, `a start ended with ${code}`],
  };
}
