import { readFile } from 'node:fs/promises';
import { operate } from '../ledger/operation.ts';
import { importReport } from '../ledger/rectification/import-report.ts';
import { parseReport } from '../ledger/rectification/report/parse-report.ts';
import { importRoster } from '../ledger/roster/import-roster.ts';
import { readRoster } from '../ledger/roster/read-roster.ts';
import type { Store } from '../ledger/store.ts';

const ROSTER = new URL('./roster.csv', import.meta.url);
const REPORT = new URL('./rectification-report.txt', import.meta.url);

/** The sample bureau, for a database with nobody in it. Every name in it is invented. */
export async function loadSample(store: Store, at: Date): Promise<boolean> {
  if ((await store.database.rows.person.count()) > 0) return false;
  const roster = await readRoster('roster.csv', await readFile(ROSTER));
  const report = parseReport(await readFile(REPORT, 'utf8'));
  await operate(store, { actor: 'command:sample', at }, async (operation) => {
    await importRoster(operation, roster);
    await importReport(operation, report);
  });
  return true;
}
