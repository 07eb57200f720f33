import type { ApiCall } from '../calls/lark-api.ts';

/** A scope that the house asks for. */
export interface NeededScope {
  name: string;
  /** Wider ones, each of which will do as well. */
  orElse: readonly string[];
  /** What it is for, in Chinese. */
  why: string;
  /** Without it everything else works. */
  optional?: true;
  /** How to tell where the platform does not say which scopes were granted; absent: there is no telling. */
  probe?: Probe;
}

/** A call that changes nothing and is refused without the scope, or a field that is hidden without it. */
export type Probe = { call: ApiCall } | { of: 'person' | 'department'; field: string };

const WHOLE_CONTACTS = ['contact:contact:readonly_as_app', 'contact:contact:access_as_app'];

/** As few as the house can do with; docs/lark-setup.md has the same list. */
export const NEEDED_SCOPES: readonly NeededScope[] = [
  { name: 'im:message.p2p_msg:readonly', orElse: ['im:message.p2p_msg'], why: '收到私聊消息' },
  {
    name: 'im:message:send_as_bot',
    orElse: ['im:message'],
    why: '发送消息和卡片，更新已发出的卡片',
    // Without a receiver it reaches nobody.
    probe: {
      call: {
        api: 'im.message.create',
        method: 'POST',
        path: '/open-apis/im/v1/messages',
        params: { receive_id_type: 'open_id' },
        data: {},
      },
    },
  },
  {
    name: 'contact:contact.base:readonly',
    orElse: WHOLE_CONTACTS,
    why: '读取通讯录，收到人员变动',
    probe: {
      call: {
        api: 'contact.scope.list',
        method: 'GET',
        path: '/open-apis/contact/v3/scopes',
        params: { page_size: 1 },
      },
    },
  },
  {
    name: 'contact:user.base:readonly',
    orElse: WHOLE_CONTACTS,
    why: '读取姓名',
    probe: { of: 'person', field: 'name' },
  },
  {
    name: 'contact:user.employee:readonly',
    orElse: WHOLE_CONTACTS,
    why: '读取工号、职务和是否离职：按工号登记账号',
    probe: { of: 'person', field: 'status' },
  },
  {
    name: 'contact:user.department:readonly',
    orElse: WHOLE_CONTACTS,
    why: '读取所在科室',
    probe: { of: 'person', field: 'department_ids' },
  },
  {
    name: 'contact:department.base:readonly',
    orElse: WHOLE_CONTACTS,
    why: '读取科室名称和负责人',
    probe: { of: 'department', field: 'name' },
  },
  {
    name: 'contact:department.organize:readonly',
    orElse: WHOLE_CONTACTS,
    why: '读取科室的上下级',
    probe: { of: 'department', field: 'parent_department_id' },
  },
  {
    name: 'im:message:readonly',
    orElse: ['im:message', 'im:message.history:readonly'],
    why: '取回在私聊里发来的图片、文件和语音，作为佐证；不开通则只能用文字',
    optional: true,
    // No message has this id: without the scope it is refused before anybody looks for it.
    probe: {
      call: {
        api: 'im.message.resource',
        method: 'GET',
        path: '/open-apis/im/v1/messages/om_0/resources/file_0',
        params: { type: 'file' },
      },
    },
  },
  {
    name: 'im:resource',
    orElse: ['im:resource:upload'],
    why: '把回执的二维码作为图片放进卡片；不开通则回执只有文字',
    optional: true,
    // Without an image nothing is uploaded.
    probe: {
      call: { api: 'im.image.create', method: 'POST', path: '/open-apis/im/v1/images', data: {} },
    },
  },
  {
    name: 'im:message.group_at_msg:readonly',
    orElse: [
      'im:message.group_at_msg',
      'im:message.group_at_msg.include_bot:readonly',
      'im:message.group_msg',
    ],
    why: '群里有人 @ 机器人时，请他私聊；不开通则在群里不作声',
    optional: true,
  },
  {
    name: 'application:application:self_manage',
    orElse: ['admin:app.info:readonly'],
    why: '体检（doctor）读取应用自己的配置，逐项核对事件与回调',
    optional: true,
  },
];
