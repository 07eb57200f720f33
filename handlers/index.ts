import type { Ledger } from '../ledger/define.ts';
import type { Handler } from './define.ts';
import { filingCommands } from './file-entry.ts';
import { help } from './help.ts';
import { listEntries } from './list-entries.ts';
import { mineQueries } from './mine.ts';
import { moveCommands } from './move.ts';
import { notEnabled } from './not-enabled.ts';
import { showEntry } from './show-entry.ts';
import { statistics } from './statistics.ts';
import { undelivered } from './undelivered.ts';
import { verifyReceipt } from './verify-receipt.ts';
import { weeklySupervision } from './weekly-supervision.ts';

/** Everything that a person can ask for or fill in. What the ledgers bring comes from the ledgers. */
export const handlersFor = (ledgers: readonly Ledger[]): readonly Handler[] => [
  ...filingCommands(ledgers),
  ...mineQueries(ledgers),
  weeklySupervision,
  ...moveCommands(ledgers),
  listEntries,
  showEntry,
  statistics,
  verifyReceipt,
  undelivered,
  ...notEnabled,
  help,
];
