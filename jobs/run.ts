import type { Content } from '../ledger/message.ts';
import { operate } from '../ledger/operation.ts';
import { contentOf } from '../ledger/outbox.ts';
import type { Store } from '../ledger/store.ts';
import type { Job } from './define.ts';

/** Runs a job for the moment `now`. @returns how many messages it put in line */
export function runJob(store: Store, job: Job, now: Date): Promise<number> {
  return operate(store, { actor: `job:${job.name}`, at: now }, async (operation) => {
    const before = await operation.rows.outbox.count();
    await job.run(operation);
    await operation.flush();
    return (await operation.rows.outbox.count()) - before;
  });
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
    await job.run(operation);
    await operation.flush();
    const rows = await operation.rows.outbox.findMany({ orderBy: { id: 'asc' } });
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
