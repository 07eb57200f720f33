import { closest, distance } from 'fastest-levenshtein';
import { ROLES, type Role } from '../role.ts';
import { type Column, type Columns, columnLabel } from './columns.ts';
import { tidy } from './display-name.ts';
import type { SheetRow } from './sheet.ts';

/** One person of the bureau as the roster names him. */
export interface RosterRow {
  /** In the file, from 1. */
  line: number;
  staffNumber: string;
  name: string;
  department: string;
  post: string;
  /** Holds `head` exactly when `isHead`. */
  roles: Role[];
  isHead: boolean;
  /** The open_id by which Feishu or Lark knows him in this bureau's app. */
  larkAccount?: string;
}

const MAX_LENGTH = { staffNumber: 32, name: 50, department: 100, post: 100 } as const;

/** One row, as far as it could be read, and all that is wrong with it. */
export function readPerson(row: SheetRow, columns: Columns): { person: RosterRow; wrong: string[] } {
  const wrong: string[] = [];
  const text = (column: Column): string => {
    const cell = row.cells[columns[column]];
    if (cell?.problem) wrong.push(`${columnLabel(column)}（${cell.place}）${cell.problem}，应为文字`);
    return cell?.problem ? '' : (cell?.text ?? '');
  };
  const staffNumber = tidy(text('staffNumber')).normalize('NFKC');
  const name = tidy(text('name'));
  const department = tidy(text('department'));
  const post = tidy(text('post'));
  const roles = readRoles(text('roles'), wrong);
  const isHead = readHead(text('isHead'), roles, wrong);
  if (isHead && !roles.includes('head')) roles.push('head');
  const larkAccount = readLarkAccount(text('larkAccount'), wrong);
  const person = {
    ...{ line: row.line, staffNumber, name, department, post, roles, isHead },
    ...(larkAccount && { larkAccount }),
  };
  for (const column of ['staffNumber', 'name', 'department'] as const) {
    if (person[column] === '' && !row.cells[columns[column]]?.problem) wrong.push(`缺${MISSING[column]}`);
  }
  for (const [column, max] of Object.entries(MAX_LENGTH) as [keyof typeof MAX_LENGTH, number][]) {
    const length = [...person[column]].length;
    if (length > max) wrong.push(`${columnLabel(column)}有 ${length} 字，最多 ${max} 字`);
  }
  return { person, wrong };
}

const MISSING = {
  staffNumber: '工号',
  name: '姓名',
  department: '科室（合并的单元格请拆分，每行都写）',
} as const;

const ROLE_OF = new Map(Object.entries(ROLES).map(([role, label]) => [label as string, role as Role]));
const LABELS = [...ROLE_OF.keys()];

function readRoles(text: string, wrong: string[]): Role[] {
  const names = text
    .replace(/\p{Cf}/gu, '')
    .split(/[、，,;；/／\s]+/)
    .filter((name) => name !== '' && name !== '无');
  const roles = new Set<Role>();
  for (const name of new Set(names)) {
    const role = ROLE_OF.get(name);
    if (role) roles.add(role);
    else wrong.push(`角色「${shorten(name)}」不认识，${suggestion(name)}可用：${LABELS.join('、')}`);
  }
  return [...roles];
}

/** Only where half the word is right: a guess out of the blue helps nobody. */
function suggestion(name: string): string {
  const nearest = closest(shorten(name), LABELS);
  return distance(name, nearest) <= nearest.length / 2 ? `是否应为「${nearest}」？` : '';
}

const YES = new Set(['是', '√', '✓', '✔', '1', 'true', 'y', 'yes']);
const NO = new Set(['否', '×', '✗', '0', 'false', 'n', 'no', '-', '—']);

/** Said in its own column or as the role 科室负责人; an explicit 否 against that role cannot both be true. */
function readHead(text: string, roles: readonly Role[], wrong: string[]): boolean {
  const answer = tidy(text).toLowerCase();
  const hasRole = roles.includes('head');
  if (answer === '') return hasRole;
  if (YES.has(answer)) return true;
  if (!NO.has(answer)) wrong.push(`科室负责人「${shorten(answer)}」不认识，应为：是、否或空`);
  else if (hasRole) wrong.push('角色是「科室负责人」，科室负责人一列却是「否」');
  return false;
}

/** Only an open_id is the same that the app hears and sends to; union_id (on_…) and user_id are not. */
function readLarkAccount(text: string, wrong: string[]): string {
  const id = tidy(text).normalize('NFKC');
  if (id !== '' && !/^ou_\w{1,100}$/.test(id))
    wrong.push(`飞书账号「${shorten(id)}」应为 ou_ 开头的 open_id`);
  return id;
}

const shorten = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);
