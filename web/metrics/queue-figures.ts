import { chainHead } from '../../ledger/audit/trail.ts';
import type { Rows } from '../../ledger/store.ts';

/** What waits in the database, as counts and ages: nothing of what it says or whom it is for. */
export interface QueueFigures {
  outbox: {
    /** All that are to go out, also those whose time has not come. */
    waiting: number;
    /** Of these, tried or refused at least once. */
    heldUp: number;
    /** Given up. */
    dead: number;
  };
  /** How long ago the first message that nobody has taken fell due, seconds; 0 where none is due. */
  oldestDueSeconds: number;
  /** Came in and not settled. */
  inbox: number;
  /** How long ago the first of these came in, seconds; 0 where there is none. */
  oldestInboxSeconds: number;
  /** The number of the last record of the chain. */
  records: number;
}

/** Each of these is answered by an index over what is still open; nothing reads what was sent or settled. */
export async function readQueueFigures(rows: Rows, now: Date): Promise<QueueFigures> {
  const { outbox, inbox } = rows;
  const isFree = { state: 'waiting', leaseUntil: null };
  const due = await outbox.findFirst({
    where: { ...isFree, notBefore: { lte: now } },
    orderBy: { notBefore: 'asc' },
    select: { notBefore: true },
  });
  const first = await inbox.findFirst({ orderBy: { receivedAt: 'asc' }, select: { receivedAt: true } });
  return {
    outbox: {
      waiting: await outbox.count({ where: { state: 'waiting' } }),
      heldUp: await outbox.count({ where: { ...isFree, lastError: { not: null } } }),
      dead: await outbox.count({ where: { state: 'dead' } }),
    },
    oldestDueSeconds: secondsSince(due?.notBefore, now),
    inbox: await inbox.count(),
    oldestInboxSeconds: secondsSince(first?.receivedAt, now),
    records: (await chainHead(rows)).seq,
  };
}

/** A clock that was set back makes nothing younger than new. */
const secondsSince = (at: Date | undefined, now: Date): number =>
  at ? Math.max(0, (now.getTime() - at.getTime()) / 1000) : 0;
