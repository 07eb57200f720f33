import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readDirectory } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import { applyPlan } from '../ledger/rectification/workbook/apply-plan.ts';
import { columnOf } from '../ledger/rectification/workbook/book.ts';
import { FIELD_NAMES, FIELDS, type Field } from '../ledger/rectification/workbook/fields.ts';
import {
  ledgerRows,
  openLedgerFile,
  proposedRound,
  rememberColumns,
  withColumns,
} from '../ledger/rectification/workbook/ledger-file.ts';
import {
  type ImportPlan,
  isWorthDoing,
  NOTHING_TO_DO,
  planImport,
  type Target,
} from '../ledger/rectification/workbook/plan.ts';
import { countLine, planLines, rowLines } from '../ledger/rectification/workbook/plan-words.ts';
import type { Store } from '../ledger/store.ts';
import type { Desk } from './commands.ts';

export interface LedgerOptions {
  round: string;
  title?: string;
  feedback?: string;
  map?: string[];
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

const ACTOR = 'command:import-ledger';

/** Shows what is in the file and what would become of it; with --yes it is done. A command adds, and changes nothing. */
export async function importLedger(desk: Desk, path: string, options: LedgerOptions): Promise<void> {
  const bytes = await readFile(path);
  await desk.withStore(
    async (store) => {
      const guessed = await openLedgerFile(store, basename(path), bytes);
      const file = withColumns(guessed, chosenColumns(options.map ?? []));
      const found = ledgerRows(file, store.rules.import);
      const proposed = proposedRound(file, store.calendar.dateOf(desk.now()));
      const plan = await planIn(store, desk.now(), found.rows, targetOf(options, proposed));
      if (!options.json) desk.print(undefined, false, planLines(file, found, plan));
      if (!options.yes || options.dryRun) {
        const line = options.dryRun
          ? '试运行，未写入。'
          : '还没有写入。核对后加上 --yes 再运行一次；列不对的用 --map 问题=C 改。';
        desk.print(summary(plan.round?.ref, plan.rows), options.json, [line]);
        return;
      }
      if (!isWorthDoing(plan)) {
        const where = plan.round ? `轮次 ${plan.round.ref}：` : '';
        const line = `${where}${countLine(plan.rows, true)}。${NOTHING_TO_DO}`;
        desk.print(summary(plan.round?.ref, plan.rows), options.json, [line]);
        return;
      }
      const done = await applyPlan({ store, actor: ACTOR, at: desk.now() }, plan);
      await store.database.write((rows) => rememberColumns(rows, file));
      const refused = rowLines(done.rows.filter(({ kind }) => kind === 'refused'));
      desk.print(summary(done.round, done.rows), options.json, [
        `轮次 ${done.round}：${countLine(done.rows, true)}`,
        ...refused,
      ]);
    },
    { mayBegin: true },
  );
}

const planIn = async (
  store: Store,
  at: Date,
  rows: Parameters<typeof planImport>[1],
  target: Target,
): Promise<ImportPlan> => {
  const { rows: tables } = store.database;
  const directory = await readDirectory(tables);
  const entries = entriesFor(store, tables, 'bureau');
  return planImport(
    { store, rows: tables, entries, directory, today: store.calendar.dateOf(at), at },
    rows,
    target,
  );
};

function targetOf(
  { round, title, feedback }: LedgerOptions,
  proposed: ReturnType<typeof proposedRound>,
): Target {
  if (round !== 'new') return { ref: round };
  if (feedback !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(feedback))
    throw new Error(`--feedback is ${feedback}: expected a date such as 2026-09-14`);
  const feedbackOn = feedback ?? proposed.feedbackOn;
  return { title: title ?? proposed.title, ...(feedbackOn && { feedbackOn }) };
}

/** 「问题=C」; 「协办=」 takes the column away. */
function chosenColumns(typed: readonly string[]): Partial<Record<Field, number | undefined>> {
  return Object.fromEntries(
    typed.map((each) => {
      const [name = '', letters = ''] = each.split('=');
      const field = FIELD_NAMES.find((one) => FIELDS[one] === name.trim());
      const column = letters === '' ? undefined : columnOf(letters.trim());
      if (!field || (letters !== '' && column === undefined)) {
        const names = Object.values(FIELDS).join('、');
        throw new Error(`--map ${each}: expected a name and a column, such as 问题=C; names: ${names}`);
      }
      return [field, column];
    }),
  );
}

const summary = (round: string | undefined, rows: ImportPlan['rows']) => ({
  round: round ?? null,
  rows: rows.map(({ row, kind, ref, says }) => ({ sheet: row.sheet, line: row.line, kind, ref, says })),
});
