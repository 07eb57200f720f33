import { setTimeout as wait } from 'node:timers/promises';
import type { ChatMessage } from '../../bot/local/chat-client.ts';
import type { ChatPlatform } from '../../bot/platform.ts';
import type { PlatformSetting } from '../../bot/platforms.ts';
import type { Store } from '../../ledger/store.ts';
import type { World } from '../../start.ts';
import { type Bureau, declaredBy } from '../bureau.ts';

/** A platform of texts, and how people and a test speak over it. */
export interface TextChat {
  setting: PlatformSetting;
  open(world: Pick<World, 'platforms'>): Promise<Bureau>;
  /** Under what the ledger knows somebody. @param index among all the people */
  accountOf(index: number): string;
  /** Before the platform starts: who has which account. */
  begins?(accounts: ReadonlyMap<string, string>, store: Store): Promise<void>;
  /** What the house has sent has arrived. */
  arrives?(): Promise<void>;
  /** All that an account was sent, in order. */
  textsTo(account: string): string[];
  /** Resolves once the house has got it. */
  types(account: string, text: string): Promise<void>;
  typesTwice(account: string, text: string): Promise<void>;
  sendsFile?(account: string, file: { name: string; bytes: Uint8Array }): Promise<void>;
  group?: {
    /** What everybody in it reads is sent to this. */
    readonly id: string;
    types(account: string, text: string): Promise<void>;
  };
  close?(): Promise<void>;
}

const STRANGER = 'stranger-1';

/** The sample bureau where everybody has an account on a platform of texts; the local chat beside it moves the clock. */
export async function besideLocal(chat: TextChat): Promise<Bureau> {
  let platform: ChatPlatform | undefined;
  const accounts = new Map<string, string>();
  const setting: PlatformSetting = async (environment, store, now, log) => {
    platform = await chat.setting(environment, store, now, log);
    if (platform) await giveAccounts(platform.name, store, chat, accounts);
    return platform;
  };
  const local = await chat.open({ platforms: [setting] });
  const opened = async (): Promise<ChatPlatform> => {
    while (!platform?.ready()) await wait(20);
    return platform;
  };
  await opened();

  const seen = new Map<string, number>();
  const accountOf = (name: string): string => {
    const account = accounts.get(name);
    if (account === undefined) throw new Error(`Nobody in the sample bureau is called ${name}`);
    return account;
  };
  const groupOf = () => {
    if (!chat.group) throw new Error('There are no groups here');
    return chat.group;
  };
  const settled = async () => {
    await local.service.idle();
    await chat.arrives?.();
  };
  async function read(name: string): Promise<ChatMessage[]> {
    await settled();
    return [accountOf(name), chat.group?.id ?? []].flat().flatMap((window) => {
      const texts = chat.textsTo(window);
      const from = seen.get(`${name} ${window}`) ?? 0;
      seen.set(`${name} ${window}`, texts.length);
      return texts.slice(from).map((text, index) => asMessage(text, from + index));
    });
  }

  return {
    ...local,
    get service() {
      return local.service;
    },
    declared: async () => declaredBy(await opened()),
    read,
    async say(name, text, said) {
      if (said?.group) await groupOf().types(accountOf(name), text);
      else await chat.types(accountOf(name), text);
      return read(name);
    },
    leave: (name, text) => chat.types(accountOf(name), text),
    async sayTwice(name, text) {
      await chat.typesTwice(accountOf(name), text);
      return read(name);
    },
    async strangerSays(text) {
      await chat.types(STRANGER, text);
      await settled();
      return chat.textsTo(STRANGER);
    },
    async sendFile(name, file) {
      if (!chat.sendsFile) throw new Error('There are no files here');
      await chat.sendsFile(accountOf(name), file);
      return read(name);
    },
    act: () => Promise.reject(new Error('There are no buttons to press here')),
    async restart() {
      await local.restart();
      await opened();
    },
    close: () => local.close().finally(() => chat.close?.()),
  };
}

async function giveAccounts(
  platform: string,
  store: Store,
  chat: TextChat,
  accounts: Map<string, string>,
): Promise<void> {
  const isFirst = accounts.size === 0;
  const people = await store.database.rows.person.findMany({ orderBy: { staffNumber: 'asc' } });
  for (const [index, { name }] of people.entries()) accounts.set(name, chat.accountOf(index));
  if (isFirst) {
    const data = people.map(({ id }, index) => ({
      ...{ platform, externalId: chat.accountOf(index), personId: id },
    }));
    await store.database.write((rows) => rows.account.createMany({ data }));
  }
  await chat.begins?.(accounts, store);
}

const asMessage = (text: string, seq: number): ChatMessage => ({
  ...{ seq, messageId: String(seq), at: '', from: 'bot' },
  content: { kind: 'text', text },
});
