import { setTimeout as wait } from 'node:timers/promises';
import type { ChatPlatform } from '../../bot/platform.ts';
import type { PlatformSetting } from '../../bot/platforms.ts';
import { defaultLimits } from '../../bot/wechat/limits.ts';
import { openWechat } from '../../bot/wechat/open-wechat.ts';
import { openRemarks } from '../../bot/wechat/remark.ts';
import type { WechatWorld } from '../../bot/wechat/wechat-platform.ts';
import type { Store } from '../../ledger/store.ts';
import type { Bureau } from '../bureau.ts';
import { openLocalBureau } from '../local-bureau.ts';
import { type Members, openStandIn, PUPPET, type StandIn } from './stand-in/stand-in.ts';

/** As in a bureau, in a hurry. */
export const FAST: Partial<WechatWorld> = {
  gapMs: { from: 0, to: 0 },
  busyMs: 50,
  tellAfterMs: 100,
  contactsWithinMs: 100,
  remarkPausesMs: [50, 100, 200, 400],
  everybody: 'local',
  random: () => 0.5,
  limits: {
    ...defaultLimits,
    aliveEveryMs: 100,
    silentForMs: 1500,
    leaveWithinMs: 1000,
    firstRestMs: 50,
    longestRestMs: 200,
    answerWithinMs: 1000,
    fileWithinMs: 5000,
  },
};

export const MEMBERS: Members = {
  self: { id: 'bot-1', name: '清廉小助手' },
  contacts: [
    { id: 'lin-1', name: '砚秋' },
    { id: 'stranger-1', name: '路人' },
  ],
  rooms: [{ id: 'office-1@room', topic: '办公室', members: ['bot-1', 'lin-1', 'stranger-1'] }],
};

export interface WechatBureau {
  bureau: Bureau;
  standIn: StandIn;
  platform: ChatPlatform;
  store: Store;
  /** Says that the contact is the person: under his WeChat id, of five signs, the ledger knows him, and his remark names it. */
  bind(externalId: string, name: string): Promise<void>;
  /** Somebody writes; resolves once the service has done what it does about it. */
  says(from: string, text: string, room?: string): Promise<void>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface WechatBureauOptions {
  members?: Members;
  world?: Partial<WechatWorld>;
  /** Before the service starts. */
  prepare?(standIn: StandIn): void;
}

/** The sample bureau with WeChat beside the local chat: the real wechaty in its real process, and a stand-in of WeChat behind it. */
export async function openWechatBureau(options: WechatBureauOptions = {}): Promise<WechatBureau> {
  const standIn = await openStandIn(options.members ?? MEMBERS);
  options.prepare?.(standIn);
  const opened: { store?: Store; platform?: ChatPlatform } = {};
  const setting: PlatformSetting = async (_, store, now, log) => {
    opened.store = store;
    const { WECHAT_PUPPET: puppet = PUPPET, ...variables } = standIn.variables;
    opened.platform = openWechat({ puppet, variables }, store, now, log, { ...FAST, ...options.world });
    return opened.platform;
  };
  const bureau = await openLocalBureau({ world: { platforms: [setting] } });
  let messages = 0;
  const wechat: WechatBureau = {
    bureau,
    standIn,
    get platform() {
      if (!opened.platform) throw new Error('WeChat was not opened');
      return opened.platform;
    },
    get store() {
      if (!opened.store) throw new Error('The record was not opened');
      return opened.store;
    },
    async bind(externalId, name) {
      const data = { platform: 'wechat', externalId, personId: bureau.idOf(name) };
      await wechat.store.database.write((rows) => rows.account.create({ data }));
      const remark = await openRemarks(wechat.store).write(name, externalId);
      const { members } = standIn;
      const contacts = members.contacts.map((each) => (each.id === externalId ? { ...each, remark } : each));
      standIn.members = { ...members, contacts };
      standIn.order({ do: 'contacts', contacts });
      await wechat.settle();
    },
    async says(from, text, room) {
      messages += 1;
      standIn.order({ do: 'text', id: `m-${messages}`, from, text, ...(room !== undefined && { room }) });
      await wechat.settle();
    },
    async settle() {
      // It has to come through the other process first.
      await wait(150);
      await bureau.service.idle();
    },
    async close() {
      await bureau.close();
      await standIn.close();
    },
  };
  await standIn.until(() => wechat.platform.ready() || options.prepare !== undefined);
  return wechat;
}
