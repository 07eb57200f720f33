import type { PlatformSetting } from '../platforms.ts';

/** WeChat, where a puppet is configured. Without one nothing of it is loaded. */
export const wechatSetting: PlatformSetting = async ({ wechat }, store, now, log) => {
  if (!wechat) return undefined;
  const { openWechat } = await import('./open-wechat.ts');
  return openWechat(wechat, store, now, log);
};
