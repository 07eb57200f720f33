import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { inject } from 'vitest';
import { ChatClient, type ChatMessage, readable } from '../bot/local/chat-client.ts';
import { startService, type World } from '../start.ts';
import { type Bureau, START, tickingFrom } from './bureau.ts';
import { environmentIn, layOutSample } from './laid-out-sample.ts';

export { button, formValues, readable } from '../bot/local/chat-client.ts';
export { type Bureau, START } from './bureau.ts';
export type { ChatMessage };

export interface BureauOptions {
  at?: string;
  world?: Partial<World>;
}

/** Opens the sample bureau on the platform that this run of the tests is for. */
export async function openBureau(options: BureauOptions = {}): Promise<Bureau> {
  const platform = inject('platform');
  if (platform === 'local') return openLocalBureau(options);
  const { openLarkBureau } = await import('./lark/lark-bureau.ts');
  return openLarkBureau(platform, options);
}

async function openLocalBureau(options: BureauOptions): Promise<Bureau> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-'));
  const environment = environmentIn(folder);
  await layOutSample(environment, options.world?.now?.() ?? new Date(options.at ?? START));
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
    async sendFile(name, file, options) {
      await chat.sendFile(bureau.idOf(name), file.name, file.bytes, options);
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

async function idsByName(chat: ChatClient): Promise<Map<string, string>> {
  return new Map((await chat.people()).map(({ id, name }) => [name, id]));
}

/** The last thing the bot said. */
export function lastFromBot(messages: readonly ChatMessage[]): ChatMessage {
  const last = messages.filter(({ from }) => from === 'bot').at(-1);
  if (!last) throw new Error('The bot said nothing');
  return last;
}

/** Says the words. @returns what the bot answers last, as a person reads it */
export const readAnswer = async (bureau: Bureau, name: string, words: string): Promise<string> =>
  readable(lastFromBot(await bureau.say(name, words)).content);
