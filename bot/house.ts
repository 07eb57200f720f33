import type { Logger } from 'pino';
import type { Handler } from '../handlers/define.ts';
import type { Rows, Store } from '../ledger/store.ts';
import type { PagesAt } from './pages-at.ts';
import type { ChatPlatform } from './platform.ts';

/** What the way of a message needs. */
export interface House {
  readonly store: Store;
  readonly handlers: readonly Handler[];
  readonly platforms: readonly ChatPlatform[];
  readonly now: () => Date;
  readonly log: Logger;
  /** Where people's browsers reach the house's own pages; absent where they do not. */
  readonly pagesAt?: PagesAt;
  /** There may be something to deliver. */
  readonly wake: () => void;
  /** Answers that were put in line in this transaction go out once it is committed; absent: they are fetched from the line. */
  readonly takeAnswers?: (rows: Rows) => Promise<void>;
}
