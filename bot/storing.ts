import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import type { House } from './house.ts';
import { Overfull } from './limits/overfull.ts';
import type { Inbound } from './platform.ts';
import { inRounds } from './rounds.ts';
import { storeInbound } from './store-inbound.ts';

/** So many that are stored at once are a crowd: more of them follow. */
const CROWD = 8;
/** Where something was stored so shortly before and several write, it is waited so long for more of them: one commit carries them all. */
const BUSY_MS = 50;
const TOGETHER_MS = 5;

/** What comes in while others are being stored is stored with the next commit, all of it at once. */
export interface Storing {
  /** How many wait to be stored. */
  readonly waiting: number;
  /**
   * Resolves once the message is stored durably.
   * @throws Overfull when more wait to be stored than `rules.limits.waiting`: nothing of it is kept
   */
  store(inbound: Inbound): Promise<void>;
  /** Whether a crowd was stored since the last was seen. */
  isCrowd(): boolean;
  crowdSeen(): void;
}

/** @param areMany whether several write just now */
export function openStoring(house: House, areMany: () => boolean): Storing {
  let arriving: Inbound[] = [];
  let isCrowd = false;
  let storedAt = Number.NEGATIVE_INFINITY;
  const isBusy = () => performance.now() - storedAt < BUSY_MS && (arriving.length > 1 || areMany());
  const storeArriving = inRounds(async () => {
    // What else has reached the machine by now comes with it; while many write, what reaches it in the next moments too.
    if (isBusy()) await wait(TOGETHER_MS);
    else await breathe();
    const batch = arriving;
    arriving = [];
    isCrowd = batch.length >= CROWD;
    await storeInbound(house, batch);
    storedAt = performance.now();
  });
  return {
    get waiting() {
      return arriving.length;
    },
    async store(inbound) {
      if (arriving.length >= house.store.rules.limits.waiting) throw new Overfull('messages to be stored');
      arriving.push(inbound);
      return storeArriving();
    },
    isCrowd: () => isCrowd,
    crowdSeen() {
      isCrowd = false;
    },
  };
}
