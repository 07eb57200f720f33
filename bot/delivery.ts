import { setTimeout as wait } from 'node:timers/promises';
import { claim, claimWithin, type Lane, type Room } from '../ledger/claim-messages.ts';
import type { OutboxRow } from '../ledger/outbox.ts';
import { isAnyShareFull } from '../ledger/shares.ts';
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
  const going: Going = { house, lane, routing, sending, isSuspectUnderWay: false, counted: 0 };
  const worker = openWorker(house, {
    name: `delivery of ${lane}`,
    async round(stopping) {
      isStopping = stopping;
      if (lane === 'notices') await routing.look();
      return deliver(going, stopping);
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
      const room = roomIn(going);
      if (room.most === 0 || going.isSuspectUnderWay || isStopping() || sending.fault) return;
      const taken = await claimWithin(house.store, rows, { room: () => room, lane, now: house.now() });
      if (taken.length === 0) return;
      const committed = () =>
        void send(taken).catch((fault) =>
          house.log.error({ err: fault }, 'answers wait for their leases to end'),
        );
      atEnd(rows, { committed });
    },
    async stop() {
      await worker.stop();
      // Who does not lead any more makes no more rounds, and has answers under way all the same.
      await sending.all();
    },
  };
}

/** How a lane's messages go. */
interface Going {
  readonly house: House;
  readonly lane: Lane;
  readonly routing: Routing;
  readonly sending: Sending;
  /** Nothing else is to be under way with it. */
  isSuspectUnderWay: boolean;
  /** How many of those that went out were told of by a round. */
  counted: number;
}

const roomIn = ({ house, sending }: Going): Room => ({
  most: Math.max(0, house.store.rules.delivery.concurrency - sending.underWay.size),
  shares: { most: MOST_TO_ONE, underWay: new Map(sending.underWayTo) },
});

/** Sends what is due until nothing is, or until it is told to stop: then it finishes what is under way. */
async function deliver(going: Going, isStopping: () => boolean): Promise<Round> {
  const { house, lane, routing, sending } = going;
  const { concurrency } = house.store.rules.delivery;
  const { underWay } = sending;
  let nextDueAt: Date | undefined;
  while (!isStopping() && !sending.fault) {
    let room = roomIn(going);
    const latest = () => {
      room = roomIn(going);
      return room;
    };
    const claimed = await claim(house.store, { room: latest, lane, now: house.now() });
    ({ nextDueAt } = claimed);
    going.isSuspectUnderWay = claimed.isSuspect;
    if (claimed.isSuspect) await sending.all();
    for (const trip of await routing.route(claimed.rows)) sending.start(trip);
    const isPart = claimed.rows.length < room.most;
    if (claimed.isSuspect) await sending.all();
    // What hangs keeps nobody waiting who comes later.
    else if (isPart) await Promise.race([Promise.all(underWay), wait(LOOK_AGAIN_MS)]);
    going.isSuspectUnderWay = false;
    // Whoever puts something in line asks for another round.
    const isAll = isPart && !claimed.isSuspect && !isAnyShareFull(room.shares, claimed.rows);
    if (isAll && underWay.size === 0) break;
    while (underWay.size > concurrency / 2) await Promise.race(underWay);
  }
  await sending.all();
  const fault = sending.takeFault();
  if (fault) throw fault.value;
  const done = sending.sent - going.counted;
  going.counted = sending.sent;
  return { done, nextDueAt };
}
