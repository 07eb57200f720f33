import type { Entry } from '../../define.ts';
import { TAKEN_OUT } from '../../taken-out.ts';
import { itemData, type RectificationData } from '../data.ts';
import { oneLine } from '../round-parts.ts';
import type { Known, RowPlan } from './plan.ts';
import { type LedgerRow, splitMeasures } from './rows.ts';
import { type ReadingContext, type RowValues, readValues, withoutOwnLeader } from './values.ts';

/** An item that comes into the ledger. */
export interface NewItem {
  problemNumber: number;
  /** Of the measure; absent: the problem itself is the item. */
  number?: number;
  title: string;
  /** The problem is made with it. */
  problem?: { title: string; findings?: string };
  aspect: string;
  values: RowValues;
}

/** A problem as the rows tell of it. */
interface Group {
  rows: LedgerRow[];
  /** That of the ledger, where the words are the same. */
  known?: Entry;
  number: number;
}

const same = (text: string): string => text.normalize('NFKC').replace(/[\s，。；、,.;:：]/gu, '');

/** What is planned for rows that stand for nothing in the ledger by their number; what is there by its words stays. */
export function addsOf(
  rows: readonly LedgerRow[],
  known: Known,
  reading: ReadingContext,
): ReadonlyMap<LedgerRow, RowPlan> {
  const plans = new Map<LedgerRow, RowPlan>();
  const top = problemsOf(known);
  for (const group of groupsOf(rows, top)) planGroup(group, known, reading, plans);
  return plans;
}

/** The problems of the round. One that is hidden from the importer is there for him only by its number being taken. */
function problemsOf({ byRef, seen, roundRef }: Known) {
  const entries = [...byRef.values()].filter(({ ref }) => !ref.slice(roundRef.length + 1).includes('-'));
  return {
    taken: new Set(entries.map((entry) => itemData(entry.data as RectificationData).number)),
    byWords: new Map(entries.filter(({ ref }) => seen.has(ref)).map((entry) => [same(entry.title), entry])),
  };
}

function groupsOf(rows: readonly LedgerRow[], top: ReturnType<typeof problemsOf>): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = `${same(row.aspect)}\n${same(row.problem)}`;
    const group = groups.get(key);
    const known = top.byWords.get(same(oneLine(row.problem)));
    if (group) group.rows.push(row);
    else groups.set(key, { rows: [row], number: 0, ...(known && { known }) });
  }
  const all = [...groups.values()];
  for (const group of all)
    if (group.known) group.number = itemData(group.known.data as RectificationData).number;
  number(
    all.filter((group) => !group.known),
    top.taken,
  );
  return all;
}

/** As the file numbers them where it does so without a gap in sense, else on from what is there. */
function number(groups: readonly Group[], taken: ReadonlySet<number>): void {
  const said = groups.map(({ rows }) => numberOf(rows));
  const fits = said.every((each, index) => each > (said[index - 1] ?? 0) && !taken.has(each));
  let next = Math.max(0, ...taken);
  for (const [index, group] of groups.entries()) {
    next += 1;
    group.number = fits ? (said[index] ?? next) : next;
  }
}

/** 「3」 or 「3-2」 of the rows of a problem, if all say the same. */
function numberOf(rows: readonly LedgerRow[]): number {
  const numbers = new Set(
    rows.map(({ cells }) => {
      const text = (cells.ref?.text ?? cells.number?.text ?? '').normalize('NFKC').trim();
      return /^\d{1,3}(?:-\d{1,3})?$/.test(text) ? Number.parseInt(text, 10) : 0;
    }),
  );
  const [only = 0] = numbers;
  return numbers.size === 1 ? only : 0;
}

function planGroup(
  group: Group,
  known: Known,
  reading: ReadingContext,
  plans: Map<LedgerRow, RowPlan>,
): void {
  const { known: problem, rows } = group;
  const numbered = problem ? childrenOf(problem, known) : [];
  const measures = numbered.filter(({ state }) => state !== TAKEN_OUT);
  const ref = refOf(known, group.number);
  const refuse = (row: LedgerRow, sentence: string) =>
    plans.set(row, { row, kind: 'refused', ref, says: [sentence] });
  const leaves = rows.filter(({ measure }) => measure !== '');
  let next = Math.max(0, ...numbered.map(({ data }) => itemData(data as RectificationData).number));
  let isThere = problem !== undefined;
  for (const row of rows) {
    if (row.measure === '') {
      if (problem) plans.set(row, { row, kind: 'same', ref, says: ['问题已在台账中，保持不变'] });
      else if (leaves.length > 0)
        plans.set(row, { row, kind: 'same', ref, says: ['没有整改措施，只作为问题'] });
      else if (isThere) refuse(row, '问题与前面的重复，且没有整改措施');
      else plans.set(row, added(row, known, [{ ...base(group, row, reading), title: oneLine(row.problem) }]));
      isThere = true;
      continue;
    }
    const texts = splitMeasures(row.cells.measure?.text ?? row.measure).map(oneLine);
    const fresh = texts.filter(
      (text) => !measures.some(({ ref: one, title }) => known.seen.has(one) && same(title) === same(text)),
    );
    if (fresh.length === 0) plans.set(row, { row, kind: 'same', ref, says: ['措施已在台账中，保持不变'] });
    else if (problem && measures.length === 0 && isItem(problem))
      refuse(row, `${problem.ref} 本身已是一个整改事项，不能再加措施`);
    else if (problem?.closedAt) refuse(row, `${problem.ref} 已销号，不能再加措施`);
    else {
      const items = fresh.map((title): NewItem => ({ ...base(group, row, reading), number: ++next, title }));
      plans.set(row, added(row, known, items));
    }
  }
}

/** Given out, or proposed to be, itself. */
const isItem = ({ state, people }: Entry): boolean =>
  people.length > 0 || !['unassigned', 'progressing'].includes(state);

const childrenOf = (problem: Entry, { byRef }: Known): Entry[] =>
  [...byRef.values()].filter(({ parentId }) => parentId === problem.id);

function base(
  { known, number: problemNumber, rows }: Group,
  row: LedgerRow,
  reading: ReadingContext,
): Omit<NewItem, 'title'> {
  const values = withoutOwnLeader(row, readValues(row, reading), reading.directory);
  const findings = rows.flatMap(({ cells }) => cells.findings?.text.trim() ?? []).find((text) => text !== '');
  const problem = { title: oneLine(row.problem), ...(findings && { findings }) };
  return { problemNumber, ...(!known && { problem }), aspect: oneLine(row.aspect), values };
}

function added(row: LedgerRow, known: Known, adds: NewItem[]): RowPlan {
  const [first] = adds;
  const of = adds.length > 1 ? [`整改措施按编号分为 ${adds.length} 条`] : [];
  const ref = refOf(known, first?.problemNumber, first?.number);
  return { row, kind: 'add', ref, adds, says: [...of, ...(first?.values.says ?? [])] };
}

/** Of a round that has no number yet, what stands behind it. */
const refOf = ({ roundRef }: Known, ...numbers: (number | undefined)[]): string =>
  [roundRef, ...numbers].filter((each) => each !== '' && each !== undefined).join('-');
