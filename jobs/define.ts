import type { Operation } from '../ledger/operation.ts';
import type { Rules } from '../ledger/store.ts';

interface Timed {
  name: string;
  /** HH:mm on the bureau's clock. */
  at(rules: Rules): string;
}

/** Records and posts all at once; cannot send. */
interface Short extends Timed {
  run(operation: Operation): Promise<void>;
}

/**
 * Has so much to say that nobody should wait for the whole of it: each turn is a transaction of its own, and what was
 * cut off goes on where it stood.
 */
interface Long extends Timed {
  /** @returns whether something is left for another turn */
  turn(operation: Operation): Promise<boolean>;
}

/**
 * Something that is asked of the house every day at a time. It says what should have been said by now, so a tick that
 * was missed heals and a second tick does nothing.
 */
export type Job = Short | Long;
