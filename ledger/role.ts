/** What a person may be in the bureau beside being staff. Roles are given by command or roster, never taken from a chat. */
export const ROLES = {
  secretary: '党组书记',
  leader: '班子成员',
  head: '科室负责人',
  discipline: '纪检监察员',
  resident: '派驻纪检组',
  upper: '上级纪检联络人',
  supervisor: '督查员',
  tally: '统分员',
  administrator: '系统管理员',
  auditor: '审计员',
} as const;

export type Role = keyof typeof ROLES;
