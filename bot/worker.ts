import type { House } from './house.ts';
import { inRounds } from './rounds.ts';

/** Does what is due whenever it is called for, and by itself when something that had to wait falls due. */
export interface Worker {
  /** There may be something to do. */
  kick(): void;
  /** Does what is due now. @returns how much there was */
  run(): Promise<number>;
  /** Finishes what is under way and starts nothing more. */
  stop(): Promise<void>;
}

export interface Work {
  /** What it does, for the log. */
  name: string;
  /** Does all that is due, or until it is told to stop. */
  round(isStopping: () => boolean): Promise<number>;
  nextDueAt(): Promise<Date | undefined>;
}

/** The longest sleep, since the clock may be moved meanwhile, and the pause after nothing could be done at all. */
const MAX_SLEEP_MS = 1000;
const MIN_SLEEP_MS = 50;
/** Where nothing is due: a command beside the service, or another service, may have put something in line. */
const IDLE_MS = 5000;

export function openWorker({ now, log }: Pick<House, 'now' | 'log'>, work: Work): Worker {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const wakeWhenDue = async (pauseMs: number) => {
    const dueAt = await work.nextDueAt().catch(() => now());
    clearTimeout(timer);
    if (stopped) return;
    const untilDueMs = dueAt ? Math.min(dueAt.getTime() - now().getTime(), MAX_SLEEP_MS) : IDLE_MS;
    timer = setTimeout(kick, Math.max(pauseMs, untilDueMs));
  };
  const run = inRounds(async () => {
    let pauseMs = MAX_SLEEP_MS;
    try {
      const done = await work.round(() => stopped);
      pauseMs = MIN_SLEEP_MS;
      return done;
    } catch (fault) {
      log.error({ err: fault }, `${work.name} cannot go on now`);
      throw fault;
    } finally {
      void wakeWhenDue(pauseMs);
    }
  });
  const kick = () => {
    if (!stopped) run().catch(() => undefined);
  };
  return {
    kick,
    run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await run().catch(() => 0);
    },
  };
}

/** Several that are called for together and do not wait for each other. */
export function together(workers: readonly Worker[]): Worker {
  return {
    kick: () => {
      for (const worker of workers) worker.kick();
    },
    async run() {
      const done = await Promise.all(workers.map((worker) => worker.run()));
      return done.reduce((sum, count) => sum + count, 0);
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
