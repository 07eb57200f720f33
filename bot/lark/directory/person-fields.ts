import * as z from 'zod';
import { ROOT, type SnapshotPerson } from '../../../ledger/roster/snapshot.ts';

/** A person as the platform shows him; what the app has no scope for is absent, what nobody filled in is empty. */
export const personSchema = z.object({
  open_id: z.string().min(1),
  name: z.string().nullish(),
  employee_no: z.string().nullish(),
  job_title: z.string().nullish(),
  department_ids: z.array(z.string()).nullish(),
  orders: z
    .array(z.object({ department_id: z.string().nullish(), is_primary_dept: z.boolean().nullish() }))
    .nullish(),
  status: z.object({ is_resigned: z.boolean().nullish(), is_exited: z.boolean().nullish() }).nullish(),
});

export type PersonFields = z.infer<typeof personSchema>;

/** @param foundIn the department in whose list he stands, for where his own departments are hidden */
export function personOf(fields: PersonFields, foundIn?: string): SnapshotPerson {
  const { open_id: externalId, name, employee_no: staffNumber, job_title: post, status } = fields;
  const departmentId = primaryDepartment(fields) ?? foundIn;
  return {
    externalId,
    ...(name && { name }),
    ...(staffNumber && { staffNumber }),
    ...(post && { post }),
    ...(departmentId !== undefined && { departmentId }),
    hasLeft: status?.is_resigned === true || status?.is_exited === true,
  };
}

function primaryDepartment({ orders, department_ids }: PersonFields): string | undefined {
  const primary = orders?.find(({ is_primary_dept }) => is_primary_dept)?.department_id;
  if (primary) return primary;
  return department_ids ? (department_ids[0] ?? ROOT) : undefined;
}
