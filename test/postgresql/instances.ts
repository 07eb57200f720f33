import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { ChatClient } from '../../bot/local/chat-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { type Service, startService } from '../../start.ts';
import { START, tickingFrom } from '../bureau.ts';

/** One of several services on one database, and its local chat. */
export interface Instance {
  service: Service;
  chat: ChatClient;
  /** As who: anybody of the sample bureau. @returns all that stands in the person's window */
  says(name: string, text: string): Promise<void>;
  reads(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** All share the database, the key file and the rules. */
export async function openInstances(databaseUrl: string, most: number): Promise<Instance[]> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-instances-'));
  const instances: Instance[] = [];
  for (let index = 0; index < most; index++) instances.push(await openInstance(databaseUrl, folder));
  onTestFinished(async () => {
    await Promise.all(instances.map((instance) => instance.stop()));
    await rm(folder, { recursive: true, force: true });
  });
  return instances;
}

export async function openInstance(databaseUrl: string, folder: string): Promise<Instance> {
  const environment = readEnvironment({
    ...{ DATA_DIR: folder, DATABASE_URL: databaseUrl, PORT: '0', LOCAL_CHAT: 'on' },
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
  });
  const service = await startService(environment, {
    now: tickingFrom(START),
    log: pino({ level: 'silent' }),
  });
  const chat = new ChatClient(service.address);
  const people = new Map((await chat.people()).map(({ id, name }) => [name, id]));
  const idOf = (name: string) => people.get(name) ?? name;
  let stopping: Promise<void> | undefined;
  return {
    service,
    chat,
    says: async (name, text) => void (await chat.say(idOf(name), text)),
    reads: async (name) => JSON.stringify(await chat.read(idOf(name))),
    stop: () => {
      stopping ??= service.stop();
      return stopping;
    },
  };
}
