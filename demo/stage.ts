import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { button, ChatClient, type ChatMessage, readable } from '../bot/local/chat-client.ts';
import { run } from '../cli/run.ts';
import { readEnvironment } from '../config/environment.ts';
import type { Content } from '../ledger/message.ts';
import { type Service, startService } from '../start.ts';

/** A throw-away bureau on which a story is played: the real program, its commands, and a clock in the story's hands. */
export interface Stage {
  /** Runs one of the program's own commands. @returns what it printed */
  command(...args: string[]): Promise<string>;
  /** Opens the service; before that there are commands only. */
  open(): Promise<void>;
  /** Says it, and shows what comes back. */
  say(name: string, text: string): Promise<ChatMessage>;
  /** Presses the button with this label on the message, and shows what comes back. @returns all that is read then */
  press(name: string, message: ChatMessage, label: string, form?: Record<string, unknown>): Promise<string>;
  /** The latest message whose title has these words; fails loudly when there is none. */
  receives(name: string, words: string): Promise<ChatMessage>;
  moveClock(to: string, display: string): Promise<void>;
  idOf(name: string): string;
  chapter(title: string): void;
  close(): Promise<void>;
}

/** @param start the moment at which the story begins */
export async function openStage(start: Date): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-demo-'));
  const variables = { DATA_DIR: folder, PORT: '0', QINGLIAN_CONFIG: join(folder, 'none.yaml') };
  const begun = performance.now();
  const now = () => new Date(start.getTime() + performance.now() - begun);
  let service: Service | undefined;
  let chat = new ChatClient('');
  const ids = new Map<string, string>();
  const inboxes = new Map<string, ChatMessage[]>();

  const read = async (name: string): Promise<ChatMessage[]> => {
    const all = inboxes.get(name) ?? [];
    all.push(...(await chat.read(stage.idOf(name))).filter(({ from }) => from === 'bot'));
    inboxes.set(name, all);
    return all;
  };

  const stage: Stage = {
    command: (...args) => runCommand(args, variables, now),
    async open() {
      service = await startService(readEnvironment(variables), { now, log: pino({ level: 'error' }) });
      chat = new ChatClient(service.address);
      for (const { id, name } of await chat.people()) ids.set(name, id);
    },
    idOf(name) {
      const id = ids.get(name);
      if (!id) throw new Error(`Nobody is called ${name}`);
      return id;
    },
    async say(name, text) {
      print(`${name} ▸ ${text}`);
      const before = (await read(name)).length;
      await chat.say(stage.idOf(name), text);
      await service?.idle();
      const answer = (await read(name))[before];
      if (!answer) throw new Error(`The bot did not answer ${name}: ${text}`);
      printContent(name, answer.content);
      return answer;
    },
    async press(name, message, label, form) {
      print(`${name} ▸ [${label}]`);
      const action = button(message.content, label);
      const { toast, card } = await chat.act(
        stage.idOf(name),
        message.messageId,
        action,
        form ? { form } : {},
      );
      await service?.idle();
      if (toast) printContent(name, { kind: 'text', text: toast });
      if (card) printContent(name, card);
      return [toast ?? '', card ? readable(card) : ''].join('\n');
    },
    async receives(name, words) {
      await service?.idle();
      const found = (await read(name)).filter(({ content }) => readable(content).includes(words)).at(-1);
      if (!found) throw new Error(`${name} did not receive 「${words}」`);
      printContent(name, found.content);
      return found;
    },
    async moveClock(to, display) {
      print(`\n⏱  时钟拨到 ${display}`);
      await chat.moveClock(to);
      await service?.idle();
    },
    chapter: (title) => print(`\n━━ ${title}`),
    async close() {
      await service?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function printContent(name: string, content: Content): void {
  const lines = readable(content).split('\n');
  const buttons = content.kind === 'text' ? [] : content.actions.map(({ label }) => `[${label}]`);
  print(
    [...lines, ...(buttons.length > 0 ? [buttons.join(' ')] : [])]
      .map((line) => `    ${name} ◂ ${line}`)
      .join('\n'),
  );
}

async function runCommand(
  args: string[],
  variables: Record<string, string>,
  now: () => Date,
): Promise<string> {
  print(`$ npm run qinglian -- ${args.join(' ')}`);
  let printed = '';
  const take = (text: string) => {
    printed += text;
  };
  const code = await run(args, { variables, now, write: take, writeError: take });
  print(printed.trimEnd().replace(/^/gm, '    '));
  if (code !== 0) throw new Error(`The command failed with ${code}`);
  return printed;
}
