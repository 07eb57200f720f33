import { setTimeout as wait } from 'node:timers/promises';
import { type Logger, pino } from 'pino';
import { expect } from 'vitest';
import type { PlatformSetting } from '../../bot/platforms.ts';
import { defaultLimits } from '../../bot/wechat/limits.ts';
import { openWechat } from '../../bot/wechat/open-wechat.ts';
import type { Contact } from '../../bot/wechat/protocol.ts';
import type { WechatWorld } from '../../bot/wechat/wechat-platform.ts';
import type { Store } from '../../ledger/store.ts';
import { type Bureau, lastFromBot, openBureau, readable } from '../harness.ts';
import { ChildInHand } from './child-in-hand.ts';
import { PUPPET } from './stand-in/stand-in.ts';

export const friend = (id: string, name = '路人', remark?: string): Contact => ({
  id,
  name,
  isFriend: true,
  ...(remark !== undefined && { remark }),
});

/** The sample bureau with WeChat beside the local chat, and what its other process would say in the test's hands. */
export class BindingBureau {
  readonly child: ChildInHand;
  readonly bureau: Bureau;
  readonly #opened: { store?: Store };

  constructor(bureau: Bureau, child: ChildInHand, opened: { store?: Store }) {
    this.bureau = bureau;
    this.child = child;
    this.#opened = opened;
  }

  get store(): Store {
    if (!this.#opened.store) throw new Error('The record was not opened');
    return this.#opened.store;
  }

  get rows(): Store['database']['rows'] {
    return this.store.database.rows;
  }

  /** What the person is answered in the local chat. */
  async asks(name: string, words: string): Promise<string> {
    return readable(lastFromBot(await this.bureau.say(name, words)).content);
  }

  async codeFor(name: string): Promise<string> {
    const [, code] = /绑定码：([2-9A-Z]{8})\n/.exec(await this.asks(name, '绑定微信')) ?? [];
    if (code === undefined) throw new Error(`${name} got no code`);
    return code;
  }

  /** Somebody types it on WeChat. @returns what he is answered, once nothing more comes */
  async types(contact: string, text: string): Promise<string[]> {
    const before = this.child.textsTo(contact).length;
    this.child.types(contact, text);
    await this.settle();
    return this.child.textsTo(contact).slice(before);
  }

  /** What is done about what was said is done. */
  async settle(): Promise<void> {
    for (let times = 0; times < 3; times += 1) {
      await wait(25);
      await this.bureau.service.idle();
    }
  }

  /** Binds the contact by a code. @returns by what the ledger knows it */
  async binds(contact: string, name: string): Promise<string> {
    await this.types(contact, await this.codeFor(name));
    const account = await this.accountOf(name);
    if (account === undefined) throw new Error(`${name} was not bound`);
    return account;
  }

  async accountOf(name: string): Promise<string | undefined> {
    const accounts = await this.rows.account.findMany({
      where: { platform: 'wechat', personId: this.bureau.idOf(name) },
    });
    expect(accounts.length).toBeLessThanOrEqual(1);
    return accounts[0]?.externalId;
  }

  /** Logs in with these contacts, and takes it in. */
  async logsInWith(contacts: Contact[]): Promise<void> {
    this.child.contacts = contacts;
    this.child.logIn();
    await this.settle();
  }

  /** What came into the person's window of the local chat since he last looked. */
  async toldTo(name: string): Promise<string[]> {
    await this.bureau.service.idle();
    return (await this.bureau.read(name)).flatMap(({ from, content }) =>
      from === 'bot' ? [readable(content)] : [],
    );
  }

  async isBound(contact: string): Promise<boolean> {
    return (await this.types(contact, '我的整改')).length > 0;
  }

  close = (): Promise<void> => this.bureau.close();
}

export async function openBindingBureau(
  contacts: Contact[],
  options: { world?: Partial<WechatWorld>; log?: Logger } = {},
): Promise<BindingBureau> {
  const child = new ChildInHand();
  child.contacts = contacts;
  const opened: { store?: Store } = {};
  const setting: PlatformSetting = async (_, store, now, log) => {
    opened.store = store;
    return openWechat({ puppet: PUPPET, variables: {} }, store, now, log, {
      startChild: child.startChild,
      gapMs: { from: 0, to: 0 },
      tellAfterMs: 60_000,
      contactsWithinMs: 100,
      remarkPausesMs: [20, 40, 80, 160, 320, 640, 1280],
      everybody: 'local',
      random: () => 0.5,
      limits: {
        ...defaultLimits,
        silentForMs: 60_000,
        firstRestMs: 20,
        longestRestMs: 20,
        answerWithinMs: 300,
      },
      ...options.world,
    });
  };
  const log = options.log ?? pino({ level: 'silent' });
  const bureau = await openBureau({ world: { platforms: [setting], log } });
  const opening = new BindingBureau(bureau, child, opened);
  await opening.settle();
  return opening;
}
