import type { Entry } from '../../define.ts';
import { situationOf } from '../../move.ts';
import { Refusal } from '../../refusal.ts';
import { TAKEN_OUT } from '../../taken-out.ts';
import { assign } from '../assignment.ts';
import { itemData, type RectificationData } from '../data.ts';
import { type ExportedRow, exportedRow } from './exported-row.ts';
import { FIELDS, type Field } from './fields.ts';
import type { Known, PlanContext, RowPlan } from './plan.ts';
import { type LedgerRow, unnumbered } from './rows.ts';
import { type ReadingContext, type RowValues, readValues } from './values.ts';

/** What a row changes of an item: only what was edited since it was exported. */
export interface RowChange {
  ref: string;
  version: number;
  fields: Field[];
  values: RowValues;
}

/** What a row may change: who does it and until when, and what is expected. Never states, evidence or history. */
const TEXTS = ['target', 'standard', 'evidenceNeeded'] as const;
export const ASSIGNMENT = ['leader', 'responsible', 'assistant', 'dueOn', 'category'] as const;
const STAYS = ['problem', 'measure', 'findings', 'aspect', 'state', 'progress', 'department'] as const;

interface Here extends PlanContext {
  reading: ReadingContext;
  known: Known;
}

/** What is planned for a row that names an item by its number. */
export function changeOf(here: Here, row: LedgerRow, entry: Entry): RowPlan {
  const plan = (kind: RowPlan['kind'], ...says: string[]): RowPlan => ({ row, kind, ref: entry.ref, says });
  if (hasParts(entry, here.known)) return plan('same', '问题已在台账中，保持不变');
  if (!here.person) return plan('same', '已在台账中，保持不变；更改由督查员、纪检监察员在页面上导入');
  const version = Number(row.cells.version?.text.trim() || Number.NaN);
  if (Number.isNaN(version)) return plan('same', '已在台账中，保持不变；要更改，请导出后在导出的表上修改');
  if (version !== entry.version) return plan('refused', stale(version, entry));
  const before = beforeOf(here, entry);
  const edited = (field: keyof ExportedRow) => isEdited(row, before, field);
  const fields: Field[] = [...TEXTS, ...ASSIGNMENT].filter(edited);
  if (row.cells.isSensitive || edited('isPublic')) fields.push('isPublic');
  const values = readValues(row, here.reading);
  const says = [
    ...STAYS.filter(edited).map((field) => `${FIELDS[field]}不由表格更改，保留台账里的`),
    ...unusable(fields, row, values),
  ];
  const usable = fields.filter((field) => isUsable(field, row, values));
  if (usable.length === 0) return plan('same', ...says);
  const why = whyNot(here, here.person, entry);
  if (why) return plan('refused', why);
  const named = `更改：${usable.map((field) => FIELDS[field]).join('、')}`;
  const change = { ref: entry.ref, version, fields: usable, values };
  return { ...plan('change', named, ...says), change };
}

const hasParts = (entry: Entry, { byRef }: Known): boolean =>
  [...byRef.values()].some(({ parentId, state }) => parentId === entry.id && state !== TAKEN_OUT);

export const stale = (version: number, { version: now }: Pick<Entry, 'version'>): string =>
  `导出之后已有变动（表中是第 ${version} 版，现为第 ${now} 版），这一行没有更新，请重新导出`;

function beforeOf({ known, directory, entries }: Here, entry: Entry): ExportedRow {
  const dataOf = (one: Entry) => itemData(one.data as RectificationData);
  const top = [...known.byRef.values()].find(({ id }) => id === entry.parentId);
  const problem = top && { entry: top, data: dataOf(top) };
  return exportedRow({ entry, data: dataOf(entry), problem }, directory, entries.ledgerOf(entry));
}

/** A column that the file does not have is not edited. An empty cell of one that it has, is. */
function isEdited(row: LedgerRow, before: ExportedRow, field: keyof ExportedRow): boolean {
  if (row.mapping[field] === undefined) return false;
  const cell = row.cells[field];
  if (cell?.flaw) return false;
  const text = (field === 'dueOn' ? cell?.on : undefined) ?? cell?.text ?? '';
  const [one, other] = [text, before[field]].map((each) => each.trim().replace(/\r\n?/g, '\n'));
  if (one === other) return false;
  // Numbers before the words are taken off when they come in.
  return field !== 'problem' && field !== 'measure'
    ? true
    : unnumbered(one ?? '') !== unnumbered(other ?? '') && one !== '';
}

/** Texts can be emptied; whom something was given to, and until when, can only be replaced. */
function isUsable(field: Field, row: LedgerRow, values: RowValues): boolean {
  if (field === 'isPublic') return values.isSensitive !== undefined;
  if (field === 'leader' || field === 'dueOn' || field === 'category') return values[field] !== undefined;
  if (field === 'responsible') return values.responsible.length > 0;
  if (field === 'assistant') return values.assistant.length > 0 || !row.cells.assistant;
  return true;
}

/** What could not be read of what was edited. */
function unusable(fields: readonly Field[], row: LedgerRow, values: RowValues): string[] {
  const said = values.says.filter((sentence) => fields.some((field) => sentence.startsWith(FIELDS[field])));
  const empty = fields.filter((field) => !isUsable(field, row, values) && !row.cells[field]);
  return [...said, ...empty.map((field) => `${FIELDS[field]}空着，保留台账里的`)];
}

/** The rules of 指派 hold for whoever does it by a table. */
function whyNot(here: Here, person: NonNullable<PlanContext['person']>, entry: Entry): string | undefined {
  const state = here.entries.ledgerOf(entry).states[entry.state]?.label ?? entry.state;
  if (!assign.from.includes(entry.state)) return `现为「${state}」，不能更改`;
  try {
    const situation = situationOf({ ...here, store: here.store }, person, entry);
    assign.check?.(situation as Parameters<NonNullable<typeof assign.check>>[0]);
    return undefined;
  } catch (fault) {
    if (fault instanceof Refusal) return fault.message.replace(/。$/u, '');
    throw fault;
  }
}
