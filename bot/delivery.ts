import { setTimeout as wait } from 'node:timers/promises';
import { claim, claimWithin, type Lane } from '../ledger/claim-messages.ts';
import type { OutboxRow } from '../ledger/outbox.ts';
import { isAnyShareFull, type Shares } from '../ledger/shares.ts';
import { atEnd, type Rows } from '../ledger/store.ts';
import type { House } from './house.ts';
import { openRouting, type Routing } from './routing.ts';
import { openSending, type Sending } from './sending.ts';
import { openWorker, type Round, type Worker } from './worker.ts';

/** How soon it is looked for more while something is under way. */
const LOOK_AGAIN_MS = 100;
/** What one receiver has under way at most: it goes one after the other, and more of it would only take the others' places. */
const MOST_TO_ONE = 4;

export interface Delivery extends Worker {
  /**
   * Takes what is due, within the transaction that puts it in line, and sends it once that is committed: one commit in place of
   * two. What there is no room for now goes the usual way.
   */
  takeWith(rows: Rows): Promise<void>;
}

/** Delivers the messages of one lane, so that an answer need not wait behind a thousand digests. */
export function openLane(house: House, lane: Lane): Delivery {
  const routing = openRouting(house);
  let isStopping = () => false;
  const sending = openSending(house, () => isStopping());
  const worker = openWorker(house, {
    name: `delivery of ${lane}`,
    async round(stopping) {
      isStopping = stopping;
      if (lane === 'notices') await routing.look();
      return deliver(house, lane, routing, sending, stopping);
    },
  });
  const send = async (taken: readonly OutboxRow[]): Promise<void> => {
    for (const trip of await routing.route(taken)) sending.start(trip);
    worker.kick();
  };
  return {
    ...worker,
    get done() {
      return worker.done;
    },
    async takeWith(rows) {
      const room = roomIn(house, sending);
      if (room.most <= 0 || isStopping() || sending.fault) return;
      const taken = await claimWithin(house.store, rows, { ...room, lane, now: house.now() });
      if (taken.length === 0) return;
      const committed = () =>
        void send(taken).catch((fault) => house.log.error({ err: fault }, 'answers are given back'));
      atEnd(rows, { committed });
    },
  };
}

const roomIn = ({ store }: House, { underWay, underWayTo }: Sending): { most: number; shares: Shares } => ({
  most: store.rules.delivery.concurrency - underWay.size,
  shares: { most: MOST_TO_ONE, underWay: new Map(underWayTo) },
});

/** Sends what is due until nothing is, or until it is told to stop: then it finishes what is under way. */
async function deliver(
  house: House,
  lane: Lane,
  routing: Routing,
  sending: Sending,
  isStopping: () => boolean,
): Promise<Round> {
  const { concurrency } = house.store.rules.delivery;
  const { underWay } = sending;
  const before = sending.sent;
  let nextDueAt: Date | undefined;
  while (!isStopping() && !sending.fault) {
    const room = roomIn(house, sending);
    const { most, shares } = room;
    const claimed = await claim(house.store, { ...room, lane, now: house.now() });
    ({ nextDueAt } = claimed);
    if (claimed.isSuspect) await sending.all();
    for (const trip of await routing.route(claimed.rows)) sending.start(trip);
    if (claimed.isSuspect) await sending.all();
    // What hangs keeps nobody waiting who comes later.
    else if (claimed.rows.length < most) await Promise.race([Promise.all(underWay), wait(LOOK_AGAIN_MS)]);
    // Whoever puts something in line asks for another round.
    const isAll = claimed.rows.length < most && !claimed.isSuspect && !isAnyShareFull(shares, claimed.rows);
    if (isAll && underWay.size === 0) break;
    while (underWay.size > concurrency / 2) await Promise.race(underWay);
  }
  await sending.all();
  return { done: sending.sent - before, nextDueAt };
}
