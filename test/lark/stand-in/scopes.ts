import { ApiError } from './api.ts';

/** What the app of the stand-in may do unless a test takes something away. */
export const ALL_SCOPES: readonly string[] = [
  'im:message.p2p_msg:readonly',
  'im:message.group_at_msg:readonly',
  'im:message:send_as_bot',
  'im:message:readonly',
  'im:message:send_multi_users',
  'im:message:send_multi_depts',
  'im:message.urgent',
  'im:resource',
  'im:chat:readonly',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
  'contact:user.department:readonly',
  'contact:user.employee_id:readonly',
  'contact:user.email:readonly',
  'contact:user.phone:readonly',
  'contact:user.employee:readonly',
  'contact:user.id:readonly',
  // Without these two a department has neither a name and a head, nor a department above it.
  'contact:department.base:readonly',
  'contact:department.organize:readonly',
  'cardkit:card:write',
  // For reading one's own application, as a check of the set-up does.
  'application:application:self_manage',
];

/** @throws ApiError 99991672 unless one of the scopes was granted; its message names them all */
export function demandScope(needed: readonly string[], granted: ReadonlySet<string>, appId: string): void {
  if (needed.some((scope) => granted.has(scope))) return;
  const list = needed.join(', ');
  const link = `https://open.feishu.cn/app/${appId}/auth?q=${needed.join(',')}&op_from=openapi&token_type=tenant`;
  throw new ApiError(
    99991672,
    `Access denied. One of the following scopes is required: [${list}].` +
      `应用尚未开通所需的应用身份权限：[${list}]，点击链接申请并开通任一权限即可：${link}`,
    {
      details: {
        permission_violations: needed.map((subject) => ({ type: 'action_scope_required', subject })),
        helps: [{ url: link, description: `[${list}]` }],
      },
    },
  );
}
