import type { Ledger } from '../ledger/define.ts';
import { fileCommands } from './add-files.ts';
import type { Handler } from './define.ts';
import { filingCommands } from './file-entry.ts';
import { help } from './help.ts';
import { listEntries } from './list-entries.ts';
import { listReadings } from './list-readings.ts';
import { mineQueries } from './mine.ts';
import { moveCommands } from './move.ts';
import { nilReturnCommand } from './nil-return.ts';
import { nilReturnProgress } from './nil-return-progress.ts';
import { notEnabled } from './not-enabled.ts';
import { openPage } from './open-page.ts';
import { showEntry } from './show-entry.ts';
import { statistics } from './statistics.ts';
import { toScreen } from './to-screen.ts';
import { undelivered } from './undelivered.ts';
import { verifyReceipt } from './verify-receipt.ts';
import { weeklySupervision } from './weekly-supervision.ts';

/** Everything that a person can ask for or fill in. What the ledgers bring comes from the ledgers. */
export const handlersFor = (ledgers: readonly Ledger[]): readonly Handler[] => [
  ...filingCommands(ledgers),
  ...mineQueries(ledgers),
  nilReturnCommand,
  nilReturnProgress,
  weeklySupervision,
  toScreen,
  ...moveCommands(ledgers),
  ...fileCommands(ledgers),
  listEntries,
  showEntry,
  listReadings,
  openPage,
  statistics,
  verifyReceipt,
  undelivered,
  ...notEnabled,
  help,
];
