import type { Logger } from 'pino';
import { isStorageFault, type Store } from '../ledger/store.ts';
import type { Due } from './due.ts';
import { runJob } from './run.ts';

/** A job that ran. */
export interface RanJob {
  job: string;
  at: Date;
  messages: number;
}

export interface DueRunner {
  /** Never rejects: a job that met a fault is in the log. */
  run(due: Due): Promise<RanJob>;
  /** Runs that could not be stored, the latest of each job: they are made up for. They are handed out once. */
  takeMissed(): Due[];
}

/** @param ran called after each job with whether it went well */
export function openDueRunner(
  { store, log }: { store: Store; log: Logger },
  ran: (job: string, isWell: boolean) => void,
): DueRunner {
  const missed = new Map<string, Due>();
  return {
    async run({ job, at }) {
      let isWell = false;
      try {
        const messages = await runJob(store, job, at);
        isWell = true;
        if (messages > 0) log.info({ job: job.name, at, messages }, 'a job ran');
        return { job: job.name, at, messages };
      } catch (fault) {
        log.error({ err: fault, job: job.name, at }, 'a job met a fault');
        if (isStorageFault(fault)) missed.set(job.name, { job, at });
        return { job: job.name, at, messages: 0 };
      } finally {
        ran(job.name, isWell);
      }
    },
    takeMissed() {
      const taken = [...missed.values()];
      missed.clear();
      return taken;
    },
  };
}
