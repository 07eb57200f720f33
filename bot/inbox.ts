import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { openFileFetching } from './file-fetching.ts';
import type { House } from './house.ts';
import type { Inbound } from './platform.ts';
import { inRounds } from './rounds.ts';
import { type Going, settleSome } from './settle-some.ts';
import { openStoring } from './storing.ts';

/** The wait after nothing could be settled at all, such as on a full disk. */
const PAUSE_MS = 1000;

/** A crowd is stored and acknowledged before the first of it is settled, for so long at most: the platform waits for that alone, and each commit carries more. */
const CROWD_FIRST_MS = 2000;
/** So long it is still settled when the service ends: a crowd that goes on coming is stored for the next start. */
const LAST_WORK_MS = 5000;
/** Where several were settled together just now, it is waited so long for more of them. */
const GATHER_MS = 15;

/** The messages that came in and are not settled yet. */
export interface Inbox {
  /**
   * Resolves once the message is stored durably. One that is known already is not stored again.
   * @throws Overfull when more wait to be stored than `rules.limits.waiting`: nothing of it is kept
   */
  store(inbound: Inbound): Promise<void>;
  /** The same, and it is settled as soon as it is in the record. */
  take(inbound: Inbound): Promise<void>;
  /** There may be something to settle. What cannot be settled now is tried again after a pause. */
  kick(): void;
  /** Settles everything that waits, in the order in which it came. */
  work(): Promise<void>;
  /** The same, and waits for the files that are fetched meanwhile. */
  idle(): Promise<void>;
  /** Settles what waits, for a few seconds at most, and starts nothing more. What is left and what still comes is for the next start. */
  stop(): Promise<void>;
}

/** @param settled called after something was settled: there may be messages to deliver */
export function openInbox(house: House, settled: () => void): Inbox {
  const { lead } = house.store.database;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** Until when a crowd goes first in this round; absent: none came in it yet. */
  let crowdUntil: number | undefined;
  const fetching = openFileFetching(house, () => kick());
  const storing = openStoring(house, () => going.together > 1);
  const going: Going = {
    house,
    fetching,
    isStopping: () => stopped,
    isHurried: () => storing.waiting > 0,
    isCrowdFirst: () => storing.isCrowd && (crowdUntil === undefined || performance.now() < crowdUntil),
    comeAlong: storing.comeAlong,
    settled,
    alone: 0,
    together: 0,
  };
  const work = inRounds(async () => {
    // What comes in meanwhile asks for a round of its own.
    crowdUntil = undefined;
    await gather(true);
    while (!stopped && lead.isOurs && (await settleSome(going))) await gather();
  });
  const kick = () => {
    if (!lead.isOurs) return lead.call();
    work().catch((fault) => {
      house.log.error({ err: fault }, 'nothing can be settled now');
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(kick, PAUSE_MS);
    });
  };
  const gather = async (isFirst = false) => {
    if (stopped || !lead.isOurs) return;
    // Who is the first of a crowd shows as soon as the network is listened to once more.
    if (isFirst) await breathe();
    if (going.isCrowdFirst()) {
      crowdUntil ??= performance.now() + CROWD_FIRST_MS;
      await storing.crowdThrough(crowdUntil);
    } else if (isFirst && going.together > 1) await wait(GATHER_MS);
  };
  return {
    store: (inbound) => storing.store(inbound),
    take: (inbound) => storing.store(inbound, { stored: kick }),
    kick,
    work,
    async idle() {
      await work();
      while (fetching.underWay.size > 0) {
        await fetching.idle();
        await work();
      }
    },
    async stop() {
      const last = work().catch((fault) =>
        house.log.error({ err: fault }, 'messages wait for the next start'),
      );
      await Promise.race([last, wait(LAST_WORK_MS, undefined, { ref: false })]);
      stopped = true;
      clearTimeout(timer);
      await fetching.stop();
      await work();
    },
  };
}
