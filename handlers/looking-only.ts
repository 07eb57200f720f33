import type { Operation } from '../ledger/operation.ts';
import type { Asking } from './define.ts';

const never = (): never => {
  throw new Error('A plan writes nothing');
};

/** For what a move has to learn of other entries before its form is shown: whatever would write throws. */
export const lookingOnly = ({ at, today, store, rows, directory, entries }: Asking): Operation => ({
  ...{ at, today, store, rows, directory, entries },
  trail: { append: never },
  ...{ create: never, receiptFor: never, change: never, notify: never, post: never },
  ...{ flush: never, anythingBefore: never, isFirst: never, lastOf: never },
});
