import type { House } from './house.ts';
import { inRounds } from './rounds.ts';

/** Where this instance leads: does what is due whenever it is called for, and by itself when something that had to wait falls due. */
export interface Worker {
  /** There may be something to do. */
  kick(): void;
  /** Does what is due now. */
  run(): Promise<void>;
  /** How much it has done since it was opened. */
  readonly done: number;
  /** Finishes what is under way and starts nothing more. */
  stop(): Promise<void>;
}

export interface Work {
  /** What it does, for the log. */
  name: string;
  /** Does all that is due, or until it is told to stop. */
  round(isStopping: () => boolean): Promise<Round>;
}

export interface Round {
  /** How much there was to do. */
  done: number;
  /** When there will be more, as far as is known by now. */
  nextDueAt: Date | undefined;
}

/** The longest sleep, since the clock may be moved meanwhile, and the pause after nothing could be done at all. */
const MAX_SLEEP_MS = 1000;
const MIN_SLEEP_MS = 50;
/** Where nothing is due: a command beside the service, or another service, may have put something in line. */
const IDLE_MS = 5000;

export function openWorker({ store, now, log }: Pick<House, 'store' | 'now' | 'log'>, work: Work): Worker {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let all = 0;
  const wakeIn = (pauseMs: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(kick, pauseMs);
  };
  const run = inRounds(async () => {
    if (!store.database.lead.isOurs) return;
    try {
      const { done, nextDueAt } = await work.round(() => stopped);
      const untilDueMs = nextDueAt ? Math.min(nextDueAt.getTime() - now().getTime(), MAX_SLEEP_MS) : IDLE_MS;
      wakeIn(Math.max(MIN_SLEEP_MS, untilDueMs));
      all += done;
    } catch (fault) {
      log.error({ err: fault }, `${work.name} cannot go on now`);
      wakeIn(MAX_SLEEP_MS);
      throw fault;
    }
  });
  const kick = () => {
    if (!stopped) run().catch(() => undefined);
  };
  return {
    kick,
    run,
    get done() {
      return all;
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await run().catch(() => undefined);
    },
  };
}

/** Several that are called for together and do not wait for each other. */
export function together(workers: readonly Worker[]): Worker {
  return {
    kick: () => {
      for (const worker of workers) worker.kick();
    },
    get done() {
      return doneBy(workers);
    },
    // What one of them did, whoever asked it to, may be work for another.
    async run() {
      for (let before = -1; before !== doneBy(workers); ) {
        before = doneBy(workers);
        await Promise.all(workers.map((worker) => worker.run()));
      }
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

const doneBy = (workers: readonly Worker[]): number => workers.reduce((sum, { done }) => sum + done, 0);
