import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { stringify } from 'yaml';
import { ChatClient } from '../bot/local/chat-client.ts';
import { localPlatform } from '../bot/local/local.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../open-store.ts';
import { startService, type World } from '../start.ts';
import { type Bureau, type BureauOptions, declaredBy, START, tickingFrom } from './bureau.ts';
import { clearAway, environmentIn, layOutSample } from './laid-out-sample.ts';

const NOBODY = randomUUID();

/** The sample bureau in the local chat, whatever the run is for. */
export async function openLocalBureau(options: BureauOptions = {}): Promise<Bureau> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-'));
  const environment = environmentIn(folder);
  if (options.rules) await writeFile(environment.rulesFile, stringify(options.rules));
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
    async declared() {
      const store = await openStore(environment, ledgers);
      const platform = await localPlatform(store, { now: world.now, advance: async () => [] });
      await store.database.close();
      return declaredBy(platform);
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
    async leave(name, text) {
      await chat.say(bureau.idOf(name), text);
    },
    async sayTwice(name, text) {
      const id = randomUUID();
      await chat.say(bureau.idOf(name), text, { id });
      await service.idle();
      await chat.say(bureau.idOf(name), text, { id });
      await service.idle();
      return bureau.read(name);
    },
    async strangerSays(text) {
      const { body } = await chat.post('/chat/api/say', { person: NOBODY, text });
      return [JSON.stringify(body)];
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
      await clearAway(folder, environment);
    },
  };
  return bureau;
}

async function idsByName(chat: ChatClient): Promise<Map<string, string>> {
  return new Map((await chat.people()).map(({ id, name }) => [name, id]));
}
