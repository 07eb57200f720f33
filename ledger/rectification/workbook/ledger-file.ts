import type { CalendarDate } from '../../calendar.ts';
import type { Rows, Store } from '../../store.ts';
import { badFile, letterOf } from './book.ts';
import { FIELD_NAMES, FIELDS, type Field, type Mapping } from './fields.ts';
import { type Layout, layoutsOf } from './layout.ts';
import { readBook } from './read-book.ts';
import { type FoundRows, gather, rowsOf, typedRef } from './rows.ts';

/** A file of which it is known where its headings are and what its columns are taken for. */
export interface LedgerFile {
  name: string;
  layouts: readonly Layout[];
  /** What was passed over, in sentences. */
  notes: readonly string[];
  /** Whether the columns are as somebody confirmed them before, for the same headings. */
  isRemembered: boolean;
}

/**
 * Reads a file and guesses what its columns are.
 * @throws Refusal `invalid-input` for a file that cannot be read, or has no headings of a ledger
 */
export async function readLedgerFile(
  name: string,
  bytes: Uint8Array,
  limits: Store['rules']['import'],
): Promise<LedgerFile> {
  const book = await readBook(name, bytes, limits);
  const { layouts, notes } = layoutsOf(book);
  if (layouts.length === 0) throw badFile([NO_HEADINGS, ...book.notes].join(''));
  return { name, layouts, notes: [...book.notes, ...notes], isRemembered: false };
}

/**
 * The same; where the same headings were imported before, the columns are as somebody confirmed them then.
 * @throws Refusal as `readLedgerFile` does
 */
export async function openLedgerFile(
  { rules, database }: Pick<Store, 'rules' | 'database'>,
  name: string,
  bytes: Uint8Array,
): Promise<LedgerFile> {
  const file = await readLedgerFile(name, bytes, rules.import);
  const remembered = new Map<string, Mapping>();
  for (const { key } of file.layouts) {
    const mapping = await rememberedMapping(database.rows, key);
    if (mapping) remembered.set(key, mapping);
  }
  const layouts = file.layouts.map((layout) => {
    const mapping = remembered.get(layout.key);
    return mapping ? { ...layout, mapping, notes: [] } : layout;
  });
  return { ...file, layouts, isRemembered: layouts.every(({ key }) => remembered.has(key)) };
}

/** What is to be known of the file before it is imported, in sentences. */
export const notesOf = ({ layouts, notes }: LedgerFile, found: FoundRows): string[] => [
  ...notes,
  ...layouts.flatMap((layout) => layout.notes),
  ...found.notes,
];

const NO_HEADINGS =
  '没有找到表头：应有一行写着「问题」「整改措施」，以及「责任领导」「责任人」「整改时限」等，次序不限，上面可以有标题。';

/** The file with other columns for some of the fields; nothing: no column. @param key of the headings; without it, of all sheets */
export function withColumns(
  file: LedgerFile,
  chosen: Readonly<Partial<Record<Field, number | undefined>>>,
  key?: string,
): LedgerFile {
  const layouts = file.layouts.map((layout) => {
    if (key !== undefined && layout.key !== key) return layout;
    const mapping = Object.fromEntries(
      FIELD_NAMES.flatMap((field) => {
        const column = field in chosen ? chosen[field] : layout.mapping[field];
        return column === undefined ? [] : [[field, column]];
      }),
    ) as Mapping;
    return { ...layout, mapping };
  });
  return { ...file, layouts };
}

/** So many flaws are named. */
const NAMED = 50;

/**
 * The rows of the ledger, as its columns are taken now.
 * @throws Refusal `invalid-input` that names every cell that must be mended first, and where nothing is found
 */
export function ledgerRows(file: LedgerFile, { maxRows }: Store['rules']['import']): FoundRows {
  const twice = file.layouts.flatMap(columnsTwice);
  if (twice.length > 0) throw badFile(`${twice.join('；')}。请为每一项选不同的列。`);
  const found = gather(file.layouts.map(rowsOf));
  const { flaws, rows } = found;
  if (flaws.length > 0) {
    const more = flaws.length > NAMED ? [`另有 ${flaws.length - NAMED} 处`] : [];
    throw badFile(
      `表格有 ${flaws.length} 处需要修改，未读入任何内容：${[...flaws.slice(0, NAMED), ...more].join('；')}。`,
    );
  }
  if (rows.length === 0) throw badFile('表头下面没有问题，也没有整改措施。');
  if (rows.length > maxRows)
    throw badFile(`共有 ${rows.length} 行，最多 ${maxRows} 行。请分成几个文件后再试。`);
  return found;
}

function columnsTwice({ sheet, mapping }: Layout): string[] {
  const byColumn = Map.groupBy(Object.entries(mapping), ([, column]) => column);
  return [...byColumn].flatMap(([column, fields]) => {
    const names = fields.map(([field]) => `「${FIELDS[field as Field]}」`);
    return fields.length > 1
      ? [`工作表「${sheet.name}」${letterOf(column)} 列同时是${names.join('、')}`]
      : [];
  });
}

const nameOf = (key: string): string => `ledger-columns/${key}`;

async function rememberedMapping(rows: Rows, key: string): Promise<Mapping | undefined> {
  const row = await rows.meta.findUnique({ where: { name: nameOf(key) } });
  return row ? (JSON.parse(row.value) as Mapping) : undefined;
}

/** What was confirmed holds for every file with the same headings. */
export async function rememberColumns(rows: Rows, { layouts }: LedgerFile): Promise<void> {
  for (const { key, mapping } of layouts) {
    const name = nameOf(key);
    const value = JSON.stringify(mapping);
    await rows.meta.upsert({ where: { name }, create: { name, value }, update: { value } });
  }
}

const TITLE = /(?:台账|清单|整改|问题)/u;
const FEEDBACK =
  /(20\d{2})年(\d{1,2})月(\d{1,2})日[^。]{0,20}反馈|反馈[^。]{0,10}?(20\d{2})年(\d{1,2})月(\d{1,2})日/u;

/** What a new round could be called, by what stands above the headings; a feedback that is still to come is a slip of the pen. */
export function proposedRound(
  { layouts, name }: LedgerFile,
  today: CalendarDate,
): { title: string; feedbackOn?: string } {
  const lines = layouts.flatMap(({ titles }) => titles.map((title) => title.replace(/\s+/gu, ' ').trim()));
  const title =
    lines.find((line) => TITLE.test(line) && [...line].length <= 60) ?? name.replace(/\.[^.]+$/u, '');
  const found = FEEDBACK.exec(lines.join('\n'));
  const [year, month, day] = found ? (found[1] ? found.slice(1, 4) : found.slice(4, 7)) : [];
  if (!year || !month || !day) return { title };
  const feedbackOn = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { title, ...(feedbackOn <= today && { feedbackOn }) };
}

/** The round to which the numbers of an export belong; nothing where no row has one, or they are of several rounds. */
export function namedRound({ layouts }: LedgerFile): string | undefined {
  const refs = layouts.flatMap((layout) => rowsOf(layout).rows.map(typedRef));
  const named = refs.flatMap((ref) => /^(Z\d{1,3})(?:-\d{1,3}){1,2}$/.exec(ref)?.[1] ?? []);
  const [only, ...others] = new Set(named);
  return others.length === 0 ? only : undefined;
}
