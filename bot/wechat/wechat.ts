import type { PlatformSetting } from '../platforms.ts';

/** WeChat, where a puppet is configured. Without one nothing of it is loaded. */
export const wechatSetting: PlatformSetting = async ({ wechat, localChat }, store, now, log) => {
  if (!wechat) return undefined;
  const { openWechat } = await import('./open-wechat.ts');
  // In the local chat everybody has an account, under his own id.
  return openWechat(wechat, store, now, log, localChat ? { everybody: 'local' } : {});
};
