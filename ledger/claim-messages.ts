import type { Rows } from '../prisma/database.ts';
import { dueMessages, firstDueAt, giveUpMessages, takeMessages } from '../prisma/line-of-messages.ts';
import { idsOf, type OutboxRow } from './outbox.ts';
import { receiversWithShare, type Shares, WITHOUT_SHARES, withinShares } from './shares.ts';
import type { Store } from './store.ts';

/** Answers to what somebody did, and what nobody waits for. */
export type Lane = 'answers' | 'notices';

export interface Claimed {
  rows: OutboxRow[];
  /** It was taken before by somebody who never came back: nothing else is to be under way with it. */
  isSuspect: boolean;
  /** When there will be more, as far as is known: at once, where something was taken. */
  nextDueAt: Date | undefined;
}

/** What is to be taken. */
export interface Claiming {
  lane: Lane;
  now: Date;
  most: number;
  /** Absent: one receiver may have all of it. */
  shares?: Shares;
}

/**
 * Takes up to `most` messages that are due, so that nobody else sends them for the length of the lease. Taking counts
 * as an attempt, and what was taken too often without an end is given up: a message that brings the process down is
 * not tried forever. Whose lease ran out is taken alone, so that such a message drags no other down with it.
 */
export async function claim(store: Store, claiming: Claiming): Promise<Claimed> {
  const { now } = claiming;
  const nextDueAt = await firstDueAt(store.database.rows, amongOf(claiming));
  if (!nextDueAt || nextDueAt > now) return { rows: [], isSuspect: false, nextDueAt };
  const { leaseSeconds, maxAttempts } = store.rules.delivery;
  return store.database.write(async (rows) => {
    const due = await dueMessages(rows, amongOf(claiming), claiming.most);
    const isSpent = ({ attempts }: OutboxRow) => attempts >= maxAttempts;
    await giveUpMessages(rows, idsOf(due.filter(isSpent)), 'taken too often without an end');
    const found = withinShares(
      due.filter((row) => !isSpent(row)),
      claiming.shares ?? WITHOUT_SHARES,
    );
    const suspect = found.findIndex((row) => row.leaseUntil !== null);
    const taken = suspect === -1 ? found : found.slice(0, Math.max(suspect, 1));
    // Who took it and never came back may have sent it.
    const takenAt = taken[0]?.leaseUntil ? taken[0].leaseUntil.getTime() - leaseSeconds * 1000 : undefined;
    const unsure = takenAt === undefined ? {} : { uncertainAt: taken[0]?.uncertainAt ?? new Date(takenAt) };
    return { rows: await take(store, rows, now, taken, unsure), isSuspect: suspect === 0, nextDueAt };
  });
}

/** The same within a transaction that goes on, where all that is due was never taken before: else nothing is. */
export async function claimWithin(store: Store, rows: Rows, claiming: Claiming): Promise<OutboxRow[]> {
  const due = await dueMessages(rows, amongOf(claiming), claiming.most);
  if (due.some(({ attempts }) => attempts > 0)) return [];
  return take(store, rows, claiming.now, withinShares(due, claiming.shares ?? WITHOUT_SHARES), {});
}

const amongOf = ({ lane, now, shares }: Claiming) => ({
  areAnswers: lane === 'answers',
  passedOver: shares ? receiversWithShare(shares) : [],
  at: now,
});

async function take(
  { rules }: Store,
  rows: Rows,
  now: Date,
  messages: readonly OutboxRow[],
  unsure: { uncertainAt?: Date },
): Promise<OutboxRow[]> {
  if (messages.length === 0) return [];
  const leaseUntil = new Date(now.getTime() + rules.delivery.leaseSeconds * 1000);
  const change = { leaseUntil, ...unsure };
  await takeMessages(rows, idsOf(messages), change);
  return messages.map((row) => ({ ...row, attempts: row.attempts + 1, ...change }));
}
