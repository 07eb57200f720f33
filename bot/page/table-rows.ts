import type { Asking } from '../../handlers/define.ts';
import type { Entry, Move, Situation } from '../../ledger/define.ts';
import { mayMove, situationOf } from '../../ledger/move.ts';
import { DOES_NOT_OPEN } from '../../ledger/open-or-tell.ts';
import {
  ANSWERS,
  AT_WORK,
  CATEGORIES,
  type ItemData,
  type RectificationData,
} from '../../ledger/rectification/data.ts';
import { isAppliedInTime } from '../../ledger/rectification/figures/applied-in-time.ts';
import { departmentsOf } from '../../ledger/rectification/figures/departments.ts';
import { namesOf } from '../../ledger/rectification/people-of.ts';
import { LEDGER } from '../../ledger/rectification/round-parts.ts';
import { pendingIn } from '../../ledger/rectification/supervision.ts';
import { short } from '../../ledger/rectification/wording.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { stateLabel } from '../../ledger/state-label.ts';
import { writeTargets } from '../../ledger/target.ts';
import { BULK_WORDS } from './table-press.ts';
import { GONE, stretchesOf } from './table-stretches.ts';
import { filterOf, orderOf, readKey, type TableView, writeKey } from './table-view.ts';

/** A line of the table, in words. */
export interface TableRow {
  ref: string;
  /** As a press names it: what changed since is refused. */
  target: string;
  heading?: string;
  title: string;
  category: string;
  leader: string;
  department: string;
  responsible: string;
  dueOn: string;
  isOverdue: boolean;
  state: string;
  tone: string;
  latest: string;
  /** What this reader may do with it among what can be done to many at once. */
  words: readonly string[];
  /** What he might do with it, were it not for a rule that keeps him from deciding: in its words. */
  kept: readonly string[];
}

export interface ShownTable {
  rows: TableRow[];
  /** Where the next page begins; there may be more behind it. */
  next?: string;
  /** How many there are in all, up to `MOST_COUNTED` and then one more; absent: not counted. */
  total?: number;
  /** The order that was asked for gave way to that of the refs. */
  isByRef: boolean;
  /** Not all were looked through. */
  isPart: boolean;
  /** Nobody is called what was typed. */
  nobody?: string;
}

export const MOST_COUNTED = 1000;

/** One page of the table, with the reader's eyes. */
export async function readRows(asking: Asking, view: TableView, take: number): Promise<ShownTable> {
  const { entries } = asking;
  const { filter, nobody } = filterOf(asking, view);
  if (nobody !== undefined) return { rows: [], isByRef: false, isPart: false, nobody, total: 0 };
  const stretches = await stretchesOf(asking, view);
  const page = await entries.table.page(filter, {
    order: orderOf(view),
    stretches: stretches.map((stretch) => stretch.filter),
    after: readKey(view.after),
    take,
    countTo: MOST_COUNTED,
  });
  const departments = new Map(departmentsOf(asking.directory).map(({ id, name }) => [id, name]));
  const headings = view.group === 'problem' ? await problemHeadings(asking, page.found) : undefined;
  return {
    rows: page.found.map(({ entry, stretch }) =>
      rowOf(asking, departments, entry, headings?.(entry) ?? stretches[stretch]?.heading),
    ),
    isByRef: page.isByRef === true,
    isPart: page.isPart === true,
    ...(page.next && { next: writeKey(page.next) }),
    ...(page.total !== undefined && { total: page.total }),
  };
}

/** 「Z1 轮次 › Z1-3 问题」, of what the reader may see of these. */
async function problemHeadings(
  { entries }: Asking,
  found: readonly { entry: Entry }[],
): Promise<(entry: Entry) => string> {
  const above = (ref: string) =>
    ref.split('-').flatMap((_, at, parts) => (at > 0 ? [parts.slice(0, at).join('-')] : []));
  const refs = [...new Set(found.flatMap(({ entry }) => above(entry.ref)))];
  const titles = new Map(
    refs.length === 0
      ? []
      : (await entries.list({ ledger: LEDGER, refs })).map(({ ref, title }) => [ref, title]),
  );
  return ({ ref }) =>
    above(ref)
      .map((each) => `${each} ${short(titles.get(each) ?? '')}`.trim())
      .join(' › ');
}

function rowOf(
  asking: Asking,
  departments: ReadonlyMap<string, string>,
  entry: Entry,
  heading: string | undefined,
): TableRow {
  const { directory, today, person } = asking;
  const ledger = asking.entries.ledgerOf(entry);
  const reading = asking.entries.readable(entry);
  const data = reading?.data as RectificationData | undefined;
  const item = data && data.level !== 'round' ? data : undefined;
  const department = entry.departmentId ? (departments.get(entry.departmentId) ?? GONE) : '';
  const state = ledger.states[entry.state];
  const bulk = reading ? bulkMoves(asking, entry) : [];
  return {
    ref: entry.ref,
    target: writeTargets([entry]),
    ...(heading !== undefined && { heading }),
    title: entry.title,
    category: item?.category ? CATEGORIES[item.category] : '',
    leader: namesOf(entry, 'leader', directory, ''),
    department,
    responsible: namesOf(entry, 'responsible', directory, ''),
    dueOn: entry.dueOn ?? '',
    isOverdue:
      entry.closedAt === null &&
      entry.dueOn !== null &&
      entry.dueOn < today &&
      !(item && isAppliedInTime(entry, item)),
    state: stateLabel(ledger, entry, person),
    tone: state?.closed ? 'green' : (state?.tone ?? 'plain'),
    latest: item ? latestOf(asking, entry, item) : reading ? '' : DOES_NOT_OPEN,
    words: bulk.flatMap(({ word, refusal }) => (refusal ? [] : [word])),
    kept: bulk.flatMap(({ refusal }) => (refusal?.code === 'four-eyes' ? [refusal.message] : [])),
  };
}

/** What can be done to many at once and is his to do here; with what its own rules say against it. */
function bulkMoves(asking: Asking, entry: Entry): { word: string; refusal: Refusal | undefined }[] {
  const { person, entries } = asking;
  const situation = situationOf(asking, person, entry);
  return entries
    .ledgerOf(entry)
    .moves.filter(({ word }) => (BULK_WORDS as readonly string[]).includes(word))
    .filter((move) => move.from.includes(entry.state) && mayMove(move, person, entry))
    .map((move) => ({ word: move.word, refusal: refusalOf(move, situation) }));
}

function refusalOf(move: Move, situation: Situation): Refusal | undefined {
  try {
    move.check?.(situation);
    return undefined;
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
}

/** What was told last, and this week's answer. */
function latestOf({ store, today }: Asking, entry: Entry, item: ItemData): string {
  const { progress, weekly } = item;
  const isAsked = (AT_WORK as readonly string[]).includes(entry.state);
  const isThisWeek = weekly?.week === store.calendar.weekOf(today);
  const answer = isThisWeek && weekly ? ANSWERS[weekly.answer] : '未回复';
  const week = pendingIn(entry.state, item) ?? answer;
  return [
    progress ? `${progress.on} ${short(progress.text)}` : '',
    isAsked || isThisWeek ? `本周督查：${week}` : '',
  ]
    .filter(Boolean)
    .join('；');
}
