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
export class Stage {
  readonly #folder: string;
  readonly #now: () => Date;
  readonly #ids = new Map<string, string>();
  readonly #received = new Map<string, ChatMessage[]>();
  #service: Service | undefined;
  #chat = new ChatClient('');

  private constructor(folder: string, now: () => Date) {
    this.#folder = folder;
    this.#now = now;
  }

  /** @param start the moment at which the story begins */
  static async build(start: Date): Promise<Stage> {
    const begun = performance.now();
    const now = () => new Date(start.getTime() + performance.now() - begun);
    return new Stage(await mkdtemp(join(tmpdir(), 'qinglian-demo-')), now);
  }

  /** Runs one of the program's own commands. @returns what it printed */
  async command(...args: string[]): Promise<string> {
    print(`$ npm run qinglian -- ${args.join(' ')}`);
    let printed = '';
    const take = (text: string) => {
      printed += text;
    };
    const code = await run(args, {
      variables: this.#variables,
      now: this.#now,
      write: take,
      writeError: take,
    });
    print(printed.trimEnd().replace(/^/gm, '    '));
    if (code !== 0) throw new Error(`The command failed with ${code}`);
    return printed;
  }

  /** Opens the service; before that there are commands only. */
  async open(): Promise<void> {
    const log = pino({ level: 'error' });
    this.#service = await startService(readEnvironment(this.#variables), { now: this.#now, log });
    this.#chat = new ChatClient(this.#service.address);
    for (const { id, name } of await this.#chat.people()) this.#ids.set(name, id);
  }

  /** Says it, and shows what comes back. */
  async say(name: string, text: string): Promise<ChatMessage> {
    print(`${name} ▸ ${text}`);
    const before = (await this.#read(name)).length;
    await this.#chat.say(this.idOf(name), text);
    const answer = (await this.#read(name))[before];
    if (!answer) throw new Error(`The bot did not answer ${name}: ${text}`);
    printContent(name, answer.content);
    return answer;
  }

  /** Sends a file of text, and shows what comes back. */
  async sendFile(name: string, file: string, text: string): Promise<ChatMessage> {
    print(`${name} ▸ （文件）${file}`);
    const before = (await this.#read(name)).length;
    await this.#chat.sendFile(this.idOf(name), file, Buffer.from(text));
    const answer = (await this.#read(name))[before];
    if (!answer) throw new Error(`The bot did not answer ${name}: ${file}`);
    printContent(name, answer.content);
    return answer;
  }

  /** Presses the button with this label on the message, and shows what comes back. @returns all that is read then */
  async press(
    name: string,
    message: ChatMessage,
    label: string,
    form?: Record<string, unknown>,
  ): Promise<string> {
    print(`${name} ▸ [${label}]`);
    const action = button(message.content, label);
    const sent = form ? { form } : {};
    const { toast, card } = await this.#chat.act(this.idOf(name), message.messageId, action, sent);
    if (toast) printContent(name, { kind: 'text', text: toast });
    if (card) printContent(name, card);
    return [toast ?? '', card ? readable(card) : ''].join('\n');
  }

  /**
   * The latest message in which these words stand.
   * @throws Error when there is none
   */
  async receives(name: string, words: string): Promise<ChatMessage> {
    const found = (await this.#read(name)).filter(({ content }) => readable(content).includes(words)).at(-1);
    if (!found) throw new Error(`${name} did not receive 「${words}」`);
    printContent(name, found.content);
    return found;
  }

  async moveClock(to: string, display: string): Promise<void> {
    print(`\n⏱  时钟拨到 ${display}`);
    await this.#chat.moveClock(to);
  }

  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (!id) throw new Error(`Nobody is called ${name}`);
    return id;
  }

  chapter(title: string): void {
    print(`\n━━ ${title}`);
  }

  async close(): Promise<void> {
    await this.#service?.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #variables(): Record<string, string> {
    return { DATA_DIR: this.#folder, PORT: '0', QINGLIAN_CONFIG: join(this.#folder, 'none.yaml') };
  }

  /** Everything that the bot has told the person, once all that is under way is settled and delivered. */
  async #read(name: string): Promise<ChatMessage[]> {
    await this.#service?.idle();
    const all = this.#received.get(name) ?? [];
    all.push(...(await this.#chat.read(this.idOf(name))).filter(({ from }) => from === 'bot'));
    this.#received.set(name, all);
    return all;
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function printContent(name: string, content: Content): void {
  const lines = readable(content).split('\n');
  const buttons = content.kind === 'text' ? [] : content.actions.map(({ label }) => `[${label}]`);
  const shown = [...lines, ...(buttons.length > 0 ? [buttons.join(' ')] : [])];
  print(shown.map((line) => `    ${name} ◂ ${line}`).join('\n'));
}
