import { pullToPresent } from '../ledger/clock-went-back.ts';
import type { House } from './house.ts';
import { openWorker, type Worker } from './worker.ts';

/** Clocks are set right by less all the time. */
const TOLERATED_MS = 1000;
const LOOK_EVERY_MS = 1000;

/**
 * Notices when the clock has gone back, also while the service was down, and pulls what waits for a time that is ahead
 * again to the present.
 * @param wentBack called each time; once it resolves, what was under way has ended, and nothing more is put in line for a
 * time that was wrong
 */
export function keepTime(
  house: Pick<House, 'store' | 'now' | 'log'>,
  wentBack: () => Promise<unknown>,
): Worker {
  let seen: Date | undefined;
  let mayBeAhead = true;
  const lookAgain = () => {
    mayBeAhead = true;
  };
  const pull = (now: Date) => {
    mayBeAhead = false;
    return pullToPresent(house.store, now).catch((fault) => {
      lookAgain();
      throw fault;
    });
  };
  return openWorker(house, {
    name: 'looking at the clock',
    async round() {
      const now = house.now();
      const byMs = seen ? seen.getTime() - now.getTime() : undefined;
      const isBack = byMs !== undefined && byMs > TOLERATED_MS;
      const pulled = mayBeAhead || isBack ? await pull(now) : 0;
      seen = now;
      if (isBack) {
        house.log.warn({ byMs, pulled }, 'the clock went back: what waited for a later time goes out now');
        void wentBack()
          .catch((fault) => house.log.error({ err: fault }, 'the jobs do not know that the clock went back'))
          .finally(lookAgain);
      }
      return { done: pulled, nextDueAt: new Date(now.getTime() + LOOK_EVERY_MS) };
    },
  });
}
