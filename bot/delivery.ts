import { setTimeout as wait } from 'node:timers/promises';
import { claim, type Lane, release } from '../ledger/outbox.ts';
import { isAnyShareFull, receiverOf } from '../ledger/shares.ts';
import type { House } from './house.ts';
import { openRouting, type Routing, type Trip } from './routing.ts';
import { sendOne } from './send-one.ts';
import { openSettling } from './settle-sent.ts';
import { openWorker, type Round, type Worker } from './worker.ts';

/** How soon it is looked for more while something is under way. */
const LOOK_AGAIN_MS = 100;
/** What one receiver has under way at most: it goes one after the other, and more of it would only take the others' places. */
const MOST_TO_ONE = 4;

/** Delivers the messages of one lane, so that an answer need not wait behind a thousand digests. */
export function openLane(house: House, lane: Lane): Worker {
  const routing = openRouting(house);
  return openWorker(house, {
    name: `delivery of ${lane}`,
    async round(isStopping) {
      if (lane === 'notices') await routing.look();
      return deliver(house, lane, routing, isStopping);
    },
  });
}

/** Sends what is due until nothing is, or until it is told to stop: then it finishes what is under way. */
async function deliver(
  house: House,
  lane: Lane,
  routing: Routing,
  isStopping: () => boolean,
): Promise<Round> {
  const { concurrency } = house.store.rules.delivery;
  const sending = openSending(house, isStopping);
  const { underWay } = sending;
  let nextDueAt: Date | undefined;
  while (!isStopping() && !sending.fault) {
    const most = concurrency - underWay.size;
    const shares = { most: MOST_TO_ONE, underWay: new Map(sending.underWayTo) };
    const claimed = await claim(house.store, house.now(), lane, most, shares);
    ({ nextDueAt } = claimed);
    if (claimed.isSuspect) await Promise.all(underWay);
    for (const trip of await routing.route(claimed.rows)) sending.start(trip);
    if (claimed.isSuspect) await Promise.all(underWay);
    // What hangs keeps nobody waiting who comes later.
    else if (claimed.rows.length < most) await Promise.race([Promise.all(underWay), wait(LOOK_AGAIN_MS)]);
    // Whoever puts something in line asks for another round.
    const isAll = claimed.rows.length < most && !claimed.isSuspect && !isAnyShareFull(shares, claimed.rows);
    if (isAll && underWay.size === 0) break;
    while (underWay.size > concurrency / 2) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (sending.fault) throw sending.fault.value;
  return { done: sending.sent, nextDueAt };
}

/** Messages on their way at the same time; what one person gets comes in the order in which it was said. */
interface Sending {
  /** None of them rejects. */
  readonly underWay: ReadonlySet<Promise<void>>;
  /** How many of them, by receiver. */
  readonly underWayTo: ReadonlyMap<string, number>;
  readonly sent: number;
  /** Why nothing can be settled now, such as a full disk. */
  readonly fault: { value: unknown } | undefined;
  start(trip: Trip): void;
}

function openSending(house: House, isStopping: () => boolean): Sending {
  const underWay = new Set<Promise<void>>();
  const settleSent = openSettling(house, () => underWay.size);
  const underWayTo = new Map<string, number>();
  const lastTo = new Map<string, Promise<void>>();
  let sent = 0;
  let fault: Sending['fault'];
  const one = async (trip: Trip, before: Promise<void>) => {
    await before;
    try {
      if (isStopping() || fault) await release(house.store, [trip.row]);
      else if (await sendOne(house, trip, settleSent)) sent += 1;
    } catch (value) {
      fault ??= { value };
    }
  };
  return {
    underWay,
    underWayTo,
    get sent() {
      return sent;
    },
    get fault() {
      return fault;
    },
    start(trip) {
      const receiver = receiverOf(trip.row);
      const mine = one(trip, lastTo.get(receiver) ?? Promise.resolve());
      const done = mine.then(() => {
        underWay.delete(done);
        underWayTo.set(receiver, (underWayTo.get(receiver) ?? 1) - 1);
        if (lastTo.get(receiver) !== done) return;
        lastTo.delete(receiver);
        underWayTo.delete(receiver);
      });
      underWayTo.set(receiver, (underWayTo.get(receiver) ?? 0) + 1);
      lastTo.set(receiver, done);
      underWay.add(done);
    },
  };
}
