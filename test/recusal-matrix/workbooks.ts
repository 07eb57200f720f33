import exceljs from 'exceljs';
import { entriesFor } from '../../ledger/entry.ts';
import { ledgerXlsx } from '../../paper/ledger-xlsx.ts';
import { personNamed } from '../sample-record.ts';
import { refusalOnly } from './words.ts';
import type { World } from './world.ts';

/** The rows of the workbook that the person can take away, or why he gets none. */
export async function exported({ store, at }: World, name: string): Promise<unknown> {
  const person = await personNamed(store, name);
  const entries = entriesFor(store, store.database.rows, person);
  const bytes = await ledgerXlsx({ person, entries }, store.calendar).catch(refusalOnly);
  return bytes instanceof Uint8Array ? cellsOf(bytes) : [at, bytes];
}

/** All that stands in a workbook. */
export async function cellsOf(bytes: Uint8Array): Promise<unknown> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  // A row begins at 1.
  const rowsOf = (sheet: exceljs.Worksheet) =>
    sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row.slice(1)] : []));
  return workbook.worksheets.map((sheet) => [sheet.name, rowsOf(sheet)]);
}
