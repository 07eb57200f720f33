import type { Rules } from '../config/rules.ts';
import type { Database } from '../prisma/database.ts';
import type { Calendar } from './calendar.ts';
import type { Ledger } from './define.ts';
import type { KeyRing } from './key-ring.ts';
import type { Signer } from './receipt/signer.ts';

export type { Rules } from '../config/rules.ts';
export { atEnd } from '../prisma/at-end.ts';
export { countUp } from '../prisma/count-up.ts';
export type { Database, Row, Rows } from '../prisma/database.ts';
export { accountOwners, isAnyUnreachable } from '../prisma/every-message.ts';
export {
  countTry,
  forgetInbound,
  insertInbound,
  insertRequests,
  oldestInbound,
  settledAmong,
  settledRequest,
} from '../prisma/inbound.ts';
export { isStorageFault } from '../prisma/storage-fault.ts';
export { type Undoing, within } from '../prisma/within.ts';

/** What everything that reads or writes the record is handed. */
export interface Store {
  readonly database: Database;
  readonly keys: KeyRing;
  /** Signs receipts. */
  readonly signer: Signer;
  /** Tells the operator of a sealed value that did not open: the record's name, and nothing of its content. */
  readonly sealBroken: (record: string, why: string) => void;
  readonly calendar: Calendar;
  readonly rules: Rules;
  readonly ledgers: readonly Ledger[];
}
