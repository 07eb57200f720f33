import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { atEnd, type Rows } from '../ledger/store.ts';
import type { House } from './house.ts';
import { Overfull } from './limits/overfull.ts';
import type { Inbound } from './platform.ts';
import { inGroups } from './rounds.ts';
import { goesTogether } from './settle-together.ts';
import { storeInbound, storeWithin } from './store-inbound.ts';

/** So many that are stored at once are a crowd: more of them follow. */
const CROWD = 8;
/** Where nothing came for so long, a crowd is through. */
const QUIET_MS = 8;
/** How often it is looked whether it is. */
const LOOK_MS = 2;
/** As long as more of them reach the machine at every look, they are waited for, for so long at most: one commit carries them all. */
const GATHER_MS = 12;
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
  /** Whether a crowd comes in: that many were stored at once, or wait to be. */
  readonly isCrowd: boolean;
  /** Resolves once the crowd is through, or at that moment of `performance.now()`. */
  crowdThrough(until: number): Promise<void>;
}

interface Arriving {
  inbound: Inbound;
  /** Called when it is in the record. */
  stored: (() => void) | undefined;
}

/** @property isKept whether it is on the disk, too */
interface Stored {
  isKept: boolean;
}

const since = (moment: number): number => performance.now() - moment;

/** @param areMany whether several write just now */
export function openStoring(house: House, areMany: () => boolean): Storing {
  const { lead, kept } = house.store.database;
  let isCrowd = false;
  let cameAt = Number.NEGATIVE_INFINITY;
  let underWay = 0;
  let storedAt = Number.NEGATIVE_INFINITY;
  /** Commands alone: what shows something may take longer than an acknowledgement should wait. */
  const isSettledSoon = ({ inbound, stored }: Arriving) =>
    stored !== undefined && lead.isOurs && goesTogether(house, inbound);
  const write = async (batch: readonly Arriving[]): Promise<Stored> => {
    isCrowd = batch.length >= CROWD;
    const isAlone = batch.length === 1 && !areMany() && batch.every(isSettledSoon);
    underWay += 1;
    await storeInbound(house, inboundOf(batch), { isOnlyProgress: isAlone }).finally(() => {
      underWay -= 1;
    });
    storedAt = performance.now();
    for (const { stored } of batch) stored?.();
    return { isKept: !isAlone };
  };
  const arriving = inGroups<Arriving, Stored>(write, async (waiting) => {
    const begun = performance.now();
    for (let before = 0; waiting() > before && since(begun) < GATHER_MS; ) {
      before = waiting();
      await breathe();
      await breathe();
    }
  });
  return {
    get waiting() {
      return arriving.waiting;
    },
    async store(inbound, { stored } = {}) {
      if (arriving.waiting >= house.store.rules.limits.waiting) throw new Overfull('messages to be stored');
      cameAt = performance.now();
      const { isKept } = await arriving.add({ inbound, stored });
      if (!isKept) await kept(KEPT_WITHIN_MS);
    },
    async comeAlong(rows) {
      if (arriving.waiting === 0) return;
      const { items, done, putBack } = arriving.take();
      const committed = (): void => {
        done({ isKept: true });
        for (const { stored } of items) stored?.();
      };
      atEnd(rows, { committed, undone: putBack });
      await storeWithin(house, rows, inboundOf(items));
    },
    get isCrowd() {
      return isCrowd || arriving.waiting >= CROWD;
    },
    async crowdThrough(until) {
      const isThrough = () =>
        arriving.waiting === 0 && underWay === 0 && since(Math.max(cameAt, storedAt)) >= QUIET_MS;
      do {
        await wait(LOOK_MS);
        // What reached the machine while the thread was busy is heard first.
        await breathe();
        await breathe();
      } while (performance.now() < until && !isThrough());
      isCrowd = false;
    },
  };
}

const inboundOf = (batch: readonly Arriving[]): Inbound[] => batch.map(({ inbound }) => inbound);
