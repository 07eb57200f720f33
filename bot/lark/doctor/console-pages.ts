/** Where something is set in the developer console, in the words of open.feishu.cn, in brackets those of open.larksuite.com. */
export const PAGES = {
  credentials: '「基础信息 → 凭证与基础信息」[Credentials & Basic Info]',
  bot: '「应用能力 → 添加应用能力」[Add Features] → 「机器人」[Bot]',
  scopes: '「开发配置 → 权限管理」[Permissions & Scopes]',
  contactRange:
    '「开发配置 → 权限管理」[Permissions & Scopes] → 通讯录「可访问的数据范围」[Data access range] → 「配置」',
  events: '「开发配置 → 事件与回调」[Events & Callbacks] → 「事件配置」[Event Configuration]',
  callbacks: '「开发配置 → 事件与回调」[Events & Callbacks] → 「回调配置」[Callback Configuration]',
  encryption: '「开发配置 → 事件与回调」[Events & Callbacks] → 「加密策略」[Encryption Strategy]',
  release: '「应用发布 → 版本管理与发布」[Version Management & Release]',
  /** In the tenant's own administration, not in the developer console. */
  review: '管理后台「工作台 → 应用审核」',
  admin: '管理后台「工作台 → 应用管理」',
} as const;

/** Whatever was changed in the console holds from the next version on. */
export const RELEASE = `改完到${PAGES.release}「创建版本」并「申请线上发布」，由管理员在${PAGES.review}通过后生效。`;
