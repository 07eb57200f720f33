import * as z from 'zod';
import {
  type DirectorySnapshot,
  ROOT,
  type SnapshotDepartment,
  type SnapshotPerson,
} from '../../../ledger/roster/snapshot.ts';
import { departmentOf, departmentSchema } from './department-fields.ts';
import { personOf, personSchema } from './person-fields.ts';
import { type DirectoryApi, ID_TYPES, readData, readPages } from './read-pages.ts';

const V3 = '/open-apis/contact/v3';

/**
 * Everybody, and every department. It asks for what stands below the company itself, which the platform refuses (40004)
 * to an app that may not read everybody: what comes back is the whole, or nothing does.
 * @throws whatever a call fails with, and Error for an answer that cannot be trusted to be whole
 */
export async function readLarkDirectory(api: DirectoryApi, platform: string): Promise<DirectorySnapshot> {
  const found = await readPages(
    api,
    {
      api: 'contact.department.children',
      path: `${V3}/departments/${ROOT}/children`,
      params: { fetch_child: true },
    },
    departmentSchema,
  );
  const departments = found.filter(({ status }) => !status?.is_deleted).map(departmentOf);
  const people = new Map<string, SnapshotPerson>();
  for (const departmentId of [...departments.map(({ externalId }) => externalId), ROOT]) {
    for (const fields of await membersOf(api, departmentId)) {
      if (!people.has(fields.open_id)) people.set(fields.open_id, personOf(fields, departmentId));
    }
  }
  return { platform, isComplete: true, departments, people: [...people.values()] };
}

const membersOf = (api: DirectoryApi, departmentId: string) =>
  readPages(
    api,
    {
      api: 'contact.user.find_by_department',
      path: `${V3}/users/find_by_department`,
      params: { department_id: departmentId },
    },
    personSchema,
  );

/** Outside what the app may read, or not the id of anybody whom it may. */
const UNREADABLE: readonly unknown[] = [41050, 41012];

/**
 * One person, after something changed about him.
 * @returns `unknown` where the app may not read him, which does not say that he has left
 * @throws whatever the call fails with otherwise
 */
export async function readLarkPerson(api: DirectoryApi, openId: string): Promise<SnapshotPerson | 'unknown'> {
  const name = 'contact.user.get';
  try {
    const path = `${V3}/users/${encodeURIComponent(openId)}`;
    const data = await api.request<unknown>({ api: name, method: 'GET', path, params: { ...ID_TYPES } });
    return personOf(readData(name, z.object({ user: personSchema }), data).user);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && UNREADABLE.includes(fault.code)) return 'unknown';
    throw fault;
  }
}

/** One department, to tell whether somebody heads it. @throws whatever the call fails with */
export async function readLarkDepartment(
  api: DirectoryApi,
  departmentId: string,
): Promise<SnapshotDepartment> {
  const name = 'contact.department.get';
  const path = `${V3}/departments/${encodeURIComponent(departmentId)}`;
  const data = await api.request<unknown>({ api: name, method: 'GET', path, params: { ...ID_TYPES } });
  return departmentOf(readData(name, z.object({ department: departmentSchema }), data).department);
}
