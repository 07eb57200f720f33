import type { DirectoryApi } from '../../bot/lark/directory/read-pages.ts';
import { SendFailure } from '../../bot/platform.ts';
import { readDirectory } from '../../ledger/directory.ts';
import type { Store } from '../../ledger/store.ts';

export interface WorldPerson {
  open_id: string;
  name?: string;
  employee_no?: string;
  job_title?: string;
  department_ids?: string[];
  orders?: { department_id: string; is_primary_dept: boolean }[];
  status?: { is_resigned?: boolean; is_exited?: boolean };
}

export interface WorldDepartment {
  open_department_id: string;
  name?: string;
  parent_department_id?: string;
  leader_user_id?: string;
  leaders?: { leaderType: number; leaderID: string }[];
  status?: { is_deleted: boolean };
}

export type Call = Parameters<DirectoryApi['request']>[0];

/** A directory in memory that answers as the platform does, a few at a time. */
export interface World {
  departments: WorldDepartment[];
  people: WorldPerson[];
  /** Per page. */
  pageSize: number;
  calls: Call[];
  /** Asked at each call; what it returns is the answer instead, or what it throws the failure. */
  instead: (call: Call) => unknown;
  api: DirectoryApi;
}

/** What the platform refuses a call with. */
export class Refused extends SendFailure {
  readonly code: number;

  constructor(code: number) {
    super(`code ${code}`, false);
    this.code = code;
  }
}

export function directoryWorld(): World {
  const world: World = {
    departments: [],
    people: [],
    pageSize: 2,
    calls: [],
    instead: () => undefined,
    api: {
      async request<T>(call: Call): Promise<T> {
        world.calls.push(call);
        return ((await world.instead(call)) ?? answer(world, call)) as T;
      },
    },
  };
  return world;
}

/** The sample bureau as the platform has it. */
export async function bureauWorld({ database }: Store): Promise<World> {
  const { people } = await readDirectory(database.rows);
  const made = directoryWorld();
  made.pageSize = 50;
  const departments = [...new Set(people.map(({ department }) => department))];
  const idOf = (department: string) => `od-${departments.indexOf(department)}`;
  made.departments = departments.map((name) => {
    const head = people.find((each) => each.isHead && each.department === name);
    const leader = head ? { leader_user_id: `ou_${head.staffNumber}` } : {};
    return { open_department_id: idOf(name), name, parent_department_id: '0', ...leader };
  });
  made.people = people.map(({ staffNumber, name, department, post }) => ({
    ...{ open_id: `ou_${staffNumber}`, name, employee_no: staffNumber, job_title: post },
    department_ids: [idOf(department)],
  }));
  return made;
}

function answer(world: World, { path, params = {} }: Call): unknown {
  const [what = '', id = '', below] = path.replace('/open-apis/contact/v3/', '').split('/');
  if (what === 'departments' && below) return page(world, world.departments, params);
  if (what === 'departments') {
    const department = world.departments.find(({ open_department_id }) => open_department_id === id);
    if (!department) throw new Refused(43009);
    return { department };
  }
  if (id === 'find_by_department') return page(world, members(world, String(params.department_id)), params);
  const user = world.people.find(({ open_id }) => open_id === id);
  if (!user) throw new Refused(41012);
  return { user };
}

const members = ({ people }: World, departmentId: string): WorldPerson[] =>
  people.filter(({ department_ids, status }) => {
    const departments = department_ids ?? ['0'];
    return departments.includes(departmentId) && !status?.is_resigned;
  });

function page<T>(
  { pageSize }: World,
  all: readonly T[],
  { page_token }: NonNullable<Call['params']>,
): object {
  const from = Number(page_token ?? 0);
  const to = from + pageSize;
  const more = to < all.length ? { has_more: true, page_token: String(to) } : { has_more: false };
  // A page with nobody on it has no items at all.
  return { ...more, ...(all.length > 0 && { items: all.slice(from, to) }) };
}
