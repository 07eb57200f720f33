import type { Ledger } from '../ledger/define.ts';
import { fileCommands } from './add-files.ts';
import { binding } from './binding.ts';
import { bindingUndone } from './binding-undone.ts';
import type { Handler } from './define.ts';
import { department } from './department.ts';
import { filingCommands } from './file-entry.ts';
import { help } from './help.ts';
import { itemTable } from './item-table.ts';
import { leadersDigest } from './leaders-digest.ts';
import { listEntries } from './list-entries.ts';
import { listReadings } from './list-readings.ts';
import { lookBack } from './look-back.ts';
import { messageChannel } from './message-channel.ts';
import { messageRecords } from './message-records.ts';
import { mineQueries } from './mine.ts';
import { moveCommands } from './move.ts';
import { nilReturnCommand } from './nil-return.ts';
import { nilReturnProgress } from './nil-return-progress.ts';
import { notEnabled } from './not-enabled.ts';
import { openPage } from './open-page.ts';
import { platformLogin } from './platform-login.ts';
import { publishedReport } from './published-report.ts';
import { showEntry } from './show-entry.ts';
import { statistics } from './statistics.ts';
import { supervisionRecords } from './supervision-records.ts';
import { toScreen } from './to-screen.ts';
import { undelivered } from './undelivered.ts';
import { verifyReceipt } from './verify-receipt.ts';
import { weeklySupervision } from './weekly-supervision.ts';
import { workbook } from './workbook.ts';

/** Everything that a person can ask for or fill in. What the ledgers bring comes from the ledgers. */
export const handlersFor = (ledgers: readonly Ledger[]): readonly Handler[] => [
  ...filingCommands(ledgers),
  ...mineQueries(ledgers),
  nilReturnCommand,
  nilReturnProgress,
  weeklySupervision,
  supervisionRecords,
  lookBack,
  department,
  toScreen,
  ...moveCommands(ledgers),
  ...fileCommands(ledgers),
  listEntries,
  showEntry,
  listReadings,
  openPage,
  itemTable,
  workbook,
  statistics,
  leadersDigest,
  publishedReport,
  verifyReceipt,
  undelivered,
  messageRecords,
  messageChannel,
  platformLogin,
  binding,
  bindingUndone,
  ...notEnabled,
  help,
];
