import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { ChatClient, type ChatMessage } from '../../bot/local/chat-client.ts';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { ledgers } from '../../ledger/ledgers.ts';
import type { Action, Content } from '../../ledger/message.ts';
import type { Store } from '../../ledger/store.ts';
import { openStore } from '../../open-store.ts';
import { type Service, startService } from '../../start.ts';
import { START, tickingFrom } from '../bureau.ts';
import { layOutSample } from '../laid-out-sample.ts';
import { Visitor } from './visitor.ts';

/** The sample bureau where what is confidential travels by pages, or, with `chat`, does not. */
export interface PageBureau {
  readonly service: Service;
  readonly databaseFile: string;
  idOf(name: string): string;
  /** Says it. @returns what the bot answers last */
  say(name: string, text: string): Promise<ChatMessage>;
  /** Presses a button on a message, or sends a form. */
  act(
    name: string,
    messageId: string,
    action: string,
    form?: Record<string, unknown>,
  ): ReturnType<ChatClient['act']>;
  /** Everything that stands in the person's chat. */
  chatOf(name: string): Promise<ChatMessage[]>;
  moveClock(to: string): Promise<void>;
  /** Somebody at a browser of his own. */
  visitor(): Visitor;
  close(): Promise<void>;
}

/** @param before what was done in it before the service opened, from the time at which it does */
export async function openPageBureau(
  travel: 'chat' | 'page' = 'page',
  before?: (store: Store, at: Date) => Promise<void>,
): Promise<PageBureau> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-page-'));
  const rulesFile = join(folder, 'rules.yaml');
  await writeFile(rulesFile, `contents:\n  travel:\n    local: ${travel}\nfiles:\n  maxMegabytes: 2\n`);
  const environment = readEnvironment({ DATA_DIR: folder, PORT: '0', QINGLIAN_CONFIG: rulesFile });
  if (before) await prepare(environment, before);
  const service = await startService(environment, {
    now: tickingFrom(START),
    log: pino({ level: 'silent' }),
  });
  const chat = new ChatClient(service.address);
  const people = new Map((await chat.people()).map(({ id, name }) => [name, id]));
  const idOf = (name: string): string => {
    const id = people.get(name);
    if (!id) throw new Error(`Nobody in the sample bureau is called ${name}`);
    return id;
  };
  return {
    service,
    databaseFile: join(folder, 'qinglian.db'),
    idOf,
    async say(name, text) {
      await chat.say(idOf(name), text);
      await service.idle();
      const last = (await chat.read(idOf(name))).filter(({ from }) => from === 'bot').at(-1);
      if (!last) throw new Error(`The bot did not answer ${name}`);
      return last;
    },
    async act(name, messageId, action, form) {
      const answer = await chat.act(idOf(name), messageId, action, form ? { form } : {});
      await service.idle();
      return answer;
    },
    async chatOf(name) {
      await service.idle();
      return new ChatClient(service.address).read(idOf(name));
    },
    async moveClock(to) {
      await chat.moveClock(to);
      await service.idle();
    },
    visitor: () => new Visitor(service.address),
    async close() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function prepare(
  environment: Environment,
  before: (store: Store, at: Date) => Promise<void>,
): Promise<void> {
  const at = new Date(START);
  await layOutSample(environment, at);
  const store = await openStore(environment, ledgers);
  await before(store, at);
  await store.database.close();
}

/** The way that a link card gives: address and 口令. */
export function wayIn(content: Content | undefined): { url: string; code: string } {
  if (content?.kind !== 'notice') throw new Error(`A link card was expected, found ${content?.kind}`);
  const url = content.actions.find((action: Action) => action.url)?.url;
  const code = /口令：(\d{6})/.exec(content.sections.flatMap(({ lines }) => lines).join('\n'))?.[1];
  if (!url || !code) throw new Error(`No way in on ${content.title}`);
  return { url, code };
}

/** A report whole enough to be filed. */
export const REPORT: Readonly<Record<string, string | string[]>> = {
  happenedAt: '2026-11-23T08:10',
  channel: 'phone',
  intercessorName: '示例外人甲',
  intercessorKind: 'applicant',
  stage: 'review',
  circumstances: ['lobbying', 'other'],
  content: '示例内容：青玉案项目\n请多关照',
  reply: 'refused',
  promise: 'true',
};
