import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { ChatClient, type ChatMessage } from '../../bot/local/chat-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { readDirectory } from '../../ledger/directory.ts';
import { actionsOf } from '../../ledger/held-card.ts';
import type { Store } from '../../ledger/store.ts';
import { startService } from '../../start.ts';
import type { SampleRecord } from '../sample-record.ts';
import { BEGIN } from './bureaus.ts';
import { type Feishu, feishuFrom } from './feishu.ts';
import type { Tenant } from './tenant.ts';

/**
 * The whole program on a copy of the record, with a clock that goes on only when it is moved. It speaks in Feishu, through the real
 * platform code to a strict stand-in, where contents travel by pages; and in the local chat, where they stand in the chat. What
 * nobody asked for goes to Feishu.
 */
export interface World {
  readonly store: Store;
  readonly feishu: Feishu;
  /** Where its pages are. */
  readonly address: string;
  /** The settings of the commands that are run beside it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the clock stands. */
  readonly at: Date;
  /** Says all of it as the person, one line after the answer to another. */
  says(name: string, lines: readonly string[], options?: { group?: boolean }): Promise<void>;
  /** Presses the buttons on what stands in the person's window, and some that do not stand there. @returns the answers */
  presses(name: string, forged: readonly string[]): Promise<unknown[]>;
  moveClock(to: string): Promise<void>;
  settle(): Promise<void>;
  /** The person's window, whole, as his program gets it. */
  window(name: string): Promise<ChatMessage[]>;
  /** Ends it. Its record stays as it is. */
  close(): Promise<void>;
}

/** Buttons that one person presses at a time. */
const PRESSES = 3;

const RULES = {
  contents: { travel: { local: 'chat', lark: 'page' } },
  lark: { callsPerSecond: 1000, callsPerMinute: 60_000, messagesPerSecond: 100 },
  limits: { messagesPerMinute: 10_000 },
};

export async function openWorld({ folder, store }: SampleRecord, tenant: Tenant): Promise<World> {
  let at = BEGIN;
  tenant.setClock(at);
  const rulesFile = join(folder, 'rules.yaml');
  await writeFile(rulesFile, stringify(RULES));
  const variables = { ...tenant.variables, DATA_DIR: folder, QINGLIAN_CONFIG: rulesFile, PORT: '0' };
  const log = pino({ level: 'silent' });
  const service = await startService(readEnvironment(variables), { now: () => BEGIN, log });
  tenant.standIn.pushTo(`${service.address}/webhook/lark`);
  const chat = new ChatClient(service.address);
  const { people } = await readDirectory(store.database.rows);
  const idOf = (name: string): string => {
    const found = people.find((person) => person.name === name);
    if (!found) throw new Error(`Nobody in this bureau is called ${name}`);
    return found.id;
  };
  const window = async (name: string) => new ChatClient(service.address).read(idOf(name));
  return {
    store,
    feishu: feishuFrom(tenant, () => service.idle()),
    address: service.address,
    variables,
    get at() {
      return at;
    },
    async says(name, lines, options) {
      for (const line of lines) {
        await chat.say(idOf(name), line, options);
        await service.idle();
      }
    },
    async presses(name, forged) {
      const answers: unknown[] = [];
      // One after the other: a card that changes in its place and a form that is sent come in the order in which they were asked for.
      for (const { messageId, action } of buttonsOf(await window(name), forged)) {
        answers.push(await chat.act(idOf(name), messageId, action));
        await service.idle();
      }
      return answers;
    },
    async moveClock(to) {
      at = new Date(to);
      tenant.setClock(at);
      await chat.moveClock(to);
      await service.idle();
    },
    settle: () => service.idle(),
    window,
    close: () => service.stop(),
  };
}

/** The first buttons in a window that are no addresses, and the forged ones as if they stood on its first card. */
function buttonsOf(messages: readonly ChatMessage[], forged: readonly string[]) {
  const cards = messages.filter(({ from }) => from === 'bot');
  const standing = cards.flatMap(({ messageId, content }) =>
    actionsOf(content).flatMap(({ action, url }) => (url === undefined ? [{ messageId, action }] : [])),
  );
  const distinct = new Map(standing.toReversed().map((each) => [each.action, each]));
  const made = cards.slice(0, 1).flatMap(({ messageId }) => forged.map((action) => ({ messageId, action })));
  return [...[...distinct.values()].toReversed().slice(0, PRESSES), ...made];
}
