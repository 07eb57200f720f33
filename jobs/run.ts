import { setImmediate as breathe } from 'node:timers/promises';
import type { Directory } from '../ledger/directory.ts';
import type { Content } from '../ledger/message.ts';
import { type Operation, operate } from '../ledger/operation.ts';
import { contentOf } from '../ledger/outbox.ts';
import type { Store } from '../ledger/store.ts';
import { WITHIN } from '../ledger/within.ts';
import type { Job } from './define.ts';

/** Runs a job for the moment `now`. @returns how many messages it put in line */
export async function runJob(store: Store, job: Job, now: Date): Promise<number> {
  let messages = 0;
  // A turn that is lost with the power is done again: what it says goes out only once the commit that takes it for sending is on the disk.
  const isOnlyProgress = 'turn' in job && { isOnlyProgress: true as const };
  for (let directory: Directory | undefined, isLeft = true; isLeft; ) {
    const request = { actor: `job:${job.name}`, at: now, ...isOnlyProgress, ...(directory && { directory }) };
    isLeft = await operate(store, request, async (operation) => {
      directory = operation.directory;
      const goesOn = await oneTurn(job, operation);
      messages += await operation.flush();
      return goesOn;
    });
  }
  return messages;
}

async function oneTurn(job: Job, operation: Operation): Promise<boolean> {
  const turn = 'turn' in job ? job.turn : async () => job.run(operation).then(() => false);
  const isLeft = await turn(operation);
  // SQLite answers without letting go of the thread: who speaks meanwhile is heard before the messages are sealed.
  await breathe();
  return isLeft;
}

/** A message that a job would put in line. */
export interface Preview {
  personId: string;
  notBefore: Date;
  content: Content;
}

/** What a job would say now; nothing is kept. */
export async function previewJob(store: Store, job: Job, now: Date): Promise<Preview[]> {
  let previews: Preview[] = [];
  await operate(store, { actor: `job:${job.name}`, at: now }, async (operation) => {
    const known = new Set(
      (await operation.rows.outbox.findMany({ select: { id: true } })).map(({ id }) => id),
    );
    while (await oneTurn(job, operation)) await operation.flush();
    await operation.flush();
    const rows = await operation.rows.outbox.findMany({
      where: { state: { not: WITHIN } },
      orderBy: { id: 'asc' },
    });
    previews = rows
      .filter(({ id }) => !known.has(id))
      .map((row) => ({ personId: row.personId, notBefore: row.notBefore, content: contentOf(store, row) }));
    throw new RolledBack();
  }).catch((fault: unknown) => {
    if (!(fault instanceof RolledBack)) throw fault;
  });
  return previews;
}

/** Ends a preview: the transaction is undone. */
class RolledBack extends Error {}
