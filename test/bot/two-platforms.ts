import { writeFile } from 'node:fs/promises';
import { type ActionAnswer, SendFailure } from '../../bot/platform.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import { type Content, type NoticeContent, text } from '../../ledger/message.ts';
import { enqueue, type OutboxRow, type Outgoing } from '../../ledger/outbox.ts';
import { openStore } from '../../open-store.ts';
import { lastFromBot, openBureau, readable, START } from '../harness.ts';
import { StandInBureau } from './stand-in-bureau.ts';
import { inbound, StandInPlatform } from './stand-in-platform.ts';

export const HOLDER = '林砚秋';
export const OFFICER = '程一禾';

/** Minutes as short as a test can wait for, and attempts that it can use up. */
export const FEW = 'delivery:\n  leaseSeconds: 1\n  maxAttempts: 3\n  fallbackAfterMinutes: 10\n';
export const MINUTE = 60;

export class Unreachable extends SendFailure {
  override readonly unreachable = true;
}

export class Unsure extends SendFailure {
  override readonly uncertain = true;
}

export type PlatformName = 'lark' | 'wechat';

/** The sample bureau on stand-ins of Feishu and WeChat, beside the local chat. */
export class TwoPlatforms extends StandInBureau {
  readonly lark = this.platform;
  wechat = new StandInPlatform();
  #said = 0;

  /** Says that the person has an account there, which is called as he is. */
  async bind(name: string, ...platforms: PlatformName[]): Promise<void> {
    const personId = this.idOf(name);
    await this.other.database.write((rows) =>
      rows.account.createMany({
        data: platforms.map((platform) => ({ platform, externalId: `${platform}-${personId}`, personId })),
      }),
    );
  }

  async prefer(name: string, preferredPlatform: PlatformName | null): Promise<void> {
    const where = { id: this.idOf(name) };
    await this.other.database.write((rows) => rows.person.update({ where, data: { preferredPlatform } }));
  }

  /** Puts something that nobody asked for in line. */
  async tell(name: string, key: string, more: Partial<Outgoing> & { content?: Content } = {}): Promise<void> {
    const at = new Date(this.time);
    const message = { key, personId: this.idOf(name), content: text(key), notBefore: at, ...more };
    await this.other.database.write((rows) => enqueue(this.other, rows, at, message));
  }

  /** What the person reads there, in order. */
  reads(name: string, on: PlatformName): string[] {
    return this[on].window(`${on}-${this.idOf(name)}`).map(readable);
  }

  /** Says something where he has an account. */
  async says(name: string, on: PlatformName, words: string): Promise<void> {
    this.#said += 1;
    const account = `${on}-${this.idOf(name)}`;
    const at = new Date(this.time);
    await this[on].receiver.message(
      inbound({ key: `${on}:${this.#said}`, platform: on, account, text: words, at }),
    );
    await this.settle();
  }

  /** Presses a button there. */
  async presses(name: string, on: PlatformName, line: string): Promise<ActionAnswer> {
    this.#said += 1;
    const account = `${on}-${this.idOf(name)}`;
    const key = `${on}:${this.#said}`;
    const press = {
      key,
      kind: 'action',
      platform: on,
      account,
      text: line,
      at: new Date(this.time),
    } as const;
    const answer = await this[on].receiver.action(inbound(press));
    await this.settle();
    return answer;
  }

  rowOf(key: string): Promise<OutboxRow> {
    return this.other.database.rows.outbox.findUniqueOrThrow({ where: { key } });
  }

  async passMinutes(minutes: number): Promise<void> {
    await this.passSeconds(minutes * MINUTE);
  }

  /** What the officer is answered in the local chat. */
  async asks(words: string, name = OFFICER): Promise<string> {
    return readable(lastFromBot(await this.bureau.say(name, words)).content);
  }

  async marked(name: string): Promise<string[]> {
    const where = { personId: this.idOf(name), unreachable: { not: null } };
    const found = await this.other.database.rows.account.findMany({ where });
    return found.map(({ platform }) => platform);
  }
}

export const card = (title: string, lines: string[], ...actions: string[]): NoticeContent => ({
  kind: 'notice',
  title,
  tone: 'plain',
  sections: [{ lines }],
  actions: actions.map((action) => ({ action, label: action })),
});

/** Feishu knows a message again for an hour, WeChat never does. @param rules what stands in the rules file */
export async function openTwoPlatforms(rules = FEW): Promise<TwoPlatforms> {
  const clock = { time: Date.parse(START) };
  const lark = Object.assign(new StandInPlatform(), {
    ...{ name: 'lark', accounts: 'bound', remembersIdsForMs: 3_600_000 },
  });
  const wechat = Object.assign(new StandInPlatform(), {
    ...{ name: 'wechat', accounts: 'bound', isExtra: true, showsAnew: false },
    remembersIdsForMs: 0,
  });
  const bureau = await openBureau({
    // The one on which nothing may depend is configured first: its place does not make it the first to be tried.
    world: { now: () => new Date(clock.time), platforms: [wechat.setting, lark.setting] },
  });
  await writeFile(bureau.environment.rulesFile, rules);
  await bureau.restart();
  await bureau.service.idle();
  const other = await openStore(bureau.environment, ledgers);
  const opened = new TwoPlatforms({ bureau, platform: lark, other, clock });
  opened.wechat = wechat;
  return opened;
}

export const LASTING = new SendFailure('refused for good', true);
/** As WeChat refuses while nobody is logged in. */
export const OFFLINE = new SendFailure('not logged in', false, 60_000);

export const fails = (fault: Error) => async () => {
  throw fault;
};
export const works = async () => {};
