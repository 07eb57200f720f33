import type { Asking } from '../../handlers/define.ts';
import type { Stretch } from '../../ledger/entry.ts';
import { departmentsOf } from '../../ledger/rectification/figures/departments.ts';
import { LEDGER } from '../../ledger/rectification/round-parts.ts';
import type { TableView } from './table-view.ts';

/** A part of the table in which all rows belong under one heading. The parts stand in an order of their own, never by figures. */
export interface TableStretch {
  heading?: string;
  filter: Stretch;
}

/** What a department is called that is no more. */
export const GONE = '已撤并的科室';

/** A round is no item. */
const NO_ITEM = 'opened';

export async function stretchesOf(asking: Asking, view: TableView): Promise<TableStretch[]> {
  const { group, sort } = view;
  if (group === 'department') return byDepartment(asking, view);
  if (group === 'leader') return byLeader(asking);
  if (group === 'state') return byState(asking, view);
  if (group === undefined && sort === 'state') return byState(asking, view).map(({ filter }) => ({ filter }));
  return [{ filter: {} }];
}

function byState({ store }: Asking, { state: wanted }: TableView): TableStretch[] {
  const states = store.ledgers.find(({ name }) => name === LEDGER)?.states ?? {};
  const isWanted = (name: string, closed: boolean) =>
    wanted === name ||
    wanted === 'all' ||
    (wanted === 'done' ? closed : !Object.hasOwn(states, wanted) && !closed);
  return Object.entries(states).flatMap(([name, { label, closed = false }]) =>
    name !== NO_ITEM && isWanted(name, closed) ? [{ heading: label, filter: { states: [name] } }] : [],
  );
}

/** In the order of the roster; then those that are no more, and what is with none. */
function byDepartment({ directory }: Asking, { department }: TableView): TableStretch[] {
  const known = departmentsOf(directory);
  const wanted = department === undefined ? known : known.filter(({ id }) => id === department);
  return [
    ...wanted.map(({ id, name }) => ({ heading: name, filter: { departmentId: id } })),
    ...(department === undefined
      ? [
          { heading: GONE, filter: { elsewhere: known.map(({ id }) => id) } },
          { heading: '待分派', filter: { elsewhere: null } },
        ]
      : []),
  ];
}

async function byLeader({ entries, directory }: Asking): Promise<TableStretch[]> {
  const part = 'leader';
  const leaders = (await entries.table.takers(part)).map((id) => ({ id, person: directory.byId(id) }));
  const number = ({ person }: (typeof leaders)[number]) => person?.staffNumber ?? '';
  leaders.sort((one, other) => (number(one) < number(other) ? -1 : 1));
  return [
    ...leaders.map(({ id, person }) => ({
      heading: person?.name ?? '（已离开）',
      filter: { held: { part, by: id } },
    })),
    { heading: '待分派', filter: { held: { part, by: null } } },
  ];
}
