import type { PlatformSetting } from '../platforms.ts';

/** Feishu or Lark, where an app is configured. Without one its SDK is not loaded: that takes 28 MB and a third of a second. */
export const larkSetting: PlatformSetting = async ({ lark }, store, now, log) => {
  if (!lark) return undefined;
  const { larkPlatform } = await import('./lark-platform.ts');
  return larkPlatform(lark, store, now, log);
};
