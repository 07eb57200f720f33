import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { button, ChatClient, type ChatMessage, formValues } from '../bot/local/chat-client.ts';
import { actionsOf } from '../ledger/held-card.ts';
import { headline } from '../ledger/message.ts';
import type { Measures } from './months-measures.ts';

/** Something that somebody does on a day. */
export interface Act {
  who: string;
  run(voices: Voices): Promise<void>;
}

const ANSWER_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 1;
/** People who are at it at the same time. */
const AT_ONCE = 16;

/** Speaks as anybody of the bureau, and remembers what has to be answered. */
export class Voices {
  /** Keys of the messages that were acknowledged since somebody last looked. */
  acknowledged: string[] = [];
  /** Messages, presses and files. */
  count = 0;
  /** Refusals that were unexpected, by their beginning. */
  readonly refused = new Map<string, number>();
  readonly chat: ChatClient;
  readonly #measures: Measures;
  readonly #ids: ReadonlyMap<string, string>;

  private constructor(chat: ChatClient, measures: Measures, ids: ReadonlyMap<string, string>) {
    this.chat = chat;
    this.#measures = measures;
    this.#ids = ids;
  }

  /** @param measures of the file that this service has open: whether something is answered is seen there at no cost to it */
  static async at(address: string, measures: Measures): Promise<Voices> {
    const chat = new ChatClient(address);
    const ids = new Map((await chat.people()).map(({ id, name }) => [name, id]));
    return new Voices(chat, measures, ids);
  }

  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (!id) throw new Error(`Nobody is called ${name}`);
    return id;
  }

  /** Resolves once it is acknowledged. @returns by which key it is known */
  async say(name: string, text: string): Promise<string> {
    this.count += 1;
    const id = randomUUID();
    const messageId = await heldOn(() => this.chat.say(this.idOf(name), text, { id }));
    const key = `local:${messageId}`;
    this.acknowledged.push(key);
    return key;
  }

  /** What came into the person's window from the bot since anybody last looked. */
  async read(name: string): Promise<ChatMessage[]> {
    const found = await heldOn(() => this.chat.read(this.idOf(name)));
    return found.filter(({ from }) => from === 'bot');
  }

  /** Says it and waits until the answer stands in the window. @returns how long it took, in milliseconds */
  async ask(name: string, text: string): Promise<number> {
    const began = performance.now();
    const key = await this.say(name, text);
    const until = began + ANSWER_WITHIN_MS;
    while (this.#measures.unanswered([key]).length > 0) {
      if (performance.now() > until)
        throw new Error(`${name} got no answer to 「${text}」: ${this.#measures.standingOf(key)}`);
      await wait(LOOK_AGAIN_MS);
    }
    return performance.now() - began;
  }

  /** Time passes: all that becomes due on the way is said. */
  async moveClock(to: Date): Promise<void> {
    // A clock that was moved is not moved again: what goes before it opens the connection, if it was closed meanwhile.
    await heldOn(() => this.chat.get('/chat/api/clock'));
    await this.chat.moveClock(to.toISOString());
  }

  /** Says a word that is answered with a form, and sends it. @returns what was answered; empty: it was not done */
  async fill(name: string, text: string, values: Readonly<Record<string, unknown>>): Promise<string> {
    await this.read(name);
    await this.ask(name, text);
    const messages = await this.read(name);
    const form = messages.findLast(({ content }) => content.kind === 'form');
    if (form?.content.kind !== 'form') {
      // A line that says all is done at once.
      const said = messages.map(({ content }) => headline(content));
      return said.find((each) => each.startsWith('已')) ?? this.#noteRefused(said.join());
    }
    const filled = { ...formValues(form.content), ...values };
    return this.act(name, form.messageId, button(form.content, '提交'), filled);
  }

  async act(
    name: string,
    messageId: string,
    action: string,
    form?: Record<string, unknown>,
  ): Promise<string> {
    this.count += 1;
    const options = { id: randomUUID(), ...(form && { form }) };
    const answer = await heldOn(() => this.chat.act(this.idOf(name), messageId, action, options));
    if (answer.refused || (form && !answer.toast?.startsWith('已'))) this.#noteRefused(answer.toast ?? '');
    return answer.toast ?? '';
  }

  /** Presses the first button among these messages whose label ends so. @returns whether there is one */
  async press(name: string, messages: readonly ChatMessage[], label: string): Promise<boolean> {
    for (const { messageId, content } of messages) {
      const found = actionsOf(content).find((each) => each.label.endsWith(label));
      if (!found) continue;
      await this.act(name, messageId, found.action);
      return true;
    }
    return false;
  }

  async hand(name: string, file: string, bytes: Uint8Array): Promise<void> {
    this.count += 1;
    const id = randomUUID();
    const send = () => this.chat.sendFile(this.idOf(name), file, bytes, { id });
    const { status, body } = await heldOn(send);
    if (status !== 200) throw new Error(`The file was answered ${status}: ${JSON.stringify(body)}`);
    this.acknowledged.push(`local:${(body as { messageId: string }).messageId}`);
  }

  /** Everybody does what he has to do, one thing after the other, several people at once. */
  async perform(acts: readonly Act[]): Promise<void> {
    const people = [...Map.groupBy(acts, ({ who }) => who).values()];
    const worker = async () => {
      for (let own = people.shift(); own; own = people.shift()) for (const act of own) await act.run(this);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  #noteRefused(toast: string): '' {
    const beginning = toast.replace(/[A-Z0-9]+(?:-[A-Z0-9]+)+/gu, '…').slice(0, 30);
    this.refused.set(beginning, (this.refused.get(beginning) ?? 0) + 1);
    return '';
  }
}

/** A connection that was idle is closed by the service, perhaps just as it is used again: then the same is sent once more. */
async function heldOn<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (fault) {
    if (!(fault instanceof TypeError)) throw fault;
    return send();
  }
}
