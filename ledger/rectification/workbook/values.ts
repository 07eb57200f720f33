import type { Calendar, CalendarDate } from '../../calendar.ts';
import type { Directory } from '../../directory.ts';
import { CATEGORIES } from '../data.ts';
import { firstQuarterEnd } from '../quarter.ts';
import { letterOf } from './book.ts';
import { FIELDS, type Field } from './fields.ts';
import type { LedgerRow } from './rows.ts';
import { readWhen } from './when.ts';
import { readWho } from './who.ts';

/** What a row says of the item, read; what is missing was not said, or could not be read. */
export interface RowValues {
  texts: Partial<Record<'findings' | 'target' | 'standard' | 'evidenceNeeded' | 'progress', string>>;
  category?: keyof typeof CATEGORIES;
  isSensitive?: boolean;
  leader?: string;
  responsible: string[];
  assistant: string[];
  departmentId?: string;
  dueOn?: CalendarDate;
  /** What could not be read, field by field, in sentences without a full stop. */
  says: string[];
}

export interface ReadingContext {
  directory: Directory;
  calendar: Calendar;
  today: CalendarDate;
  /** The round's feedback, from which dates are counted. */
  feedbackOn?: CalendarDate | undefined;
  /** So long before the end of a quarter is its progress asked for. */
  noticeDays: number;
}

export function readValues(row: LedgerRow, context: ReadingContext): RowValues {
  const values: RowValues = { texts: {}, responsible: [], assistant: [], says: [] };
  for (const field of ['findings', 'target', 'standard', 'evidenceNeeded', 'progress'] as const) {
    const text = usable(row, field, values);
    if (text) values.texts[field] = text;
  }
  readPeople(row, context, values);
  readDue(row, context, values);
  readPublic(row, values);
  const state = row.cells.state?.text.trim() ?? '';
  if (DONE.test(state))
    values.says.push(
      `${place(row, 'state')}写着「${state.slice(0, 10)}」：销号要有佐证，并经申请、审核、复核，导入时不作销号`,
    );
  return values;
}

const DONE = /^(?:是|已?(?:完成|办结|销号|整改到位|整改完成|整改完毕)|完成整改|√)/u;

/** 「责任人（G 列）」 */
const place = ({ mapping }: LedgerRow, field: Field): string =>
  `${FIELDS[field]}（${letterOf(mapping[field] ?? 0)} 列）`;

/** The text of a cell; what is wrong with the cell is said. */
function usable(row: LedgerRow, field: Field, values: RowValues): string {
  const cell = row.cells[field];
  if (cell?.flaw) values.says.push(`${place(row, field)}${cell.flaw}，没有读入`);
  return cell?.flaw ? '' : (cell?.text.trim() ?? '');
}

function readPeople(row: LedgerRow, { directory }: ReadingContext, values: RowValues): void {
  const department =
    usable(row, 'department', values)
      .split(/[、,，;；\n]/u)[0]
      ?.trim() ?? '';
  const departmentId = directory.departmentNamed(department)?.id;
  if (departmentId) values.departmentId = departmentId;
  else if (department) values.says.push(`${place(row, 'department')}没有找到「${department.slice(0, 20)}」`);
  for (const field of ['leader', 'responsible', 'assistant'] as const) {
    const { ids, unread } = readWho(usable(row, field, values), directory, departmentId);
    values.says.push(...unread.map((sentence) => `${place(row, field)}${sentence}`));
    if (field !== 'leader') values[field] = ids;
    else if (ids[0]) values.leader = ids[0];
    if (field === 'leader' && ids.length > 1) {
      const name = directory.byId(ids[0] ?? '')?.name;
      values.says.push(`责任领导只记一位，取「${name}」`);
    }
  }
}

/** 责任领导 decides on the closing, so that whoever does the work cannot be it: nobody is then, which is said. */
export function withoutOwnLeader(row: LedgerRow, values: RowValues, directory: Directory): RowValues {
  const { leader, ...rest } = values;
  if (leader === undefined) return values;
  const part = (['responsible', 'assistant'] as const).find((field) => values[field].includes(leader));
  if (!part) return values;
  const name = directory.byId(leader)?.name;
  const sentence = `${place(row, 'leader')}「${name}」同时是${FIELDS[part]}，不能审核自己的销号：责任领导没有导入，这一项待分派`;
  return { ...rest, says: [...values.says, sentence] };
}

function readDue(
  row: LedgerRow,
  { calendar, today, feedbackOn, noticeDays }: ReadingContext,
  values: RowValues,
): void {
  const said = usable(row, 'category', values);
  const category = categoryIn(said);
  if (said && !category) values.says.push(`${place(row, 'category')}「${said.slice(0, 20)}」不认识`);
  const cell = row.cells.dueOn;
  const when =
    cell && usable(row, 'dueOn', values)
      ? readWhen(cell, { calendar, today, from: feedbackOn ?? today })
      : {};
  if (when.unread) values.says.push(`${place(row, 'dueOn')}「${when.unread}」看不懂`);
  const both = category ?? when.category;
  if (both) values.category = both;
  const due = when.on ?? (both === 'lasting' ? firstQuarterEnd(today, noticeDays, calendar) : undefined);
  if (due) values.dueOn = due;
}

/** 立行立改, 限期整改, 长期坚持, and what else offices call them. */
export function categoryIn(text: string): keyof typeof CATEGORIES | undefined {
  if (/立行|立改|即知|立即/u.test(text)) return 'immediate';
  if (/长期|持续|常态/u.test(text)) return 'lasting';
  if (/限期|阶段|近期|中期|期限|限时/u.test(text)) return 'timed';
  return (Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[]).find((each) => CATEGORIES[each] === text);
}

const YES = /^(?:是|√|✓|公开|可以|可公开|y|yes|1|true)$/iu;
const NO = /^(?:否|×|✗|不公开|不可以|不宜公开|n|no|0|false|不)$/iu;

function readPublic(row: LedgerRow, values: RowValues): void {
  for (const field of ['isPublic', 'isSensitive'] as const) {
    const text = usable(row, field, values);
    if (text === '') continue;
    const isSensitiveWord = /不公开|敏感|涉密/u.test(text);
    if (field === 'isSensitive' && (YES.test(text) || isSensitiveWord)) values.isSensitive = true;
    else if (field === 'isPublic' && NO.test(text)) values.isSensitive = true;
    else if (YES.test(text) || NO.test(text)) values.isSensitive = false;
    else values.says.push(`${place(row, field)}「${text.slice(0, 10)}」看不懂，应为是或否`);
  }
}
