import type { Entry } from '../define.ts';
import type { Person } from '../directory.ts';
import type { Entries, EntryFilter } from '../entry.ts';
import type { Store } from '../store.ts';
import { AT_WORK, type ItemData, OPEN, type RectificationData } from './data.ts';
import { isAppliedInTime } from './figures/applied-in-time.ts';
import { ITEMS } from './figures/figures.ts';
import { longSilent } from './silence.ts';
import { answerIn, isAskedWeekly } from './supervision.ts';
import { addCall, type Calls, noCalls } from './weekly-calls.ts';

/** Items named in one section; more are counted. */
const SHOWN = 15;
/** Items that are in memory at the same time. */
const AT_ONCE = 500;

export interface Said {
  item: Entry;
  data: ItemData;
}

export interface Found {
  count: number;
  first: Said[];
}

/** What waits for the reader's own act, by what he does then. */
export type Own = 'review' | 'approve' | 'confirm' | 'decide';

/** What the week came to. Each item stands in one of `own`, `calls`, `hard`, `overdue`, `others`, or in none. */
export interface Week {
  open: number;
  answered: number;
  unanswered: number;
  /** Why the others were not asked, and how many: with `answered` and `unanswered` they add up to `open`. */
  unasked: Map<string, number>;
  /** Of all of them; `appliedInTime` of these wait for others, and are not in `overdue`. */
  late: number;
  appliedInTime: number;
  own: Found;
  ownBy: Map<Own, number>;
  calls: Calls;
  hard: Found;
  overdue: Found;
  others: Found;
}

export interface WeekOf {
  entries: Entries;
  person: Person;
  /** Only the items in which the person has this part. */
  part: string | undefined;
  today: string;
  store: Store;
}

/** Goes through what is open, page by page: how many there are of each kind, and the first of them. */
export async function countWeek(of: WeekOf): Promise<Week> {
  const { entries, person, part } = of;
  const filter: EntryFilter = {
    ...ITEMS,
    states: OPEN,
    ...(part && { personId: person.id, parts: [part] }),
  };
  const found = (): Found => ({ count: 0, first: [] });
  const so: Week = {
    ...{ open: 0, answered: 0, unanswered: 0, unasked: new Map(), late: 0, appliedInTime: 0 },
    ...{ own: found(), ownBy: new Map(), calls: noCalls() },
    ...{ hard: found(), overdue: found(), others: found() },
  };
  for (let skip = 0, isLeft = true; isLeft; skip += AT_ONCE) {
    const page = await entries.list(filter, { skip, take: AT_ONCE });
    for (const item of page) {
      const data = dataOf(entries, item);
      if (data) count(so, { item, data }, of);
    }
    isLeft = page.length === AT_ONCE;
  }
  return so;
}

/** Nothing for what cannot be read, or is no item: one such entry keeps the summary from nobody. */
function dataOf(entries: Entries, item: Entry): ItemData | undefined {
  const data = entries.readable(item)?.data as RectificationData | undefined;
  return data === undefined || data.level === 'round' ? undefined : data;
}

export const isAtWork = ({ state }: Entry): boolean => (AT_WORK as readonly string[]).includes(state);

function count(so: Week, said: Said, { person, today, store }: WeekOf): void {
  const { item, data } = said;
  const week = store.calendar.weekOf(today);
  const answer = answerIn({ state: item.state, data }, week);
  const isAsked =
    isAtWork(item) && (answer !== undefined || isAskedWeekly({ dueOn: item.dueOn, data }, today, store));
  so.open += 1;
  if (!isAsked) add1(so.unasked, whyUnasked(item));
  else if (answer === undefined) so.unanswered += 1;
  else so.answered += 1;
  const isOver = item.dueOn !== null && item.dueOn < today;
  const isLate = isOver && !isAppliedInTime(item, data);
  if (isOver) so.late += 1;
  if (isOver && !isLate) so.appliedInTime += 1;
  // Named once: where something is asked of the reader first.
  const own = ownIn(said, person);
  if (own) {
    add1(so.ownBy, own);
    add(so.own, said);
  } else if (isAsked && answer === undefined && longSilent(data, week, store)) addCall(so.calls, item);
  else if (data.difficulty?.week === week) add(so.hard, said);
  else if (isLate) add(so.overdue, said);
  else if (['applied', 'reviewed', 'approved'].includes(item.state)) add(so.others, said);
}

/** What the reader himself has to decide of the item. */
function ownIn({ item, data }: Said, { id, roles }: Person): Own | undefined {
  const isLeader = item.people.some(({ personId, part }) => personId === id && part === 'leader');
  const isSupervisor = roles.includes('supervisor');
  if (item.state === 'applied' && isLeader) return 'review';
  if (item.state === 'reviewed' && isSupervisor) return 'approve';
  if (item.state === 'approved' && (isSupervisor || roles.includes('discipline'))) return 'confirm';
  if (isAtWork(item) && isLeader && (data.deferral || data.stall)) return 'decide';
  return undefined;
}

function whyUnasked(item: Entry): string {
  if (item.state === 'unassigned') return '待分派';
  if (item.state === 'stalled') return '暂难整改';
  return isAtWork(item) ? '长期坚持（未到报进展时）' : '待审核、复核、审定';
}

const add1 = <Key>(counts: Map<Key, number>, key: Key): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

function add(found: Found, said: Said): void {
  found.count += 1;
  if (found.first.length < SHOWN) found.first.push(said);
}
