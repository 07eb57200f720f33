import { Refusal } from '../refusal.ts';
import type { Sheet, SheetRow } from './sheet.ts';

/**
 * What a roster's columns may be called. The first name of a list that a sheet has is the one taken: where both 单位 and 科室 stand,
 * 单位 is the bureau.
 */
const HEADINGS = {
  staffNumber: ['工号', '人员编号', '编号'],
  name: ['姓名'],
  department: ['科室', '处室', '部门', '单位'],
  post: ['职务', '岗位'],
  roles: ['角色'],
  isHead: ['科室负责人', '是否负责人'],
  larkAccount: ['飞书账号', 'Lark', 'open_id'],
} as const;

export type Column = keyof typeof HEADINGS;
/** Where each column stands, from 0; a column that may be missing is -1. */
export type Columns = Readonly<Record<Column, number>>;

export const columnLabel = (column: Column): string => HEADINGS[column][0];

export interface FoundTable {
  columns: Columns;
  /** All rows below the headings. */
  rows: SheetRow[];
}

/**
 * The one table with 姓名 and 科室 headings. Rows above the headings (a title, a date) are passed over.
 * @throws Refusal `invalid-input` where there is none, more than one, a needed column is missing or one stands twice
 */
export function findTable(sheets: readonly Sheet[]): FoundTable {
  const found = sheets.flatMap((sheet) => {
    const index = sheet.rows.findIndex((row) => has(row, 'name') && has(row, 'department'));
    return index < 0 ? [] : [{ sheet, index }];
  });
  const [first, ...more] = found;
  if (!first) throw new Refusal('invalid-input', NO_HEADINGS);
  if (more.length > 0) {
    const names = found.map(({ sheet }) => `「${sheet.name}」`).join('、');
    throw new Refusal('invalid-input', `${names}都像人员名单，不知道该读哪一张：请只保留一张工作表。`);
  }
  const { sheet, index } = first;
  return { columns: columnsOf(sheet.rows[index] as SheetRow), rows: sheet.rows.slice(index + 1) };
}

const NO_HEADINGS =
  '没有找到表头：应有一行写着「工号」「姓名」「科室」，还可以有「职务」「角色」「科室负责人」「飞书账号」，次序不限。';

function columnsOf(row: SheetRow): Columns {
  const at = Object.keys(HEADINGS).map((column) => [column, indexOf(row, column as Column)]);
  const columns = Object.fromEntries(at) as Columns;
  if (columns.staffNumber >= 0) return columns;
  const names = HEADINGS.staffNumber.map((name) => `「${name}」`).join('');
  throw new Refusal('invalid-input', `第 ${row.line} 行是表头，但没有工号列：应有一列写着${names}之一。`);
}

function indexOf(row: SheetRow, column: Column): number {
  const headings = Array.from(row.cells, (cell) => headingText(cell?.text ?? ''));
  const name = HEADINGS[column].find((known) => headings.includes(known));
  if (name === undefined) return -1;
  const index = headings.indexOf(name);
  const again = headings.indexOf(name, index + 1);
  if (again < 0) return index;
  const places = [index, again].map((each) => row.cells[each]?.place).join('、');
  throw new Refusal('invalid-input', `表头有两列都是「${name}」（${places}）：请只保留一列。`);
}

const has = (row: SheetRow, column: Column): boolean =>
  row.cells.some((cell) => (HEADINGS[column] as readonly string[]).includes(headingText(cell?.text ?? '')));

/** 「姓　名」, 「姓名*」 and 「姓名（必填）」 are 姓名. */
const headingText = (text: string): string => text.slice(0, 50).replace(/[\s*＊]|[（(][^（()）]*[)）]/g, '');
