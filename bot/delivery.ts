import { setTimeout as wait } from 'node:timers/promises';
import { claim, type Lane, release } from '../ledger/outbox.ts';
import { isAnyShareFull, receiverOf } from '../ledger/shares.ts';
import type { House } from './house.ts';
import { openRouting, type Routing, type Trip } from './routing.ts';
import { sendOne } from './send-one.ts';
import { openSettling, type Went } from './settle-sent.ts';
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
  /** Resolves once all went out that are on their way, and it stands in the record; never rejects. */
  all(): Promise<void>;
}

function openSending(house: House, isStopping: () => boolean): Sending {
  const underWay = new Set<Promise<void>>();
  const underWayTo = new Map<string, number>();
  const lastTo = new Map<string, Promise<void>>();
  const settling = new Set<Promise<void>>();
  let [sending, sent] = [0, 0];
  let fault: Sending['fault'];
  const failed = (value: unknown): void => {
    fault ??= { value };
  };
  const settle = openSettling(house, () => sending > 0);
  const settled = (went: Went): Promise<void> => {
    const written: Promise<void> = settle(went)
      .catch(failed)
      .then(() => void settling.delete(written));
    settling.add(written);
    return written;
  };
  /** @returns once it went out; `written`: once that stands in the record, too */
  const one = async (trip: Trip, before: Promise<void>): Promise<{ written: Promise<void> }> => {
    await before;
    let written = Promise.resolve();
    sending += 1;
    try {
      if (isStopping() || fault) await release(house.store, [trip.row]);
      else if (await sendOne(house, trip, (went) => (written = settled(went)))) sent += 1;
    } catch (value) {
      failed(value);
    }
    sending -= 1;
    return { written };
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
      // Others need not wait until it stands in the record; who gets it waits, so that little goes out where nothing can be written.
      const done = mine.then(() => {
        underWay.delete(done);
        underWayTo.set(receiver, (underWayTo.get(receiver) ?? 1) - 1);
      });
      const order = mine
        .then(({ written }) => written)
        .then(() => {
          if (lastTo.get(receiver) !== order) return;
          lastTo.delete(receiver);
          underWayTo.delete(receiver);
        });
      underWayTo.set(receiver, (underWayTo.get(receiver) ?? 0) + 1);
      lastTo.set(receiver, order);
      underWay.add(done);
    },
    async all() {
      await Promise.all(underWay);
      await Promise.all(settling);
    },
  };
}
