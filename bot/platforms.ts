import type { Logger } from 'pino';
import type { Environment } from '../config/environment.ts';
import type { Store } from '../ledger/store.ts';
import { larkSetting } from './lark/lark.ts';
import { openLocalClock } from './local/clock.ts';
import type { Ran } from './local/clock-endpoints.ts';
import { localPlatform } from './local/local.ts';
import type { ChatPlatform } from './platform.ts';
import { wechatSetting } from './wechat/wechat.ts';

/** How a platform is made from the settings; `undefined` where it is not configured. */
export type PlatformSetting = (
  environment: Environment,
  store: Store,
  now: () => Date,
  log: Logger,
) => Promise<ChatPlatform | undefined>;

/** The platforms beside the local chat: one folder each, and one word here. The first has preference. */
export const platformSettings: readonly PlatformSetting[] = [larkSetting, wechatSetting];

export interface OpenPlatforms {
  platforms: readonly ChatPlatform[];
  /** The time by which the house goes: the local chat can move it forward. */
  now: () => Date;
}

/** Moves the house's time to `to`, doing on the way what becomes due; `move` sets the clock itself. */
export type Advance = (to: Date, move: (at: Date) => Promise<void>) => Promise<Ran[]>;

export async function openPlatforms(
  environment: Environment,
  store: Store,
  world: { now: () => Date; log: Logger; platforms?: readonly PlatformSetting[] },
  advance: Advance,
): Promise<OpenPlatforms> {
  const settings = [...(world.platforms ?? []), ...platformSettings];
  if (!environment.localChat) {
    return {
      platforms: await configured(settings, environment, store, world.now, world.log),
      now: world.now,
    };
  }
  const clock = await openLocalClock(store.database, world.now);
  const local = await localPlatform(store, { now: clock.now, advance: (to) => advance(to, clock.moveTo) });
  return {
    platforms: [...(await configured(settings, environment, store, clock.now, world.log)), local],
    now: clock.now,
  };
}

async function configured(
  settings: readonly PlatformSetting[],
  environment: Environment,
  store: Store,
  now: () => Date,
  log: Logger,
): Promise<ChatPlatform[]> {
  const made = await Promise.all(settings.map((setting) => setting(environment, store, now, log)));
  return made.filter((platform) => platform !== undefined);
}
