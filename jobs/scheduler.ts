import cron from 'node-cron';
import type { Logger } from 'pino';
import type { Store } from '../ledger/store.ts';
import type { Job } from './define.ts';
import { type Due, dueBetween } from './due.ts';
import { runJob } from './run.ts';

/** A job that ran. */
export interface RanJob {
  job: string;
  at: Date;
  messages: number;
}

export interface Scheduler {
  /** Asks every job once what should have been said by now, then each when it is due. */
  start(): Promise<void>;
  /** Runs all that became due since the last time, in order. @param each called before each with its time */
  catchUp(to: Date, each?: (at: Date) => Promise<void>): Promise<RanJob[]>;
  stop(): Promise<void>;
}

/** One tick a minute looks into the table of what is due: it costs the same for five jobs as for a thousand. */
export function scheduler(
  house: { store: Store; now: () => Date; log: Logger },
  jobs: readonly Job[],
  ran: () => void,
): Scheduler {
  let last = house.now();
  let running: Promise<unknown> = Promise.resolve();
  const run = async ({ job, at }: Due): Promise<RanJob> => {
    try {
      const messages = await runJob(house.store, job, at);
      if (messages > 0) house.log.info({ job: job.name, at, messages }, 'a job ran');
      return { job: job.name, at, messages };
    } catch (fault) {
      house.log.error({ err: fault, job: job.name, at }, 'a job met a fault');
      return { job: job.name, at, messages: 0 };
    } finally {
      ran();
    }
  };
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = running.then(work);
    running = mine.catch(() => undefined);
    return mine;
  };
  const catchUp: Scheduler['catchUp'] = (to, each) =>
    inOrder(async () => {
      const done: RanJob[] = [];
      for (const due of dueBetween(house.store, jobs, last, to)) {
        await each?.(due.at);
        done.push(await run(due));
      }
      if (to > last) last = to;
      return done;
    });
  const task = cron.createTask('* * * * *', () => catchUp(house.now()), { noOverlap: true });
  return {
    async start() {
      await inOrder(async () => {
        const now = house.now();
        for (const job of jobs) await run({ job, at: now });
        last = now;
      });
      await task.start();
    },
    catchUp,
    async stop() {
      await task.destroy();
      await running;
    },
  };
}
