import { pullToPresent } from '../ledger/clock-went-back.ts';
import type { House } from './house.ts';
import { openWorker, type Worker } from './worker.ts';

/** Clocks are set right by less all the time. */
const TOLERATED_MS = 1000;
const LOOK_EVERY_MS = 1000;

/**
 * Notices when the clock has gone back, also while the service was down, and pulls what waits for a time that is ahead
 * again to the present.
 * @param wentBack called each time
 */
export function keepTime(house: Pick<House, 'store' | 'now' | 'log'>, wentBack: () => void): Worker {
  let seen: Date | undefined;
  return openWorker(house, {
    name: 'looking at the clock',
    async round() {
      const now = house.now();
      const byMs = seen ? seen.getTime() - now.getTime() : undefined;
      const isBack = byMs !== undefined && byMs > TOLERATED_MS;
      const pulled = seen === undefined || isBack ? await pullToPresent(house.store, now) : 0;
      seen = now;
      if (isBack) {
        house.log.warn({ byMs, pulled }, 'the clock went back: what waited for a later time goes out now');
        wentBack();
      }
      return { done: pulled, nextDueAt: new Date(now.getTime() + LOOK_EVERY_MS) };
    },
  });
}
