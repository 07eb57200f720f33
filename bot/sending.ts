import { release } from '../ledger/outbox.ts';
import { receiverOf } from '../ledger/shares.ts';
import type { House } from './house.ts';
import type { Trip } from './routing.ts';
import { sendOne } from './send-one.ts';
import { openSettling, type Went } from './settle-sent.ts';

/** Messages on their way at the same time; what one person gets comes in the order in which it was said. */
export interface Sending {
  /** None of them rejects. */
  readonly underWay: ReadonlySet<Promise<void>>;
  /** How many of them, by receiver. */
  readonly underWayTo: ReadonlyMap<string, number>;
  /** How many went out so far. */
  readonly sent: number;
  /** Why nothing can be settled now, such as a full disk: what is to go is given back. */
  readonly fault: { value: unknown } | undefined;
  start(trip: Trip): void;
  /** Resolves once all went out that are on their way, and it stands in the record; never rejects. */
  all(): Promise<void>;
  /** The fault is over. @returns it */
  takeFault(): Sending['fault'];
}

export function openSending(house: House, isStopping: () => boolean): Sending {
  const turns = openTurns();
  const settling = new Set<Promise<void>>();
  const sending = new Set<Trip>();
  let sent = 0;
  let fault: Sending['fault'];
  const failed = (value: unknown): void => {
    fault ??= { value };
  };
  const settle = openSettling(house, () => sending.size > 0);
  const settled = (went: Went): Promise<void> => {
    const written: Promise<void> = settle(went)
      .catch(failed)
      .then(() => void settling.delete(written));
    settling.add(written);
    return written;
  };
  const one = async (trip: Trip): Promise<Out> => {
    let written = Promise.resolve();
    sending.add(trip);
    const noteSent = (went: Went): void => {
      sending.delete(trip);
      written = settled(went);
    };
    try {
      if (isStopping() || fault) await release(house.store, [trip.row]);
      else if (await sendOne(house, trip, noteSent)) sent += 1;
    } catch (value) {
      failed(value);
    }
    sending.delete(trip);
    return { written };
  };
  return {
    underWay: turns.underWay,
    underWayTo: turns.underWayTo,
    get sent() {
      return sent;
    },
    get fault() {
      return fault;
    },
    start: (trip) => turns.take(receiverOf(trip.row), () => one(trip)),
    async all() {
      await Promise.all(turns.underWay);
      await Promise.all(settling);
    },
    takeFault() {
      const met = fault;
      fault = undefined;
      return met;
    },
  };
}

/** A message that went out, or did not. @property written resolves once that stands in the record */
interface Out {
  written: Promise<void>;
}

/**
 * One after the other to each receiver, different ones at the same time. Others need not wait until it stands in the record; who
 * gets it waits, so that little goes out where nothing can be written.
 */
function openTurns() {
  const underWay = new Set<Promise<void>>();
  const underWayTo = new Map<string, number>();
  const lastTo = new Map<string, Promise<void>>();
  const take = (receiver: string, work: () => Promise<Out>): void => {
    const mine = (lastTo.get(receiver) ?? Promise.resolve()).then(work);
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
  };
  return { underWay, underWayTo, take };
}
