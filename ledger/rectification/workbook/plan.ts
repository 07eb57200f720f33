import type { Calendar, CalendarDate } from '../../calendar.ts';
import type { Entry } from '../../define.ts';
import type { Directory, Person } from '../../directory.ts';
import { type Entries, type EntryFilter, entriesFor } from '../../entry.ts';
import { Refusal } from '../../refusal.ts';
import type { Rows, Store } from '../../store.ts';
import { TAKEN_OUT } from '../../taken-out.ts';
import { dataSchema, type RectificationData } from '../data.ts';
import { LEDGER, MOST_PARTS, oneLine, requireGiven } from '../round-parts.ts';
import { addsOf, type NewItem } from './plan-adds.ts';
import { changeOf, type RowChange } from './plan-change.ts';
import { type LedgerRow, typedRef } from './rows.ts';

/** Where the rows go: a round that is there, or one that is made. */
export type Target = { ref: string } | { title: string; feedbackOn?: CalendarDate };

/** What becomes of a row. */
export interface RowPlan {
  row: LedgerRow;
  kind: 'add' | 'change' | 'same' | 'refused';
  ref: string;
  /** In sentences without a full stop: why, or what could not be read. */
  says: string[];
  adds?: NewItem[];
  change?: RowChange;
}

export interface ImportPlan {
  /** Absent: it is made first. */
  round?: Entry;
  title: string;
  feedbackOn?: CalendarDate;
  rows: RowPlan[];
}

/** Whether anything would be added or changed. */
export const isWorthDoing = ({ rows }: Pick<ImportPlan, 'rows'>): boolean =>
  rows.some(({ kind }) => kind === 'add' || kind === 'change');

/** Why a plan without it is not done. */
export const NOTHING_TO_DO = '没有可以新增或更改的行，没有写入。';

export interface PlanContext {
  store: Store;
  rows: Rows;
  /** With the importer's eyes. */
  entries: Entries;
  directory: Directory;
  today: CalendarDate;
  at: Date;
  /** Who imports; absent: a command, which may add, and change nothing. */
  person?: Person;
}

/** The round, and what stands below it: all of it, what was taken out too, so that no number is given twice, and what the importer may see. */
export interface Known {
  round?: Entry;
  roundRef: string;
  feedbackOn?: CalendarDate;
  byRef: ReadonlyMap<string, Entry>;
  seen: ReadonlySet<string>;
  /** What was taken out, of what the importer may see: its number is taken, and nothing is below or above it. */
  takenOut: ReadonlySet<string>;
}

/**
 * What an import would do, row by row. Nothing is written.
 * @throws Refusal where there is no such round, or more problems than a round has room for
 */
export async function planImport(
  context: PlanContext,
  rows: readonly LedgerRow[],
  target: Target,
): Promise<ImportPlan> {
  if ('title' in target && target.feedbackOn) requireGiven(target.feedbackOn, context.today);
  const known = await knownFor(context, target);
  const { calendar } = context.store;
  const plans = planRows(context, calendar, rows, known);
  const adding = plans.flatMap(({ adds }) => adds ?? []);
  const most = Math.max(0, ...adding.flatMap(({ problemNumber, number }) => [problemNumber, number ?? 0]));
  if (most > MOST_PARTS) {
    const sentence = `一轮最多 ${MOST_PARTS} 个问题，一个问题最多 ${MOST_PARTS} 条措施，这里要编到 ${most}：请分成几轮导入。`;
    throw new Refusal('invalid-input', sentence);
  }
  const { round, feedbackOn } = known;
  const title = round?.title ?? ('title' in target ? oneLine(target.title) : '');
  return { ...(round && { round }), title, ...(feedbackOn && { feedbackOn }), rows: plans };
}

/** Held at one time while they are read. */
const PAGE = 500;

async function knownFor(context: PlanContext, target: Target): Promise<Known> {
  const asBureau = entriesFor(context.store, context.rows, 'bureau');
  const round = await roundFor(context, target);
  const byRef = new Map<string, Entry>();
  const seen = new Set<string>();
  const takenOut = new Set<string>();
  if (round) {
    const below = { ledger: LEDGER, below: round.ref };
    const gone = { ...below, states: [TAKEN_OUT] };
    for await (const entry of all(asBureau, below)) byRef.set(entry.ref, entry);
    for await (const entry of all(asBureau, gone)) byRef.set(entry.ref, entry);
    for await (const { ref } of all(context.entries, below)) seen.add(ref);
    for await (const { ref } of all(context.entries, gone)) takenOut.add(ref);
  }
  const data = round && roundData(round);
  const feedbackOn = data?.feedbackOn ?? ('title' in target ? target.feedbackOn : undefined);
  return {
    ...(round && { round }),
    roundRef: round?.ref ?? '',
    ...(feedbackOn && { feedbackOn }),
    byRef,
    seen,
    takenOut,
  };
}

async function* all(entries: Entries, filter: EntryFilter): AsyncGenerator<Entry> {
  for (let skip = 0; ; skip += PAGE) {
    const some = await entries.list(filter, { skip, take: PAGE });
    yield* some;
    if (some.length < PAGE) return;
  }
}

/** A new round that is there already, because an import of it broke off, goes on. */
async function roundFor(context: PlanContext, target: Target): Promise<Entry | undefined> {
  if ('ref' in target) {
    const entry = await context.entries.get(target.ref);
    if (entry.ledger === LEDGER && entry.parentId === null) return entry;
    throw new Refusal('invalid-input', `${entry.ref} 不是整改轮次，请写轮次编号，例如 Z1。`);
  }
  const rounds = await context.entries.list({ ledger: LEDGER, parentId: null });
  return rounds.find(
    (round) => round.title === oneLine(target.title) && roundData(round)?.feedbackOn === target.feedbackOn,
  );
}

function roundData({ data }: Entry): Extract<RectificationData, { level: 'round' }> | undefined {
  const round = dataSchema.parse(data);
  return round.level === 'round' ? round : undefined;
}

function planRows(
  context: PlanContext,
  calendar: Calendar,
  rows: readonly LedgerRow[],
  known: Known,
): RowPlan[] {
  const { directory, today } = context;
  const noticeDays = context.store.rules.warnings.green.days;
  const reading = { directory, calendar, today, noticeDays, feedbackOn: known.feedbackOn };
  const done = new Map<string, number>();
  const refused = (row: LedgerRow, ref: string, sentence: string): RowPlan => ({
    ...{ row, kind: 'refused', ref, says: [sentence] },
  });
  const plans = rows.map((row): RowPlan | undefined => {
    const ref = refIn(row, known.roundRef);
    if (ref === undefined) return undefined;
    const before = done.get(ref);
    done.set(ref, row.line);
    if (before !== undefined) return refused(row, ref, `编号 ${ref} 与第 ${before} 行重复`);
    const entry = known.seen.has(ref) ? known.byRef.get(ref) : undefined;
    if (entry) return changeOf({ ...context, reading, known }, row, entry);
    if (known.takenOut.has(ref)) return refused(row, ref, `${ref} 已作废，编号不再使用`);
    const isOurs = /^Z/.test(row.cells.ref?.text.trim().toUpperCase() ?? '');
    if (known.byRef.has(ref) || isOurs)
      return refused(row, ref, `没有找到编号「${ref}」，或它不在您可以查看的范围内`);
    return undefined;
  });
  const fresh = addsOf(
    rows.filter((_, index) => plans[index] === undefined),
    known,
    reading,
  );
  return rows.flatMap((row, index) => plans[index] ?? fresh.get(row) ?? []);
}

/** 「Z1-3-2」, or 「3-2」 of this round. A plain number is a place in a list. */
function refIn(row: LedgerRow, roundRef: string): string | undefined {
  const typed = typedRef(row);
  if (/^Z\d{1,3}(-\d{1,3}){1,2}$/.test(typed)) return typed;
  return roundRef !== '' && /^\d{1,3}-\d{1,3}$/.test(typed) ? `${roundRef}-${typed}` : undefined;
}
