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

/** How many may be taken, and by whom. */
export interface Room {
  most: number;
  shares: Shares;
}

/** What is to be taken. @property room asked for when it is this one's turn to write */
export interface Claiming {
  lane: Lane;
  now: Date;
  room: () => Room;
}

/** Room for so many, whoever gets them. */
export const roomFor = (most: number) => (): Room => ({ most, shares: WITHOUT_SHARES });

/**
 * Takes messages that are due, as many as there is room for, so that nobody else sends them for the length of the lease. Taking counts
 * as an attempt, and what was taken too often without an end is given up: a message that brings the process down is
 * not tried forever. Whose lease ran out is taken alone, so that such a message drags no other down with it.
 */
export async function claim(store: Store, claiming: Claiming): Promise<Claimed> {
  const { lane, now, room } = claiming;
  const nextDueAt = await firstDueAt(store.database.rows, amongOf(lane, now, room()));
  if (!nextDueAt || nextDueAt > now) return { rows: [], isSuspect: false, nextDueAt };
  const { maxAttempts } = store.rules.delivery;
  return store.database.write(async (rows) => {
    const { due, shares } = await dueNow(store, rows, claiming);
    const isSpent = ({ attempts }: OutboxRow) => attempts >= maxAttempts;
    await giveUpMessages(rows, idsOf(due.filter(isSpent)), 'taken too often without an end');
    const found = withinShares(
      due.filter((row) => !isSpent(row)),
      shares,
    );
    const suspect = found.findIndex((row) => row.leaseUntil !== null);
    const taken = suspect === -1 ? found : found.slice(0, Math.max(suspect, 1));
    const uncertainAt = taken[0] && uncertainSince(store, taken[0]);
    const unsure = uncertainAt ? { uncertainAt } : {};
    return { rows: await take(store, rows, now, taken, unsure), isSuspect: suspect === 0, nextDueAt };
  });
}

/** The same within a transaction that goes on, where all that is due was never taken before: else nothing is. */
export async function claimWithin(store: Store, rows: Rows, claiming: Claiming): Promise<OutboxRow[]> {
  const { due, shares } = await dueNow(store, rows, claiming);
  if (due.some(({ attempts }) => attempts > 0)) return [];
  return take(store, rows, claiming.now, withinShares(due, shares), {});
}

/** Who took it and never came back may have sent it, from then on. */
const uncertainSince = ({ rules }: Store, { leaseUntil, uncertainAt }: OutboxRow): Date | undefined =>
  leaseUntil
    ? (uncertainAt ?? new Date(leaseUntil.getTime() - rules.delivery.leaseSeconds * 1000))
    : undefined;

/** Whoever took messages has ended for certain: they are due at once, as those are whose leases ran out. */
export async function endLeases(store: Store, now: Date): Promise<void> {
  const where = { state: 'waiting', leaseUntil: { gt: now } };
  if ((await store.database.rows.outbox.findFirst({ where, select: { id: true } })) === null) return;
  await store.database.write(async ({ outbox }) => {
    for (const row of await outbox.findMany({ where }))
      await outbox.update({
        where: { id: row.id },
        data: { leaseUntil: now, uncertainAt: uncertainSince(store, row) ?? null },
      });
  });
}

/** Asked for in one number, so that it is one statement that stays prepared. */
async function dueNow({ rules }: Store, rows: Rows, { lane, now, room }: Claiming) {
  const { most, shares } = room();
  if (most <= 0) return { due: [], shares };
  const due = await dueMessages(
    rows,
    amongOf(lane, now, { shares }),
    Math.max(most, rules.delivery.concurrency),
  );
  return { due: due.slice(0, most), shares };
}

const amongOf = (lane: Lane, at: Date, { shares }: Pick<Room, 'shares'>) => ({
  areAnswers: lane === 'answers',
  passedOver: receiversWithShare(shares),
  at,
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
