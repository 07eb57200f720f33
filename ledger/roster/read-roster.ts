import { Refusal } from '../refusal.ts';
import { findTable } from './columns.ts';
import { readCsv } from './read-csv.ts';
import { type RosterRow, readPerson } from './read-person.ts';
import type { Sheet, SheetRow } from './sheet.ts';

export type { RosterRow };

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_ROWS = 5_000;
const MAX_NAMED = 50;

/**
 * The people of a roster file, .xlsx or .csv, in the order of the file. All or nothing: nobody is read from a file with a bad row.
 * @throws Refusal `invalid-input` with one sentence that names every bad row by its line (the first 50, and how many more)
 */
export async function readRoster(name: string, bytes: Uint8Array): Promise<RosterRow[]> {
  if (bytes.length > MAX_BYTES) {
    throw new Refusal('invalid-input', `文件有 ${(bytes.length / 1024 / 1024).toFixed(1)} MB，最多 10 MB。`);
  }
  const { columns, rows } = findTable(await readSheets(name, bytes));
  const used = Object.values(columns).filter((index) => index >= 0);
  const filled = rows.filter((row) => used.some((index) => isFilled(row, index)));
  if (filled.length === 0) throw new Refusal('invalid-input', '表头下面没有人员：应每人一行。');
  if (filled.length > MAX_ROWS) {
    throw new Refusal('invalid-input', `名单有 ${filled.length} 行，最多 ${MAX_ROWS} 行。`);
  }
  const read = filled.map((row) => readPerson(row, columns));
  const together = complainTogether(read.map(({ person }) => person));
  const bad = read
    .map(({ person, wrong }) => ({
      line: person.line,
      wrong: [...wrong, ...(together.get(person.line) ?? [])],
    }))
    .filter(({ wrong }) => wrong.length > 0);
  if (bad.length > 0) throw new Refusal('invalid-input', badRows(bad));
  return read.map(({ person }) => person);
}

async function readSheets(name: string, bytes: Uint8Array): Promise<Sheet[]> {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  // What reads a workbook is large, and most files are no workbooks.
  if (extension === 'xlsx') return (await import('./read-xlsx.ts')).readXlsx(bytes);
  if (extension === 'csv') return [readCsv(bytes)];
  const found = extension ? `.${extension.slice(0, 10)} 文件` : '没有扩展名的文件';
  throw new Refusal('invalid-input', `花名册应为 .xlsx 或 .csv，这是${found}：请用表格软件另存后再试。`);
}

function isFilled(row: SheetRow, index: number): boolean {
  const cell = row.cells[index];
  return cell !== undefined && (cell.text.trim() !== '' || cell.problem !== undefined);
}

/** What is wrong only because of another row: a number or an account given twice, a second head. */
function complainTogether(people: readonly RosterRow[]): Map<number, string[]> {
  const wrong = new Map<number, string[]>();
  const complain = (line: number, what: string) => wrong.set(line, [...(wrong.get(line) ?? []), what]);
  const numbers = new Map<string, number>();
  const heads = new Map<string, RosterRow>();
  const accounts = new Map<string, number>();
  for (const person of people) {
    const { line, staffNumber, department, larkAccount } = person;
    const sharer = larkAccount && accounts.get(larkAccount);
    if (sharer) complain(line, `飞书账号「${larkAccount}」与第 ${sharer} 行重复`);
    else if (larkAccount) accounts.set(larkAccount, line);
    const before = numbers.get(staffNumber);
    if (before !== undefined) complain(line, `工号「${staffNumber}」与第 ${before} 行重复`);
    else if (staffNumber) numbers.set(staffNumber, line);
    const head = heads.get(department);
    if (!person.isHead || !department) continue;
    if (head) complain(line, `科室「${department}」已有负责人${head.name}（第 ${head.line} 行），只能有一人`);
    else heads.set(department, person);
  }
  return wrong;
}

function badRows(bad: readonly { line: number; wrong: readonly string[] }[]): string {
  const named = bad.slice(0, MAX_NAMED).map(({ line, wrong }) => `第 ${line} 行：${wrong.join('，')}`);
  if (bad.length > MAX_NAMED) named.push(`另有 ${bad.length - MAX_NAMED} 处`);
  return `花名册有 ${bad.length} 行需要修改，未读入任何人。${named.join('；')}。`;
}
