import type { Department, Person } from './directory.ts';
import type { JsonObject } from './json.ts';

type Granted = ReadonlySet<string>;

const given = (granted: Granted, scope: string, fields: JsonObject): JsonObject =>
  granted.has(scope) ? fields : {};

/** A person as the API shows him: a field whose scope was not granted is absent. */
export const personFields = (
  person: Person,
  departmentIds: readonly string[],
  granted: Granted,
): JsonObject => ({
  open_id: person.openId,
  union_id: person.unionId,
  ...given(granted, 'contact:user.employee_id:readonly', { user_id: person.userId }),
  ...given(granted, 'contact:user.base:readonly', { name: person.name, en_name: '', avatar: {} }),
  ...given(granted, 'contact:user.email:readonly', { email: person.email ?? '' }),
  ...given(granted, 'contact:user.phone:readonly', { mobile: person.mobile ?? '', mobile_visible: true }),
  ...given(granted, 'contact:user.department:readonly', {
    department_ids: [...departmentIds],
    leader_user_id: person.leader ?? '',
    orders: departmentIds.map((id) => ({
      department_id: id,
      user_order: 0,
      is_primary_dept: id === departmentIds[0],
    })),
  }),
  ...given(granted, 'contact:user.employee:readonly', {
    status: {
      is_frozen: person.isFrozen,
      is_resigned: person.isResigned,
      is_activated: person.isActivated,
      is_exited: false,
      is_unjoin: false,
    },
    job_title: person.jobTitle ?? '',
    employee_no: person.employeeNo ?? '',
    employee_type: 1,
    is_tenant_manager: false,
  }),
});

/**
 * A department as the API shows it.
 * @param leaderId what its head is called in the kind of id that was asked for
 */
export function departmentFields(
  department: Department,
  memberCount: number,
  leaderId: (openId: string) => string | undefined,
  granted: Granted,
): JsonObject {
  const leader = department.leader === undefined ? undefined : leaderId(department.leader);
  return {
    open_department_id: department.openDepartmentId,
    department_id: department.departmentId,
    ...given(granted, 'contact:department.base:readonly', {
      name: department.name,
      i18n_name: { zh_cn: department.name },
      status: { is_deleted: false },
      ...(leader ? { leader_user_id: leader, leaders: [{ leaderType: 1, leaderID: leader }] } : {}),
    }),
    ...given(granted, 'contact:department.organize:readonly', {
      parent_department_id: department.parent,
      order: String(department.order),
      member_count: memberCount,
    }),
  };
}
