import type { Calendar, CalendarDate } from '../../calendar.ts';
import type { Entries, EntryFilter, Group, Span } from '../../entry.ts';
import { OPEN } from '../data.ts';
import { LEDGER } from '../round-parts.ts';
import { readFacets } from './facets.ts';

/**
 * What a period came to. `closed`, `open`, `stalled` and `lasting` are each item once and add up to `items`; what the words
 * beside the tables say of each figure is in words.ts.
 */
export interface Figures {
  items: number;
  closed: number;
  open: number;
  stalled: number;
  lasting: number;
  /** Of what is not closed. */
  overdue: number;
  /** Of `overdue`: the closing was asked for by the date and waits for others, as things are now, or waited until it was closed. */
  appliedInTime: number;
  /** Of `dated`: what was closed and had a date. */
  inTime: number;
  dated: number;
  deferred: number;
  /** Of `everClosed`: what was closed at any time up to the end. */
  relapsed: number;
  everClosed: number;
  /** Of `timed`: what was closed and is known to have been assigned. */
  days: number;
  timed: number;
}

/** Figures by department, `null`: with none yet. */
export type FiguresBy = ReadonlyMap<string | null, Figures>;

export interface Asked {
  entries: Entries;
  /** `figure`: also of what the viewer oversees without seeing each; `seen`: only of what he sees. */
  among: 'figure' | 'seen';
  period: Span;
  today: CalendarDate;
  calendar: Calendar;
  /** Only of these: a round (`below`), a department. */
  of?: EntryFilter;
}

export const CLOSED = ['closed', 'consolidated'] as const;
/** What becomes of an item. */
export const ITEM_STATES: readonly string[] = [...OPEN, ...CLOSED];
export const DEFERRED = `${LEDGER}.grant-deferral`;
export const STALLED = `${LEDGER}.grant-stall`;
export const RELAPSED = `${LEDGER}.relapse`;

/** All items, whatever became of them. A round that has nothing below it is none, whatever its state: items stand below one. */
export const ITEMS: EntryFilter = { ledger: LEDGER, leaf: true, isPart: true, states: ITEM_STATES };

/** Items with which a step was taken. The step says which ledger: named here too, it would lead the database away from their ids. */
export const STEPPED: EntryFilter = { leaf: true };

const NONE: Figures = {
  ...{ items: 0, closed: 0, open: 0, stalled: 0, lasting: 0, overdue: 0 },
  ...{ appliedInTime: 0, inTime: 0, dated: 0, deferred: 0, relapsed: 0, everClosed: 0, days: 0, timed: 0 },
};

/** Counted by the database; nothing is opened, and no list of items is in memory. */
export async function countFigures({
  entries,
  among,
  period,
  today,
  calendar,
  of,
}: Asked): Promise<FiguresBy> {
  const { to } = period;
  const everBefore = { from: new Date(0), to };
  const end = calendar.dateOf(to);
  const groups = (filter: EntryFilter) => entries.groups({ ...ITEMS, ...of, ...filter }, among);
  const stepped = (action: string, between: Span, filter?: EntryFilter) =>
    entries.groups({ ...STEPPED, ...of, ...filter }, among, { actions: [action], between });
  const figures = new Map<string | null, Figures>();
  const add = (found: readonly Group[], figuresOf: (group: Group) => Partial<Figures>) => {
    for (const group of found)
      figures.set(group.departmentId, sum(figures.get(group.departmentId) ?? NONE, figuresOf(group)));
  };
  const counting = (name: keyof Figures) => (group: Group) => ({ [name]: group.count });
  const openThen = { createdBefore: to, notClosedBefore: to };
  const dueBefore = today < end ? today : end;
  add(await groups({ states: CLOSED, closedBetween: period }), ofClosed);
  add(await groups(openThen), ofOpen);
  add(await groups({ ...openThen, dueBefore }), ofOverdue);
  add(await stepped(DEFERRED, period), counting('deferred'));
  add(await stepped(RELAPSED, period), counting('relapsed'));
  add(await groups({ states: CLOSED, closedBetween: everBefore }), counting('everClosed'));
  add(await stepped(RELAPSED, everBefore, openThen), counting('everClosed'));
  return figures;
}

const ofOverdue = ({ facets, count }: Group) => ({
  overdue: count,
  appliedInTime: readFacets(facets).appliedInTime ? count : 0,
});

/** What is not closed and over its date today. */
export async function countOverdue({
  entries,
  among,
  today,
  of,
}: Pick<Asked, 'entries' | 'among' | 'today' | 'of'>): Promise<Pick<Figures, 'overdue' | 'appliedInTime'>> {
  const groups = await entries.groups({ ...ITEMS, ...of, states: OPEN, dueBefore: today }, among);
  return groups.map(ofOverdue).reduce(sum, NONE);
}

function ofClosed({ facets, count }: Group): Partial<Figures> {
  const { inTime, days } = readFacets(facets);
  return {
    ...{ items: count, closed: count },
    ...(inTime !== undefined && { dated: count, inTime: inTime ? count : 0 }),
    ...(days !== undefined && { timed: count, days: days * count }),
  };
}

/** 暂难 and 长期 as they are now: what a past month's end had of each is not kept. */
function ofOpen({ state, facets, count }: Group): Partial<Figures> {
  if (state === 'stalled') return { items: count, stalled: count };
  return readFacets(facets).lasting ? { items: count, lasting: count } : { items: count, open: count };
}

function sum(one: Figures, other: Partial<Figures>): Figures {
  const figures = { ...one };
  for (const name of Object.keys(NONE) as (keyof Figures)[]) figures[name] += other[name] ?? 0;
  return figures;
}

export const totalOf = (figures: FiguresBy): Figures => [...figures.values()].reduce(sum, NONE);
