import type { Logger } from 'pino';
import type { Store } from '../ledger/store.ts';
import type { Beside } from './backup/scheduled-backups.ts';
import type { Job } from './define.ts';
import { dueBetween } from './due.ts';
import { openDueRunner, type RanJob } from './run-due.ts';
import type { Ticking } from './ticking.ts';

export interface Scheduler {
  /** From here on each job is asked when it is due. */
  start(): Promise<void>;
  /** Asks every job once what should have been said by now. */
  askAll(): Promise<void>;
  /** Runs all that became due since the last time, in order. @param each called before each with its time */
  catchUp(to: Date, each?: (at: Date) => Promise<void>): Promise<RanJob[]>;
  /** The clock went back: from here on it counts as it stands. What was said before is not said again. */
  setAnew(): Promise<void>;
  stop(): Promise<void>;
}

/** One tick a minute looks into the table of what is due: it costs the same for five jobs as for a thousand. */
export function scheduler(
  house: { store: Store; now: () => Date; log: Logger },
  jobs: readonly Job[],
  ran: (job: string, isWell: boolean) => void,
  ticking: Ticking,
  beside?: Beside,
): Scheduler {
  let last = house.now();
  let running: Promise<unknown> = Promise.resolve();
  const { run, takeMissed } = openDueRunner(house, ran);
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = running.then(work);
    running = mine.catch(() => undefined);
    return mine;
  };
  const catchUp: Scheduler['catchUp'] = (to, each) =>
    inOrder(async () => {
      const done: RanJob[] = [];
      const began = house.now();
      for (const due of takeMissed()) done.push(await run(due));
      for (const due of dueBetween(house.store, jobs, last, to)) {
        await each?.(due.at);
        // The clock went back meanwhile: what lies ahead again is asked when it comes.
        if (house.now() < began) return done;
        done.push(await run(due));
        if (due.at > last) last = due.at;
      }
      if (to > last) last = to;
      return done;
    });
  const tick = () => {
    if (house.store.database.lead.isOurs) beside?.look(house.now());
    return catchUp(house.now());
  };
  return {
    start: () => ticking.start(tick),
    async askAll() {
      await inOrder(async () => {
        const now = house.now();
        for (const job of jobs) await run({ job, at: now });
        last = now;
      });
      beside?.look(house.now());
    },
    catchUp,
    async setAnew() {
      await inOrder(async () => {
        const now = house.now();
        if (now < last) last = now;
      });
      await ticking.setAnew?.();
    },
    async stop() {
      await ticking.stop();
      await beside?.stop();
      await running;
    },
  };
}
