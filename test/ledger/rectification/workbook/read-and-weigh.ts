import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { defaultRules } from '../../../../config/rules.ts';
import { ledgerRows, readLedgerFile } from '../../../../ledger/rectification/workbook/ledger-file.ts';
import { Refusal } from '../../../../ledger/refusal.ts';

// A process of its own, so that what it took at most can be told.
const [, , file = ''] = process.argv;
const limits = defaultRules.import;
let said = '';
let rows = 0;
try {
  const name = basename(file);
  rows = ledgerRows(await readLedgerFile(name, await readFile(file), limits), limits).rows.length;
} catch (fault) {
  if (!(fault instanceof Refusal)) throw fault;
  said = fault.message;
}
const rssMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ said, rows, rssMegabytes }));
