import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { atEnd, type Rows } from '../ledger/store.ts';
import type { House } from './house.ts';
import { Overfull } from './limits/overfull.ts';
import type { Inbound } from './platform.ts';
import { inRounds } from './rounds.ts';
import { storeInbound, storeWithin } from './store-inbound.ts';

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
  /** What waits to be stored comes along with this transaction; where that is undone, it waits again. */
  comeAlong(rows: Rows): Promise<void>;
  /** Whether a crowd was stored since the last was seen. */
  isCrowd(): boolean;
  crowdSeen(): void;
}

interface Arriving {
  inbound: Inbound;
  /** Called when it is in the record. */
  stored: (() => void) | undefined;
}

/** @param areMany whether several write just now */
export function openStoring(house: House, areMany: () => boolean): Storing {
  let arriving: Arriving[] = [];
  const { lead, kept } = house.store.database;
  let isCrowd = false;
  /** The end of the transaction with which some come along. */
  let carried: Promise<void> | undefined;
  let storedAt = Number.NEGATIVE_INFINITY;
  const isBusy = () => performance.now() - storedAt < BUSY_MS && (arriving.length > 1 || areMany());
  const storeArriving = inRounds(async () => {
    // What else has reached the machine by now comes with it; while many write, what reaches it in the next moments too.
    if (isBusy()) await wait(TOGETHER_MS);
    else await breathe();
    await carried;
    const batch = arriving;
    arriving = [];
    if (batch.length === 0) return { isKept: true };
    isCrowd = batch.length >= CROWD;
    const isSettledSoon = batch.length === 1 && batch[0]?.stored !== undefined && lead.isOurs;
    const isAlone = isSettledSoon && !areMany();
    await storeInbound(house, inboundOf(batch), isAlone);
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
    async comeAlong(rows) {
      const batch = arriving;
      if (batch.length === 0) return;
      arriving = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      carried = promise;
      const ended = (): void => {
        carried = undefined;
        resolve();
      };
      const undone = (): void => {
        arriving = [...batch, ...arriving];
        ended();
      };
      const committed = (): void => {
        ended();
        for (const { stored } of batch) stored?.();
      };
      atEnd(rows, { committed, undone });
      await storeWithin(house, rows, inboundOf(batch));
    },
    isCrowd: () => isCrowd,
    crowdSeen() {
      isCrowd = false;
    },
  };
}

const inboundOf = (batch: readonly Arriving[]): Inbound[] => batch.map(({ inbound }) => inbound);
