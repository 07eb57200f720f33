import { setImmediate as breathe } from 'node:timers/promises';

/** Work that is done one at a time. */
export interface Turns {
  /**
   * Does the work in its turn. What is urgent waits for one other piece at most, and however much of it there is, every
   * second piece is another.
   */
  take<T>(work: () => Promise<T>, urgent: boolean): Promise<T>;
  /** Resolves when nothing urgent waits or is being done. */
  calm(): Promise<void>;
  /** Whether something urgent came a moment ago: more of it may come. */
  isHurried(): boolean;
}

/** So long after something urgent more of it is expected. */
const HURRIED_MS = 1000;

export function turns(): Turns {
  const urgentWork: (() => Promise<void>)[] = [];
  const otherWork: (() => Promise<void>)[] = [];
  let busy = false;
  let wasUrgent = false;
  let urgent = 0;
  let urgentAt = Number.NEGATIVE_INFINITY;
  let waiting: (() => void)[] = [];
  const takeNext = () => {
    const urgentFirst = otherWork.length === 0 || (!wasUrgent && urgentWork.length > 0);
    wasUrgent = urgentFirst;
    return (urgentFirst ? urgentWork : otherWork).shift();
  };
  const goOn = async () => {
    if (busy) return;
    busy = true;
    for (let next = takeNext(); next; next = takeNext()) {
      await next();
      // SQLite answers without letting go of the thread: what came in over the network meanwhile is heard now.
      await breathe();
    }
    busy = false;
  };
  const endUrgent = () => {
    urgent -= 1;
    if (urgent > 0) return;
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };
  return {
    take(work, isUrgent) {
      if (isUrgent) {
        urgent += 1;
        urgentAt = performance.now();
      }
      return new Promise((resolve, reject) => {
        const done = isUrgent ? endUrgent : () => undefined;
        const once = async () => {
          try {
            resolve(await work());
          } catch (fault) {
            reject(fault);
          } finally {
            done();
          }
        };
        (isUrgent ? urgentWork : otherWork).push(once);
        void goOn();
      });
    },
    async calm() {
      while (urgent > 0) await new Promise<void>((release) => waiting.push(release));
    },
    isHurried: () => performance.now() - urgentAt < HURRIED_MS,
  };
}
