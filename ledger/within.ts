import { v7 as uuidv7 } from 'uuid';
import type { Rows } from '../prisma/database.ts';
import { insertMessages, keysInLine } from '../prisma/line-of-messages.ts';
import { aboutOutbox, type Kept, type Outgoing } from './outbox.ts';
import type { Store } from './store.ts';

/** A message that is said within another one, and is known as said by its key. */
export type Within = Pick<Outgoing, 'key' | 'personId' | 'notBefore' | 'job' | 'isCarried'>;

export async function noteWithin(rows: Rows, at: Date, said: readonly Within[]): Promise<void> {
  const bare = { platform: null, externalId: null, isGroup: false, isExempt: false, createdAt: at };
  for (let from = 0; from < said.length; from += AT_ONCE) {
    const some = said.slice(from, from + AT_ONCE).map((each) => ({
      ...bare,
      ...each,
      id: uuidv7(),
      job: each.job ?? null,
      isCarried: each.isCarried ?? false,
      sealed: new Uint8Array(),
      state: WITHIN,
    }));
    await insertMessages(rows, some);
  }
}

/** The state of what is said within another message: it waits for nothing and goes nowhere by itself. */
export const WITHIN = 'within';

/** Keys that one statement takes: SQLite has a limit of what it can be handed. */
const AT_ONCE = 200;

/** Lets a message that waits say something else, at its time or at another. @throws Error where it waits no longer */
export async function putOtherwise(
  store: Store,
  rows: Rows,
  id: string,
  { kept, notBefore }: { kept: Kept; notBefore: Date },
): Promise<void> {
  const { count } = await rows.outbox.updateMany({
    where: { id, ...UNTOUCHED },
    data: { sealed: new Uint8Array(store.keys.seal(kept, aboutOutbox(id))), notBefore },
  });
  if (count === 0) throw new Error(`Outgoing message ${id} went out while another one was put into it`);
}

/** What is said within a message that was drawn forward is said then too. */
export async function drawForward(rows: Rows, personId: string, from: Date, to: Date): Promise<void> {
  await rows.outbox.updateMany({
    where: { personId, state: WITHIN, notBefore: from },
    data: { notBefore: to },
  });
}

/** Nobody has begun to send it. */
export const UNTOUCHED = { state: 'waiting', attempts: 0, leaseUntil: null } as const;

/** Which of the keys are known: what they stand for was said, or waits to be. */
export async function saidAmong(rows: Rows, keys: readonly string[]): Promise<Set<string>> {
  const said = new Set<string>();
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const some = keys.slice(from, from + AT_ONCE);
    for (const key of await keysInLine(rows, some)) said.add(key);
  }
  return said;
}
