import type { Entry } from '../ledger/define.ts';
import type { Directory } from '../ledger/directory.ts';
import type { Entries } from '../ledger/entry.ts';
import { dataSchema, type ItemData, itemData } from '../ledger/rectification/data.ts';
import { EXPORTED, exportedRow } from '../ledger/rectification/workbook/exported-row.ts';
import { FIELDS } from '../ledger/rectification/workbook/fields.ts';
import { Refusal } from '../ledger/refusal.ts';
import { type SheetCell, type SheetColumn, sheetsXlsx } from './sheet.ts';

const WIDTHS: Readonly<Record<(typeof EXPORTED)[number], number>> = {
  ref: 6,
  aspect: 10,
  problem: 20,
  findings: 20,
  measure: 24,
  target: 14,
  standard: 14,
  evidenceNeeded: 14,
  category: 6,
  leader: 6,
  department: 9,
  responsible: 8,
  assistant: 8,
  dueOn: 7,
  state: 8,
  progress: 20,
  isPublic: 5,
  version: 4,
};

const COLUMNS: readonly SheetColumn[] = EXPORTED.map((field) => ({
  header: FIELDS[field],
  width: WIDTHS[field],
  ...(field === 'version' && { isHidden: true }),
}));

/** Entries that are held at one time. */
const AT_ONCE = 500;

/**
 * 整改台账 of one round, a row for each item that the reader may see, with its number and, hidden, its version: edited, it can be
 * imported again.
 * @throws Refusal `unknown-entry`; `invalid-input` where the number is not a round's
 */
export async function rectificationXlsx(
  entries: Entries,
  directory: Directory,
  roundRef: string,
): Promise<Uint8Array> {
  const round = await entries.get(roundRef);
  const data = entries.ledgerOf(round).name === 'rectification' ? dataSchema.parse(round.data) : undefined;
  if (data?.level !== 'round')
    throw new Refusal('invalid-input', `${round.ref} 不是整改轮次，请写轮次编号，例如 Z1。`);
  return sheetsXlsx([{ name: '整改台账', columns: COLUMNS, rows: rowsOf(entries, directory, round) }]);
}

interface Problem {
  entry: Entry;
  data: ItemData;
}

async function* rowsOf(entries: Entries, directory: Directory, round: Entry): AsyncGenerator<SheetCell[]> {
  for (let skip = 0; ; skip += AT_ONCE) {
    const below = { ledger: round.ledger, parentId: round.id };
    const some = await entries.list(below, { skip, take: AT_ONCE });
    for (const entry of some)
      yield* rowsOfProblem(entries, directory, { entry, data: dataOf(entries, entry) });
    if (some.length < AT_ONCE) return;
  }
}

async function* rowsOfProblem(
  entries: Entries,
  directory: Directory,
  problem: Problem,
): AsyncGenerator<SheetCell[]> {
  const measures = await entries.list({ ledger: problem.entry.ledger, parentId: problem.entry.id });
  const ledger = entries.ledgerOf(problem.entry);
  // One whose measures are all hidden from the reader is no item of its own.
  if (measures.length === 0 && problem.entry.people.length === 0 && problem.entry.state === 'progressing')
    return;
  const items =
    measures.length > 0
      ? measures.map((entry) => ({ entry, data: dataOf(entries, entry), problem }))
      : [problem];
  for (const item of items) {
    const row = exportedRow(item, directory, ledger);
    yield EXPORTED.map((field) => cellOf(field, row[field]));
  }
}

const dataOf = (entries: Entries, entry: Entry): ItemData =>
  itemData(entries.ledgerOf(entry).data.parse(entry.data) as ItemData);

function cellOf(field: (typeof EXPORTED)[number], text: string): SheetCell {
  if (text === '' && field !== 'dueOn') return '';
  if (field === 'dueOn') return text === '' ? '' : { day: text };
  return field === 'version' ? Number(text) : text;
}
