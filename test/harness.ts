import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { ChatClient, type ChatMessage } from '../bot/local/chat-client.ts';
import type { ActionAnswer } from '../bot/platform.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { type Service, startService, type World } from '../start.ts';

export { button, formValues, readable } from '../bot/local/chat-client.ts';
export type { ChatMessage };

/** The real program on a database of its own, with the clock in the test's hands, spoken to over HTTP. */
export interface Bureau {
  readonly folder: string;
  readonly environment: Environment;
  readonly service: Service;
  /** Says it and waits until it is settled. @returns what the person got since he last looked */
  say(name: string, text: string, options?: { group?: boolean }): Promise<ChatMessage[]>;
  /** Presses a button, or sends a form. */
  act(name: string, messageId: string, action: string, form?: Record<string, unknown>): Promise<ActionAnswer>;
  /** What came into the person's window since he last looked. */
  read(name: string): Promise<ChatMessage[]>;
  /** Moves the service's clock, running all that becomes due. */
  moveClock(to: string): Promise<void>;
  idOf(name: string): string;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** Stops the service and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Monday morning in the sample bureau, in working hours. */
export const START = '2026-11-23T01:00:00.000Z';

/** Opens the sample bureau. */
export async function openBureau(options: { at?: string; world?: Partial<World> } = {}): Promise<Bureau> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-'));
  const environment = readEnvironment({
    DATA_DIR: folder,
    PORT: '0',
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
  });
  const world: World = {
    now: tickingFrom(options.at ?? START),
    log: pino({ level: 'silent' }),
    ...options.world,
  };
  let service = await startService(environment, world);
  let chat = new ChatClient(service.address);
  let people = await idsByName(chat);

  const bureau: Bureau = {
    folder,
    environment,
    get service() {
      return service;
    },
    idOf(name) {
      const id = people.get(name);
      if (!id) throw new Error(`Nobody in the sample bureau is called ${name}`);
      return id;
    },
    async say(name, text, options) {
      await chat.say(bureau.idOf(name), text, options);
      await service.idle();
      return bureau.read(name);
    },
    async act(name, messageId, action, form) {
      const answer = await chat.act(bureau.idOf(name), messageId, action, form ? { form } : {});
      await service.idle();
      return answer;
    },
    read: (name) => chat.read(bureau.idOf(name)),
    async moveClock(to) {
      await chat.moveClock(to);
      await service.idle();
    },
    get: (path) => chat.get(path),
    post: (path, body) => chat.post(path, body),
    async restart() {
      await service.stop();
      service = await startService(environment, world);
      chat = chat.movedTo(service.address);
      people = await idsByName(chat);
    },
    async close() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return bureau;
}

/** A clock that starts at the given moment and goes on by itself, since the house sleeps and wakes by it. */
function tickingFrom(start: string): () => Date {
  const begun = performance.now();
  return () => new Date(Date.parse(start) + performance.now() - begun);
}

async function idsByName(chat: ChatClient): Promise<Map<string, string>> {
  return new Map((await chat.people()).map(({ id, name }) => [name, id]));
}

/** The last thing the bot said. */
export function lastFromBot(messages: readonly ChatMessage[]): ChatMessage {
  const last = messages.filter(({ from }) => from === 'bot').at(-1);
  if (!last) throw new Error('The bot said nothing');
  return last;
}
