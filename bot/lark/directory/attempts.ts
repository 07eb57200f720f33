import { Refusal } from '../../../ledger/refusal.ts';
import { SendFailure } from '../../platform.ts';
import { Abandoned } from './abandonable-api.ts';

/** What is tried one after the other, and how the last of it went. */
export interface Attempts {
  /** Never two at once. */
  inOrder<T>(work: () => Promise<T>): Promise<T>;
  /** How many failed since the last that did not. */
  failures(): number;
  /** Why the last one failed, in English, without names. */
  problem(): string | undefined;
  /** Resolves once nothing is under way. */
  settled(): Promise<unknown>;
}

export function openAttempts(): Attempts {
  let running: Promise<unknown> = Promise.resolve();
  let failures = 0;
  let problem: string | undefined;
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work();
      failures = 0;
      problem = undefined;
      return result;
    } catch (fault) {
      if (!(fault instanceof Abandoned)) {
        failures += 1;
        problem = `The directory was not taken over: ${reasonOf(fault)}`;
      }
      throw fault;
    }
  };
  return {
    inOrder(work) {
      const mine = running.then(() => attempt(work));
      running = mine.catch(() => undefined);
      return mine;
    },
    failures: () => failures,
    problem: () => problem,
    settled: () => running,
  };
}

function reasonOf(fault: unknown): string {
  if (fault instanceof Refusal || fault instanceof SendFailure) return fault.message;
  // Errors of the reader name APIs and fields; others may quote what they were about.
  return fault instanceof Error && fault.constructor === Error ? fault.message : 'a fault, see the log';
}
