import type { Logger } from 'pino';
import type { Store } from '../../ledger/store.ts';
import type { Anchoring } from './anchoring.ts';
import type { Claims } from './claims.ts';
import type { Remarks } from './remark.ts';

export interface AcquaintancesWorld {
  store: Store;
  /** Writes what the bot's account calls somebody, in its turn. */
  setRemark(contact: string, remark: string): Promise<unknown>;
  remarkPausesMs: readonly number[];
  /** How long the list of contacts is waited for after a login, and how long nobody counts as gone who is not in it. */
  contactsWithinMs: number;
  /** The platform on which everybody has an account, if there is one. */
  everybody?: string;
  now: () => Date;
  /** Milliseconds that never go back. */
  ticks: () => number;
  /** There is something to deliver. */
  recorded(): void;
  log: Logger;
}

/** What the parts of one login share. */
export interface LoginParts extends AcquaintancesWorld {
  claims: Claims;
  anchoring: Anchoring;
  remarks: Remarks;
  /** Contacts that are being bound: their remark may stand there already. */
  becoming: Set<string>;
  /** The login goes on. */
  isPresent(): boolean;
}
