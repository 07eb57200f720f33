import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type AtWork, type Found, readiness, seenAtWork, untilServes } from './at-work.ts';
import type { Fault } from './define.ts';
import { memoryDisk, NO_MOUNT } from './mounted.ts';

const REFUSED_WITHIN_MS = 30_000;
const FULL_MS = 4000;

export const diskFull: Fault = {
  name: 'disk-full',
  promised:
    'On a full disk nothing is acknowledged that is not stored, /readyz says no, and work goes on by itself once there is room.',
  async inject(run) {
    const folder = join(run.folder, 'data');
    await using disk = await memoryDisk(folder);
    if (!disk) return { skipped: NO_MOUNT };
    return await seenAtWork(run, (work) => whileFull(work, join(folder, 'filler')));
  },
};

async function whileFull(work: AtWork, filler: string): Promise<Found> {
  await fillUp(filler);
  const broken: string[] = [];
  const until = performance.now() + REFUSED_WITHIN_MS;
  // What the log of the database has room for already still goes in.
  while (work.journal.putOff.length === 0 && performance.now() < until) await wait(50);
  if (work.journal.putOff.length === 0) broken.push('Nothing was refused on the full disk');
  await wait(FULL_MS);
  const status = await readiness(work.chat);
  if (status !== 503) broken.push(`/readyz answered ${status} on the full disk, expected 503`);
  const people = await work.chat.people().catch(() => []);
  if (people.length === 0) broken.push('Nothing could be read on the full disk');
  await rm(filler);
  const servesAgainMs = await untilServes(work);
  return { servesAgainMs, broken, remarks: [`${work.journal.putOff.length} times not taken`] };
}

/** Writes until nothing more fits. */
async function fillUp(file: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    for (const size of [1024 * 1024, 4096]) {
      const piece = Buffer.alloc(size, 1);
      while (await handle.write(piece).then(({ bytesWritten }) => bytesWritten === size, isFull));
    }
  } finally {
    await handle.close();
  }
}

function isFull(fault: NodeJS.ErrnoException): false {
  if (fault.code === 'ENOSPC') return false;
  throw fault;
}
