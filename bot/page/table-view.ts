import type { Asking } from '../../handlers/define.ts';
import type { EntryFilter, TableFilter, TableKey, TableOrder } from '../../ledger/entry.ts';
import { CATEGORIES } from '../../ledger/rectification/data.ts';
import { LEDGER } from '../../ledger/rectification/round-parts.ts';

/** What of the table is shown, as it stands in the address: going back goes back. Each is a text; what is not set is absent. */
export interface TableView {
  /** `open` (the default), `all`, `done` (whatever is closed), or a state. */
  state: string;
  department?: string;
  /** A name as somebody typed it. */
  person?: string;
  round?: string;
  category?: string;
  /** `overdue`, or within so many days. */
  due?: string;
  text?: string;
  sort: Sort;
  group?: Grouping;
  after?: string;
}

export const SORTS = { ref: '编号', due: '时限', state: '状态', changed: '最近变动' } as const;
export const GROUPINGS = {
  problem: '轮次和问题',
  department: '责任科室',
  state: '状态',
  leader: '责任领导',
} as const;
export type Sort = keyof typeof SORTS;
export type Grouping = keyof typeof GROUPINGS;

/** 几日内到期 that can be chosen: the days of the warnings, and a quarter. */
export const DUE_WITHIN = ['7', '10', '20', '30', '90'] as const;

const NAMES = [
  'state',
  'department',
  'person',
  'round',
  'category',
  'due',
  'text',
  'sort',
  'group',
  'after',
] as const;
const LONGEST = 100;

/** A round, or a problem of it. */
export const PLACE = /^Z\d{1,4}(-\d{1,4})?$/;

/** Reads an address; what is not understood is left out. */
export function readView(query: URLSearchParams): TableView {
  const said = (name: (typeof NAMES)[number]) => query.get(name)?.trim().slice(0, LONGEST) || undefined;
  const sort = said('sort');
  const group = said('group');
  const optional = { department: said('department'), person: said('person'), round: said('round') };
  const more = { category: said('category'), due: said('due'), text: said('text'), after: said('after') };
  return {
    state: said('state') ?? 'open',
    ...withoutAbsent({ ...optional, ...more }),
    sort: sort !== undefined && Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'ref',
    ...(group !== undefined && Object.hasOwn(GROUPINGS, group) && { group: group as Grouping }),
  };
}

const withoutAbsent = <T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

/** The address again, under the key of the visit. */
export function writeView(key: string, view: Partial<TableView>): string {
  const query = new URLSearchParams({ k: key });
  for (const name of NAMES) {
    const value = view[name];
    if (value !== undefined && value !== DEFAULTS[name]) query.set(name, value);
  }
  return query.toString();
}

const DEFAULTS: Partial<Record<(typeof NAMES)[number], string>> = { state: 'open', sort: 'ref' };

/** Which entries are meant; `nobody`: a person was named whom nobody here is called. */
export function filterOf(asking: Asking, view: TableView): { filter: TableFilter; nobody?: string } {
  const { state, department, person, round, category, due, text } = view;
  const found = person === undefined ? [] : named(asking, person);
  return {
    filter: {
      ...{ ledger: LEDGER, leaf: true, isPart: true },
      ...reachOf(asking),
      ...stateOf(asking, state),
      ...(department !== undefined && { departmentId: department }),
      ...(person !== undefined && { personIds: found }),
      ...(round !== undefined && PLACE.test(round) && { below: round }),
      ...(category !== undefined &&
        Object.hasOwn(CATEGORIES, category) && { says: { name: 'category', value: category } }),
      ...dueOf(asking, due),
      ...(text !== undefined && { text }),
    },
    ...(person !== undefined && found.length === 0 && { nobody: person }),
  };
}

/** By name or staff number, also as a form offers it: 「许星阑（高新技术科）」. */
function named({ directory }: Asking, typed: string): string[] {
  const name = typed.split(/[（(]/u)[0]?.trim() ?? '';
  return directory.people
    .filter((person) => person.name === name || person.staffNumber === name)
    .map(({ id }) => id);
}

/** Who sees no other entries is not led through those of the others. */
function reachOf({ person, store }: Asking): EntryFilter {
  const ledger = store.ledgers.find(({ name }) => name === LEDGER);
  const seesAll = Object.keys(ledger?.visibleTo(person) ?? { none: true }).length === 0;
  if (seesAll) return {};
  return { within: { personId: person.id, ...(person.isHead && { departmentId: person.departmentId }) } };
}

function stateOf({ store }: Asking, state: string): EntryFilter {
  if (state === 'all') return {};
  if (state === 'done') return { open: false };
  const ledger = store.ledgers.find(({ name }) => name === LEDGER);
  return ledger && Object.hasOwn(ledger.states, state) ? { states: [state] } : { open: true };
}

function dueOf({ today, store }: Asking, due: string | undefined): EntryFilter {
  if (due === 'overdue') return { open: true, dueBefore: today };
  if (due === undefined || !(DUE_WITHIN as readonly string[]).includes(due)) return {};
  const { calendar } = store;
  return {
    open: true,
    dueAfter: calendar.addDays(today, -1),
    dueBefore: calendar.addDays(today, Number(due) + 1),
  };
}

/** By what a page goes on: the stretch that it ended in, and the key there. */
export const writeKey = ({ stretch, refOrder, dueOn, changedAt }: TableKey): string =>
  [stretch, refOrder, dueOn ?? '', changedAt.getTime()].join('~');

export function readKey(after: string | undefined): TableKey | undefined {
  const [stretch, refOrder, dueOn, changedAt] = after?.split('~') ?? [];
  if (refOrder === undefined || !/^\d{1,4}$/.test(stretch ?? '') || !/^\d{1,15}$/.test(changedAt ?? ''))
    return undefined;
  return {
    ...{ refOrder, dueOn: dueOn || null },
    ...{ stretch: Number(stretch), changedAt: new Date(Number(changedAt)) },
  };
}

/** By what the stretches of the view are ordered within. */
export const orderOf = ({ sort, group }: TableView): TableOrder =>
  group !== undefined || sort === 'state' ? 'ref' : sort;
