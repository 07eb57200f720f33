import * as z from 'zod';
import { ROOT, type SnapshotDepartment } from '../../../ledger/roster/snapshot.ts';

/** A department as the platform shows it; what the app has no scope for is absent. */
export const departmentSchema = z.object({
  open_department_id: z.string().min(1),
  name: z.string().nullish(),
  parent_department_id: z.string().nullish(),
  leader_user_id: z.string().nullish(),
  leaders: z.array(z.object({ leaderType: z.number().nullish(), leaderID: z.string().nullish() })).nullish(),
  status: z.object({ is_deleted: z.boolean().nullish() }).nullish(),
});

export type DepartmentFields = z.infer<typeof departmentSchema>;

/** 主负责人, as against a deputy. */
const MAIN_LEADER = 1;

/** @throws Error where names are hidden from the app: without them nobody can be put anywhere */
export function departmentOf(fields: DepartmentFields): SnapshotDepartment {
  const { open_department_id: externalId, name, parent_department_id: above } = fields;
  if (!name)
    throw new Error('Departments come without names: the app needs contact:department.base:readonly');
  const headId = headOf(fields);
  return {
    externalId,
    name,
    ...(above && above !== ROOT && { parentId: above }),
    ...(headId !== undefined && { headId }),
  };
}

/** A department without a head has no such field, just as one whose head is hidden; whose parent shows hides nothing. */
function headOf({ leader_user_id, leaders, parent_department_id }: DepartmentFields): string | undefined {
  const main = leaders?.find(({ leaderType }) => leaderType === MAIN_LEADER)?.leaderID;
  const headId = leader_user_id || main;
  if (headId) return headId;
  return leader_user_id === '' || parent_department_id ? '' : undefined;
}
