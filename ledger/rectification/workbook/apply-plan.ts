import type { Entry, Notice } from '../../define.ts';
import type { Person } from '../../directory.ts';
import { entriesFor } from '../../entry.ts';
import { type Operation, operate } from '../../operation.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store.ts';
import { TAKEN_OUT } from '../../taken-out.ts';
import type { NewEntry } from '../../write-entry.ts';
import { dataSchema, SOURCES } from '../data.ts';
import { LEDGER } from '../round-parts.ts';
import { newRound } from '../rounds.ts';
import { settle } from '../settle.ts';
import { applyChange } from './apply-change.ts';
import { newEntriesFor, noticesFor } from './new-entries.ts';
import { type ImportPlan, isWorthDoing, NOTHING_TO_DO, type RowPlan } from './plan.ts';
import type { NewItem } from './plan-adds.ts';

/** What came of an import. */
export interface LedgerImport {
  round: string;
  rows: RowPlan[];
}

/** So many rows are one transaction, and what it tells a person one message: others have their turn in between. */
const AT_ONCE = 100;

export interface Importer {
  store: Store;
  /** Somebody, or a command. */
  actor: Person | string;
  at: Date;
}

/**
 * Does what was planned, a few rows at a time. Each row goes in or is refused by itself; what broke off goes on when the same
 * file is imported again, since what is there is known by its words.
 * @throws Refusal where no row would be added or changed: a round without anything in it is not made
 */
export async function applyPlan(importer: Importer, plan: ImportPlan): Promise<LedgerImport> {
  if (!isWorthDoing(plan)) throw new Refusal('invalid-input', NOTHING_TO_DO);
  const done: RowPlan[] = [];
  let round = plan.round?.ref;
  for (let from = 0; from === 0 || from < plan.rows.length; from += AT_ONCE) {
    const some = plan.rows.slice(from, from + AT_ONCE);
    const { store, actor, at } = importer;
    await operate(store, { actor, at }, async (operation) => {
      const top = round === undefined ? await makeRound(operation, plan) : await theRound(operation, round);
      round = top.ref;
      for (const each of some) done.push(named(plan, top, await applyRow(operation, importer, top, each)));
    });
  }
  return { round: round ?? '', rows: done };
}

/** In a round that was made just now, the rows have its number only from now on. */
const named = (plan: ImportPlan, round: Entry, row: RowPlan): RowPlan =>
  plan.round || /^Z/.test(row.ref) ? row : { ...row, ref: `${round.ref}-${row.ref}` };

async function theRound(operation: Operation, ref: string): Promise<Entry> {
  const round = await operation.entries.find({ ref });
  if (!round) throw new Error(`${ref} was there a moment before`);
  return round;
}

async function makeRound(operation: Operation, { title, feedbackOn }: ImportPlan): Promise<Entry> {
  const { termMonths, meetingConfirms } = operation.store.rules.rectification;
  const round = await newRound(operation, title, {
    level: 'round',
    source: Object.values(SOURCES).find((source) => title.includes(source)) ?? SOURCES.inspection,
    termMonths,
    ...(feedbackOn && { feedbackOn }),
    ...(meetingConfirms && { needsMeeting: true }),
  });
  return operation.create({ ...round, state: 'progressing' });
}

async function applyRow(
  operation: Operation,
  importer: Importer,
  round: Entry,
  plan: RowPlan,
): Promise<RowPlan> {
  try {
    if (plan.kind === 'add') {
      for (const item of plan.adds ?? []) await add(operation, round, item);
      return plan;
    }
    if (plan.kind === 'change' && plan.change && typeof importer.actor !== 'string')
      await applyChange(operation, importer.actor, plan.change, plan.row);
    return plan;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return { ...plan, kind: 'refused', says: [fault.message.replace(/。$/u, '')] };
  }
}

async function add(operation: Operation, round: Entry, item: NewItem): Promise<void> {
  const asBureau = entriesFor(operation.store, operation.rows, 'bureau');
  const data = dataSchema.parse(round.data);
  if (data.level !== 'round') throw new Error(`${round.ref} is no round`);
  const ref = `${round.ref}-${item.problemNumber}`;
  const top = await asBureau.find({ ref });
  if (top?.state === TAKEN_OUT)
    throw new Refusal('outdated', `${ref} 刚刚已作废，这一行没有导入，请再导入一次。`);
  const { problem, measure } = newEntriesFor(operation, { ...round, data }, top, item);
  const above = top ?? (await operation.create(problem));
  const made = measure ? await addNew(operation, asBureau, measure(above)) : above;
  for (const [index, notice] of noticesFor(made, item, operation.directory).entries())
    await tell(operation, made, notice, index);
  await settle(operation, made);
}

/** Somebody may have added one meanwhile. */
async function addNew(
  operation: Operation,
  asBureau: ReturnType<typeof entriesFor>,
  entry: NewEntry,
): Promise<Entry> {
  if (await asBureau.find({ ref: entry.ref }))
    throw new Refusal('outdated', `编号 ${entry.ref} 刚刚已被使用，这一行没有导入，请再导入一次。`);
  return operation.create(entry);
}

const tell = (operation: Operation, entry: Entry, notice: Notice, index: number): Promise<void> =>
  operation.notify(entry, notice, `${LEDGER}.import:${entry.id}:${entry.version}:${index}`);
