import type { Operation } from '../ledger/operation.ts';
import type { Rules } from '../ledger/store.ts';

/**
 * Something that is asked of the house every day at a time. It says what should have been said by now, so a tick that
 * was missed heals and a second tick does nothing.
 */
export interface Job {
  name: string;
  /** HH:mm on the bureau's clock. */
  at(rules: Rules): string;
  /** Records and posts; cannot send. */
  run(operation: Operation): Promise<void>;
}
