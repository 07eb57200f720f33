import { setTimeout as wait } from 'node:timers/promises';
import { button, type ChatClient, type ChatMessage, formValues, readable } from '../bot/local/chat-client.ts';

const WITHIN_MS = 20_000;

/** Speaks as anybody of the bureau, and keeps all that they read. */
export class Teller {
  /** Everything that anybody read. */
  readonly read: string[] = [];
  readonly #chat: ChatClient;
  readonly #ids: ReadonlyMap<string, string>;

  constructor(chat: ChatClient, ids: ReadonlyMap<string, string>) {
    this.#chat = chat;
    this.#ids = ids;
  }

  /** @throws Error when nobody of the sample bureau bears the name */
  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (!id) throw new Error(`Nobody is called ${name}`);
    return id;
  }

  /** Says it. @returns the answer */
  async say(name: string, text: string, kind?: 'form'): Promise<ChatMessage> {
    await this.hear(name);
    await this.#chat.say(this.idOf(name), text);
    return this.#answer(name, text, kind);
  }

  /** Says a word that is answered with a form, and sends it. @returns what was answered */
  async fill(name: string, text: string, values: Record<string, unknown>): Promise<string> {
    const form = await this.say(name, text, 'form');
    return this.send(name, form, values);
  }

  async send(name: string, form: ChatMessage, values: Record<string, unknown>): Promise<string> {
    const all = { ...formValues(form.content), ...values };
    const answer = await this.#chat.act(this.idOf(name), form.messageId, button(form.content, '提交'), {
      form: all,
    });
    const said = [answer.toast ?? '', ...(answer.card ? [readable(answer.card)] : [])].join('\n');
    this.read.push(said);
    return said;
  }

  /** Sends a file. */
  async hand(name: string, file: { name: string; text: string }): Promise<void> {
    const query = new URLSearchParams({ person: this.idOf(name), name: file.name });
    const response = await fetch(`${this.#chat.address}/chat/api/file?${query}`, {
      method: 'POST',
      body: file.text,
    });
    if (response.status !== 200) throw new Error(`The file was answered ${response.status}`);
    await this.#answer(name, file.name);
  }

  /** What came since. */
  async hear(name: string): Promise<ChatMessage[]> {
    const heard = (await this.#chat.read(this.idOf(name))).filter(({ from }) => from === 'bot');
    this.read.push(...heard.map(({ content }) => readable(content)));
    return heard;
  }

  /** Notices of what others did may come in between. */
  async #answer(name: string, text: string, kind?: 'form'): Promise<ChatMessage> {
    const until = performance.now() + WITHIN_MS;
    while (performance.now() < until) {
      const answer = (await this.hear(name)).findLast(({ content }) => !kind || content.kind === kind);
      if (answer) return answer;
      await wait(30);
    }
    throw new Error(`${name} got no answer to: ${text}`);
  }
}
