import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { entriesFor } from '../ledger/entry.ts';
import type { Chart } from '../ledger/message.ts';
import { trend } from '../ledger/rectification/figures/trend.ts';
import { reportOf } from '../ledger/rectification/published/report-of.ts';
import type { Store } from '../ledger/store.ts';
import type { Desk } from './commands.ts';

/** Figures, and what is meant for the public: who runs the program may not read what is in the records, and gets no list of them. */
export function addExport(program: Command, desk: Desk): void {
  const command = program.command('export').description('Write figures, or what is published, into files');
  addReport(command, desk);
  addChart(command, desk);
}

function addReport(command: Command, desk: Desk): void {
  command
    .command('report')
    .description(
      '关于…整改进展情况的通报 of a round, as .docx, as it would be published; marked as a draft until signed off',
    )
    .requiredOption('--out <file>', 'a new .docx file; nothing is overwritten')
    .option('--round <round>', 'its number, such as Z1, or latest', 'latest')
    .action(async ({ out, round }: { out: string; round: string }) => {
      const composed = await desk.withStore((store) => {
        const entries = entriesFor(store, store.database.rows, 'bureau');
        return reportOf({ entries, today: store.calendar.dateOf(desk.now()), rules: store.rules }, round);
      });
      const { publishedReportDocx } = await import('../paper/published-report-docx.ts');
      await writeNew(out, await publishedReportDocx(composed.report, composed.isFinal));
      const state = composed.isFinal ? 'signed off' : 'a draft, not signed off';
      desk.print({ file: out, isFinal: composed.isFinal }, false, [`${out} (${state})`]);
    });
}

function addChart(command: Command, desk: Desk): void {
  command
    .command('chart')
    .description('the trend of 整改 that the weekly digest shows, as a .png: figures only')
    .requiredOption('--out <file>', 'a new .png file; nothing is overwritten')
    .option('--width <pixels>', '320 to 2000', '720')
    .action(async ({ out, width }: { out: string; width: string }) => {
      const chart = await desk.withStore((store) => chartOf(store, desk.now()));
      if (!chart) throw new Error('There is nothing to draw: no item was open or closed in the last weeks');
      const { chartPng } = await import('../paper/chart-png.ts');
      await writeNew(out, await chartPng(chart, { width: Number(width) }));
      desk.print({ file: out }, false, [out]);
    });
}

/** Nobody knows who asks: what is hidden from anybody is not in it. */
function chartOf(store: Store, at: Date): Promise<Chart | undefined> {
  const { calendar, rules, database } = store;
  const entries = entriesFor(store, database.rows, 'bureau');
  const monday = calendar.mondayOf(calendar.dateOf(at));
  return trend({ entries, monday, store }, rules.leadersDigest.trendWeeks, { hiddenFromNobody: true });
}

async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes, { flag: 'wx', mode: 0o600 }).catch((fault: NodeJS.ErrnoException) => {
    throw fault.code === 'EEXIST'
      ? new Error(`${file} exists: an export is written into a new file only`)
      : fault;
  });
}
