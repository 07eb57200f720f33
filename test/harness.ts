import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Environment, readEnvironment } from '../config/environment.ts';
import type { Content } from '../ledger/message.ts';
import { type Service, startService, type World } from '../start.ts';

/** A message of the local chat as a program gets it. */
export interface ChatMessage {
  seq: number;
  messageId: string;
  at: string;
  from: 'bot' | 'person';
  content: Content;
}

export interface ActAnswer {
  toast?: string;
  card?: Content;
}

/** The real program on a database of its own, with the clock in the test's hands, spoken to over HTTP. */
export interface Bureau {
  readonly folder: string;
  readonly environment: Environment;
  readonly service: Service;
  /** Says it and waits until it is settled. @returns what the person got since he last looked */
  say(name: string, text: string, options?: { group?: boolean }): Promise<ChatMessage[]>;
  /** Presses a button, or sends a form. */
  act(name: string, messageId: string, action: string, form?: Record<string, unknown>): Promise<ActAnswer>;
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
  const seen = new Map<string, number>();
  let people = await peopleOf(service);

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
    async say(name, text, { group } = {}) {
      const { status, body } = await bureau.post('/chat/api/say', {
        person: bureau.idOf(name),
        text,
        ...(group && { group }),
      });
      if (status !== 200) throw new Error(`say was answered ${status}: ${JSON.stringify(body)}`);
      await service.idle();
      return bureau.read(name);
    },
    async act(name, messageId, action, form) {
      const { body } = await bureau.post('/chat/api/act', {
        person: bureau.idOf(name),
        messageId,
        action,
        ...(form && { form }),
      });
      await service.idle();
      return body as ActAnswer;
    },
    async read(name) {
      const path = `/chat/api/messages?person=${bureau.idOf(name)}&after=${seen.get(name) ?? 0}`;
      const messages = (await bureau.get(path)) as ChatMessage[];
      seen.set(name, messages.at(-1)?.seq ?? seen.get(name) ?? 0);
      return messages;
    },
    async moveClock(to) {
      const { status, body } = await bureau.post('/chat/api/clock', { to });
      if (status !== 200) throw new Error(`clock was answered ${status}: ${JSON.stringify(body)}`);
      await service.idle();
    },
    async get(path) {
      return (await fetch(service.address + path)).json();
    },
    async post(path, body) {
      const response = await fetch(service.address + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async restart() {
      await service.stop();
      service = await startService(environment, world);
      people = await peopleOf(service);
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

async function peopleOf(service: Service): Promise<Map<string, string>> {
  const people = (await (await fetch(`${service.address}/chat/api/people`)).json()) as {
    id: string;
    name: string;
  }[];
  return new Map(people.map(({ id, name }) => [name, id]));
}

/** The last thing the bot said. */
export function lastFromBot(messages: readonly ChatMessage[]): ChatMessage {
  const last = messages.filter(({ from }) => from === 'bot').at(-1);
  if (!last) throw new Error('The bot said nothing');
  return last;
}

/** Everything that a person reads in a message. */
export function readable(content: Content): string {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'form') {
    return [
      content.title,
      ...content.intro,
      ...content.fields.map(({ label, error }) => `${label} ${error ?? ''}`),
    ].join('\n');
  }
  if (content.kind === 'table') {
    return [
      content.title,
      content.columns.join(' '),
      ...content.rows.map((row) => row.join(' ')),
      ...content.footer,
    ].join('\n');
  }
  return [content.title, ...content.sections.flatMap(({ heading, lines }) => [heading ?? '', ...lines])].join(
    '\n',
  );
}

/** The button with this label, wherever it stands on the card. */
export function button(content: Content, label: string): string {
  const sections = content.kind === 'notice' ? content.sections.flatMap(({ actions }) => actions ?? []) : [];
  const all = content.kind === 'text' ? [] : [...sections, ...content.actions];
  const found = all.find((action) => action.label === label);
  if (!found) throw new Error(`No button 「${label}」 among ${all.map((action) => action.label).join('、')}`);
  return found.action;
}

/** The form's values as they stand. */
export function formValues(content: Content): Record<string, unknown> {
  if (content.kind !== 'form') throw new Error(`A form was expected, found ${content.kind}`);
  return Object.fromEntries(
    content.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}
