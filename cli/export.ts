import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readDirectory } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import type { TableContent } from '../ledger/message.ts';
import { periodWith, readPeriod } from '../ledger/period.ts';
import type { Store } from '../ledger/store.ts';
import type { Desk } from './commands.ts';

interface Options {
  out: string;
  period?: string;
}

/** Figures only: who runs the program may not read what is in the records, and gets no list of them. */
export function addExport(program: Command, desk: Desk): void {
  program
    .command('export')
    .description('Write figures into files')
    .command('statistics')
    .description('figures of what is sealed, small ones hidden, as .xlsx: 情形, 方式, 环节, 人员类别, 补报')
    .requiredOption('--out <file>', 'a new .xlsx file; nothing is overwritten')
    .option('--period <period>', '2026-10, 2026-Q4 or 2026; without it, this year')
    .action(async ({ out, period }: Options) => {
      const tables = await desk.withStore((store) => tablesOf(store, desk.now(), period));
      // Loaded when it is wanted: no other command should wait for it.
      const { tablesXlsx } = await import('../paper/tables-xlsx.ts');
      await writeNew(out, await tablesXlsx(tables));
      desk.print({ file: out }, false, [out]);
    });
}

/** Of the ledgers that hide small figures: the others' tables are not for who only runs the program. */
async function tablesOf(store: Store, at: Date, typed: string | undefined): Promise<TableContent[]> {
  const { calendar, rules, ledgers, database } = store;
  const today = calendar.dateOf(at);
  const period =
    typed === undefined ? periodWith(today, 'year', calendar) : readPeriod(typed, today, calendar);
  if (!period) throw new Error(`--period is ${typed}: expected 2026-10, 2026-Q4 or 2026`);
  const entries = entriesFor(store, database.rows, 'bureau');
  const situation = { today, calendar, rules, period, directory: await readDirectory(database.rows) };
  const counted = ledgers.filter(({ hidesSmallFigures }) => hidesSmallFigures);
  const tables = await Promise.all(counted.map((ledger) => ledger.statistics?.(entries, situation)));
  return tables.flatMap((some) => some ?? []);
}

async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes, { flag: 'wx', mode: 0o600 }).catch((fault: NodeJS.ErrnoException) => {
    throw fault.code === 'EEXIST'
      ? new Error(`${file} exists: an export is written into a new file only`)
      : fault;
  });
}
