import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChatClient, ChatMessage } from '../bot/local/chat-client.ts';
import type { ActionAnswer } from '../bot/platform.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

/** How often somebody does not try again after the connection broke: nobody told him that it was done. */
const LETS_BE = 0.15;
/** How often somebody sends again what was acknowledged already. */
const SENDS_TWICE = 0.1;
/** Where the service is killed every few seconds, on a machine with other work, answers take minutes: late is not lost. */
const ANSWER_WITHIN_MS = 600_000;

/** A person who talks to the service and holds on when the connection breaks, or when it says that it cannot now. */
export class Speaker {
  readonly person: string;
  readonly random: Random;
  readonly journal: Journal;
  readonly #chat: ChatClient;
  readonly #window = new Map<string, ChatMessage>();
  #seen = 0;

  constructor(chat: ChatClient, person: string, random: Random, journal: Journal) {
    this.#chat = chat;
    this.person = person;
    this.random = random;
    this.journal = journal;
  }

  /**
   * Says it under one id, again and again until it is acknowledged.
   * @returns whether it was; not, when the connection broke and the person let it be
   */
  async say(text: string): Promise<boolean> {
    const id = randomUUID();
    const said = { messageId: `${this.person}:${id}`, person: this.person, text, acknowledged: false };
    this.journal.said.push(said);
    const send = () => this.#chat.say(this.person, text, { id });
    const messageId = await this.#holdOn(send);
    if (messageId === undefined) return false;
    said.acknowledged = true;
    if (messageId !== said.messageId) this.journal.problems.push(`A message got another id: ${messageId}`);
    if (this.random.chance(SENDS_TWICE)) await this.#sendAgain(send);
    return true;
  }

  /** @returns what it was answered; nothing when the connection broke and the person let it be */
  async act(
    messageId: string,
    action: string,
    form?: Record<string, unknown>,
  ): Promise<ActionAnswer | undefined> {
    const id = randomUUID();
    const pressed: Journal['pressed'][number] = { key: `local:${messageId}:${this.person}:${id}` };
    this.journal.pressed.push(pressed);
    const send = () => this.#chat.act(this.person, messageId, action, { id, ...(form && { form }) });
    const answer = await this.#holdOn(send);
    if (!answer) return undefined;
    pressed.answer = answer;
    if (this.random.chance(SENDS_TWICE)) await this.#pressAgain(action, answer, send);
    return answer;
  }

  /** Waits for a message from the bot that fits. @throws Error when none comes within 10 minutes */
  waitFor(what: string, fits: (message: ChatMessage) => boolean): Promise<ChatMessage> {
    return this.#until(what, (window) => window.find(fits));
  }

  /** Waits until so many messages from the bot stand in the window. @throws Error when they do not within 10 minutes */
  async waitForMany(count: number): Promise<void> {
    await this.#until(`${count} messages`, ({ length }) => length >= count || undefined);
  }

  async #until<T>(what: string, look: (window: ChatMessage[]) => T | undefined): Promise<T> {
    const until = performance.now() + ANSWER_WITHIN_MS;
    while (performance.now() < until) {
      const found = look(await this.read());
      if (found !== undefined) return found;
      await wait(60);
    }
    throw new Error(`Nobody got ${what} within ${ANSWER_WITHIN_MS} ms`);
  }

  /** Everything from the bot that stands in the person's window now. */
  async read(): Promise<ChatMessage[]> {
    const path = `/chat/api/messages?person=${this.person}&after=${this.#seen}`;
    const page = await this.#untilAnswered(() => this.#page(path));
    for (const message of page) this.#window.set(message.messageId, message);
    this.#seen = page.at(-1)?.seq ?? this.#seen;
    return [...this.#window.values()].filter(({ from }) => from === 'bot');
  }

  async #page(path: string): Promise<ChatMessage[]> {
    const page = await this.#chat.get(path);
    if (!Array.isArray(page)) throw new Error(`${path} was answered 500: ${JSON.stringify(page)}`);
    return page as ChatMessage[];
  }

  /**
   * The same press has the same answer, unless it was refused: then it had no effect and may be tried again. A busy program may say
   * that the answer comes later.
   */
  async #pressAgain(action: string, answer: ActionAnswer, send: () => Promise<ActionAnswer>): Promise<void> {
    const again = await this.#sendAgain(send);
    if (!again || again.pending || !isDone(answer) || again.toast === answer.toast) return;
    this.journal.problems.push(`${action} was answered ${answer.toast}, and sent again ${again.toast}`);
  }

  #sendAgain<T>(send: () => Promise<T>): Promise<T | undefined> {
    this.journal.repeated += 1;
    return this.#holdOn(send);
  }

  async #holdOn<T>(send: () => Promise<T>): Promise<T | undefined> {
    try {
      return await send();
    } catch (fault) {
      if (!this.#isToBeTriedAgain(fault)) throw fault;
      if (this.random.chance(LETS_BE)) return undefined;
      this.journal.repeated += 1;
      return this.#untilAnswered(send);
    }
  }

  async #untilAnswered<T>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await send();
      } catch (fault) {
        if (!this.#isToBeTriedAgain(fault) || this.journal.isAbandoned) throw fault;
        await wait(this.random.between(30, 120));
      }
    }
  }

  #isToBeTriedAgain(fault: unknown): boolean {
    if (isBroken(fault)) return true;
    const isPutOff = fault instanceof Error && PUT_OFF.test(fault.message);
    if (isPutOff) this.journal.putOff.push(fault.message);
    return isPutOff;
  }
}

/** The service says that it has not taken it. */
const PUT_OFF = / was answered 5\d\d: /;

/** What `fetch` throws when there is no connection, or none any more. */
const isBroken = (fault: unknown): boolean => fault instanceof TypeError;

/** Whether the toast says that something was done: 「已签收 Z1-1-1」, 「已收到您的记录 …」. */
export const isDone = ({ toast }: ActionAnswer): boolean => toast?.startsWith('已') ?? false;
