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
/** What takes longer to settle is on the disk by then all the same. */
const KEPT_WITHIN_MS = 25;

/** What comes in while others are being stored is stored with the next commit, all of it at once. */
export interface Storing {
  /** How many wait to be stored. */
  readonly waiting: number;
  /**
   * Resolves once the message is stored durably. Who comes alone waits for the disk once: with whatever settles his message.
   * @param options `stored`: called when it is in the record, though perhaps not on the disk
   * @throws Overfull when more wait to be stored than `rules.limits.waiting`: nothing of it is kept
   */
  store(inbound: Inbound, options?: { stored?: () => void }): Promise<void>;
  /** Whether a crowd was stored since the last was seen. */
  isCrowd(): boolean;
  crowdSeen(): void;
}

interface Arriving {
  inbound: Inbound;
  stored: (() => void) | undefined;
}

/** @param areMany whether several write just now */
export function openStoring(house: House, areMany: () => boolean): Storing {
  let arriving: Arriving[] = [];
  const { lead, kept } = house.store.database;
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
    const isSettledSoon = batch.length === 1 && batch[0]?.stored !== undefined && lead.isOurs;
    const isAlone = isSettledSoon && !areMany();
    await storeInbound(
      house,
      batch.map(({ inbound }) => inbound),
      isAlone,
    );
    storedAt = performance.now();
    for (const { stored } of batch) stored?.();
    return { isKept: !isAlone };
  });
  return {
    get waiting() {
      return arriving.length;
    },
    async store(inbound, { stored } = {}) {
      if (arriving.length >= house.store.rules.limits.waiting) throw new Overfull('messages to be stored');
      arriving.push({ inbound, stored });
      const { isKept } = await storeArriving();
      if (!isKept) await kept(KEPT_WITHIN_MS);
    },
    isCrowd: () => isCrowd,
    crowdSeen() {
      isCrowd = false;
    },
  };
}
