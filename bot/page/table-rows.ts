import type { Asking } from '../../handlers/define.ts';
import type { Entry } from '../../ledger/define.ts';
import type { TableKey } from '../../ledger/entry.ts';
import { movesOpenTo, situationOf } from '../../ledger/move.ts';
import { DOES_NOT_OPEN } from '../../ledger/open-or-tell.ts';
import {
  ANSWERS,
  AT_WORK,
  CATEGORIES,
  type ItemData,
  type RectificationData,
} from '../../ledger/rectification/data.ts';
import { namesOf } from '../../ledger/rectification/people-of.ts';
import { LEDGER } from '../../ledger/rectification/round-parts.ts';
import { short } from '../../ledger/rectification/wording.ts';
import { stateLabel } from '../../ledger/state-label.ts';
import { writeTargets } from '../../ledger/target.ts';
import { BULK_WORDS } from './table-press.ts';
import { type Stretch, stretchesOf } from './table-stretches.ts';
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
  const isByRef = orderOf(view) !== 'ref' && (await entries.table.comesByRef(filter));
  const page = await gathered(asking, view, { take, stretches });
  const total = await entries.table.upTo(filter, MOST_COUNTED);
  const headings = view.group === 'problem' ? await problemHeadings(asking, page.found) : undefined;
  return {
    rows: page.found.map(({ entry, stretch }) =>
      rowOf(asking, entry, headings?.(entry) ?? stretches[stretch]?.heading),
    ),
    isByRef,
    isPart: page.isPart,
    ...(page.next !== undefined && { next: page.next }),
    ...(total !== undefined && { total }),
  };
}

interface Found {
  entry: Entry;
  stretch: number;
}

async function gathered(
  { entries, ...asking }: Asking,
  view: TableView,
  { take, stretches }: { take: number; stretches: readonly Stretch[] },
): Promise<{ found: Found[]; next?: string; isPart: boolean }> {
  const { filter } = filterOf({ entries, ...asking }, view);
  const begun = readKey(view.after);
  const found: Found[] = [];
  for (const [stretch, part] of stretches.entries()) {
    if (stretch < (begun?.stretch ?? 0)) continue;
    const after = begun?.stretch === stretch ? { after: begun.key } : {};
    const wanted = { order: orderOf(view), take: take + 1 - found.length, ...after };
    const page = await entries.table.page({ ...filter, ...part.filter }, wanted);
    found.push(...page.entries.map((entry) => ({ entry, stretch })));
    if (found.length > take) return { ...cut(found, take), isPart: false };
    // It was looked through so many that the reader is asked whether to go on.
    if (page.isPart && page.next) return { found, next: writeKey(stretch, page.next), isPart: true };
  }
  return { found, isPart: false };
}

function cut(found: readonly Found[], take: number): { found: Found[]; next: string } {
  const kept = found.slice(0, take);
  const { entry, stretch } = kept.at(-1) as Found;
  return { found: kept, next: writeKey(stretch, entry satisfies TableKey) };
}

/** 「Z1 轮次 › Z1-3 问题」, of what the reader may see of these. */
async function problemHeadings(
  { entries }: Asking,
  found: readonly Found[],
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

function rowOf(asking: Asking, entry: Entry, heading: string | undefined): TableRow {
  const { directory, today, person } = asking;
  const ledger = asking.entries.ledgerOf(entry);
  const reading = asking.entries.readable(entry);
  const data = reading?.data as RectificationData | undefined;
  const item = data && data.level !== 'round' ? data : undefined;
  const department = entry.departmentId ? nameOfDepartment(asking, entry.departmentId) : '';
  const state = ledger.states[entry.state];
  const open = reading ? movesOpenTo(ledger, situationOf(asking, person, entry)) : [];
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
    isOverdue: entry.closedAt === null && entry.dueOn !== null && entry.dueOn < today,
    state: stateLabel(ledger, entry, person),
    tone: state?.closed ? 'green' : (state?.tone ?? 'plain'),
    latest: item ? latestOf(asking, entry, item) : reading ? '' : DOES_NOT_OPEN,
    words: open.flatMap(({ word }) => ((BULK_WORDS as readonly string[]).includes(word) ? [word] : [])),
  };
}

const nameOfDepartment = ({ directory }: Asking, id: string): string =>
  directory.people.find(({ departmentId }) => departmentId === id)?.department ?? '已撤并的科室';

/** What was told last, and this week's answer. */
function latestOf({ store, today }: Asking, entry: Entry, { progress, weekly }: ItemData): string {
  const isAsked = (AT_WORK as readonly string[]).includes(entry.state);
  const isThisWeek = weekly?.week === store.calendar.weekOf(today);
  const week = isThisWeek && weekly ? ANSWERS[weekly.answer] : '未回复';
  return [
    progress ? `${progress.on} ${short(progress.text)}` : '',
    isAsked || isThisWeek ? `本周督查：${week}` : '',
  ]
    .filter(Boolean)
    .join('；');
}
