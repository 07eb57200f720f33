/** An event or a callback that the app has to be subscribed to. */
export interface NeededEvent {
  type: string;
  /** What it is called in the developer console. */
  name: string;
  /** What does not work without it, in Chinese. */
  without: string;
  /** Everything else works without it. */
  optional?: true;
}

const PEOPLE = '人员变动要到每日一次的全量同步才知道';

/** Exactly what the house does something about; docs/lark-setup.md has the same list. */
export const NEEDED_EVENTS: readonly NeededEvent[] = [
  { type: 'im.message.receive_v1', name: '接收消息', without: '机器人听不到任何消息' },
  {
    type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    name: '用户进入与机器人的会话',
    without: '新来的人不会收到第一次问候',
    optional: true,
  },
  {
    type: 'application.bot.menu_v6',
    name: '机器人自定义菜单',
    without: '点机器人菜单没有反应',
    optional: true,
  },
  { type: 'contact.user.created_v3', name: '员工入职', without: PEOPLE },
  { type: 'contact.user.updated_v3', name: '员工信息被修改', without: PEOPLE },
  { type: 'contact.user.deleted_v3', name: '员工离职', without: `${PEOPLE}，离职的人当天仍被当作在职` },
  { type: 'contact.department.created_v3', name: '部门新建', without: PEOPLE },
  { type: 'contact.department.updated_v3', name: '部门信息变化', without: PEOPLE },
  { type: 'contact.department.deleted_v3', name: '部门被删除', without: PEOPLE },
  { type: 'contact.scope.updated_v3', name: '通讯录权限范围变更', without: PEOPLE },
];

export const NEEDED_CALLBACKS: readonly NeededEvent[] = [
  {
    type: 'card.action.trigger',
    name: '卡片回传交互',
    without: '点卡片上的按钮、提交表单都会报错 200340',
  },
];
