import { v7 as uuidv7 } from 'uuid';
import type { Row, Rows } from '../prisma/database.ts';
import { insertMessages, markSent, type NewMessage, type WentBy } from '../prisma/line-of-messages.ts';
import { asOne, type Gathered } from './gathered.ts';
import { type Held, holdCards } from './held-card.ts';
import type { Content } from './message.ts';
import type { Store } from './store.ts';

/** A message to be sent. */
export interface Outgoing {
  /** Says what this message is: a second one with the same key is not kept. */
  key: string;
  personId: string;
  content: Kept;
  /** Where an answer belongs; absent: any account of the person. */
  address?: Address;
  notBefore: Date;
  /** What says it, where nobody's act has caused it. */
  job?: string;
  /** It goes out however much went before it that week, and uses none of it up. */
  isExempt?: boolean;
  /** Held back because enough was said that week. */
  isCarried?: boolean;
}

/** What a message in line says: what is sent, or several that go out as one. */
export type Kept = Content | Gathered;

export interface Address {
  platform: string;
  /** The person's account, or the group's id. */
  externalId: string;
  isGroup: boolean;
}

/** The place that a message is bound to. */
export const aboutOutbox = (id: string) => `outbox/${id}`;

/** Puts the message in line, inside the caller's transaction, unless one with the same key is there. */
export async function enqueue(store: Store, rows: Rows, at: Date, outgoing: Outgoing): Promise<void> {
  await enqueueAll(store, rows, at, [outgoing]);
}

/** The same for many at once. @returns how many were put in line */
export async function enqueueAll(
  store: Store,
  rows: Rows,
  at: Date,
  messages: readonly Outgoing[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const some = messages.slice(from, from + AT_ONCE);
    added += await insertMessages(
      rows,
      some.map((message) => rowOf(store, at, message)),
    );
  }
  return added;
}

/** Messages that one statement takes: SQLite has a limit of what it can be handed. */
const AT_ONCE = 200;

function rowOf(store: Store, at: Date, outgoing: Outgoing): NewMessage {
  const { key, personId, content, address, notBefore } = outgoing;
  const id = uuidv7();
  return {
    id,
    key,
    personId,
    platform: address?.platform ?? null,
    externalId: address?.externalId ?? null,
    isGroup: address?.isGroup ?? false,
    job: outgoing.job ?? null,
    isExempt: outgoing.isExempt ?? false,
    isCarried: outgoing.isCarried ?? false,
    sealed: store.keys.seal(content, aboutOutbox(id)),
    createdAt: at,
    notBefore,
    state: 'waiting',
  };
}

export type OutboxRow = Row.OutboxModel;

/** What the row says. */
export function contentOf(store: Store, row: OutboxRow): Content {
  const kept = keptOf(store, row);
  return kept.kind === 'gathered' ? asOne(kept) : kept;
}

/** The same as it is kept, so that it can be kept otherwise. */
export const keptOf = (
  { keys }: Pick<Store, 'keys'>,
  { id, sealed }: Pick<OutboxRow, 'id' | 'sealed'>,
): Kept => keys.unseal<Kept>(sealed, aboutOutbox(id));

export const idsOf = (messages: readonly OutboxRow[]): string[] => messages.map(({ id }) => id);

/** Where the lease ended and somebody else took it meanwhile, or it went out after all, it is not this one's to settle. */
const stillTaken = ({ id, leaseUntil }: OutboxRow) => ({ id, state: 'waiting', leaseUntil });

/** Gives back what was taken and not tried: it is due at once, and the taking does not count. */
export async function release(store: Store, taken: readonly OutboxRow[]): Promise<void> {
  await store.database.write((rows) =>
    rows.outbox.updateMany({
      where: { OR: taken.map(stillTaken) },
      data: { attempts: { decrement: 1 }, leaseUntil: null },
    }),
  );
}

/** The platform takes nothing before `notBefore`: this was no attempt. */
export async function postpone(store: Store, row: OutboxRow, notBefore: Date, reason: string): Promise<void> {
  await store.database.write((rows) =>
    rows.outbox.updateMany({
      where: stillTaken(row),
      data: { attempts: { decrement: 1 }, leaseUntil: null, notBefore, lastError: reason },
    }),
  );
}

/** A message that went out. */
export interface SentRow {
  row: OutboxRow;
  went: WentBy;
  held?: Held;
}

/**
 * The messages went out: what they said is not kept any longer, but with the cards that show entries. Where that is lost, their
 * leases run out, and it is known that they may have gone out.
 */
export async function settleSent(store: Store, sent: readonly SentRow[]): Promise<void> {
  const alike = Map.groupBy(sent, ({ went }) => JSON.stringify([went.via, went.notBy]));
  const work = async (rows: Rows) => {
    for (const some of alike.values()) {
      const ids = idsOf(some.map(({ row }) => row));
      // Of those that are settled together the last was sent a moment after the first. One that was taken back on its way, since
      // its receiver may not see its entry any more, stands in line no longer: its card is held all the same, and void then.
      await markSent(rows, ids, (some[0] as SentRow).went);
    }
    await holdCards(
      store,
      rows,
      sent.flatMap(({ held }) => held ?? []),
    );
  };
  await store.database.write(work, { isOnlyProgress: true });
}

/** The message did not go out: try again later, or give up where it cannot help or was tried often enough. */
export async function settleFailed(store: Store, row: OutboxRow, now: Date, failure: Failure): Promise<void> {
  const { maxAttempts, maxBackoffSeconds } = store.rules.delivery;
  const dead = failure.lasting || row.attempts >= maxAttempts;
  const notBefore = new Date(now.getTime() + backoffSeconds(row.attempts, maxBackoffSeconds) * 1000);
  await store.database.write((rows) =>
    rows.outbox.updateMany({
      where: stillTaken(row),
      data: {
        state: dead ? 'dead' : 'waiting',
        notBefore,
        leaseUntil: null,
        lastError: failure.reason,
        ...(failure.uncertain && { uncertainAt: row.uncertainAt ?? now }),
      },
    }),
  );
}

export interface Failure {
  /** In English, for the operator; carries no content and no name. */
  reason: string;
  /** Trying again cannot help. */
  lasting: boolean;
  /** Nobody knows whether it went out. */
  uncertain?: boolean;
}

/** A second after the first attempt, then e times as long after each, up to the longest wait. */
export const backoffSeconds = (attempts: number, most: number): number =>
  Math.min(Math.exp(attempts - 1), most);
