/** What people call the platforms: the one place where they have names. */
const TITLES: Readonly<Record<string, string>> = { lark: '飞书', wechat: '微信', local: '本地聊天' };

/** What people call a platform; one that has no name yet goes by its own. */
export const platformTitle = (platform: string): string => TITLES[platform] ?? platform;
