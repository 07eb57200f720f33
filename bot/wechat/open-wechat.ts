import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute } from 'node:path';
import type { Logger } from 'pino';
import type { WechatSettings } from '../../config/environment.ts';
import type { Store } from '../../ledger/store.ts';
import type { ChatPlatform } from '../platform.ts';
import { defaultLimits } from './limits.ts';
import { startChild } from './running-child.ts';
import { type WechatWorld, wechatPlatform } from './wechat-platform.ts';

/** What comes back by itself within it is told to nobody. */
const TELL_AFTER_MS = 60_000;
/** As long as two messages take. */
const BUSY_MS = 5000;
/** Loading some thousand contacts takes a puppet seconds, some a minute. */
const CONTACTS_WITHIN_MS = 60_000;
/** Between attempts to write a remark. */
const REMARK_PAUSES_MS = [5000, 30_000, 120_000, 600_000, 3_600_000];

/**
 * @param world what is to be otherwise than in a bureau, such as shorter times
 * @throws Error in English, for the operator, where what is needed was not installed
 */
export function openWechat(
  settings: WechatSettings,
  store: Store,
  now: () => Date,
  log: Logger,
  world: Partial<WechatWorld> = {},
): ChatPlatform {
  requireWechat(settings);
  const { puppet } = settings;
  const { fastestSeconds, slowestSeconds } = store.rules.wechat;
  const { stdout } = process;
  return wechatPlatform({
    store,
    startChild: startChild(settings),
    puppet,
    limits: defaultLimits,
    gapMs: { from: fastestSeconds * 1000, to: slowestSeconds * 1000 },
    busyMs: BUSY_MS,
    tellAfterMs: TELL_AFTER_MS,
    contactsWithinMs: CONTACTS_WITHIN_MS,
    remarkPausesMs: REMARK_PAUSES_MS,
    now,
    ticks: () => performance.now(),
    random: Math.random,
    ...(stdout.isTTY && { terminal: (text: string) => void stdout.write(text) }),
    log,
    ...world,
  });
}

/** @throws Error in English, for the operator, where wechaty or the puppet is not there */
export function requireWechat({ puppet }: WechatSettings): void {
  requireInstalled('wechaty', 'run npm ci without --workspaces=false');
  if (!isAbsolute(puppet)) requireInstalled(puppet, `run npm install --no-save ${puppet}`);
  else if (!existsSync(puppet)) throw new Error(`WECHAT_PUPPET is set, but there is no file ${puppet}`);
}

const { resolve } = createRequire(new URL('./child/child.ts', import.meta.url));

function requireInstalled(name: string, whatToDo: string): void {
  try {
    resolve(name);
  } catch (fault) {
    // A package that can only be imported is there.
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'MODULE_NOT_FOUND')) return;
    throw new Error(`WECHAT_PUPPET is set, but ${name} is not installed: ${whatToDo}`);
  }
}
