import { isDeepStrictEqual } from 'node:util';
import type { Acts } from './acts.ts';
import { callbackOf, components, type Place } from './card-tree.ts';
import type { Chat } from './chats.ts';
import { cardProblem, type KnownThings } from './check-card.ts';
import type { Delivery } from './delivery.ts';
import { type FormOptions, filledIn } from './filled-form.ts';
import { newId } from './ids.ts';
import { isObject, type JsonObject, parsed } from './json.ts';
import { CARD_BYTES } from './message-content.ts';
import type { MessageStore, StoredMessage } from './message-store.ts';
import type { Reply } from './webhook.ts';

const CARD_LIFE_MS = 14 * 24 * 3_600_000;
const TOASTS = ['info', 'success', 'error', 'warning'];

export interface PressOptions extends FormOptions {
  /** The card that is pressed is an old copy: the button need not be on it any more, and nothing is checked. */
  stale?: boolean;
  /** The card was forwarded to somebody who is not in the chat. */
  forwarded?: boolean;
  /** The token for a later update: a new one. */
  token?: string;
}

/** What the person sees after he pressed. */
export interface Pressed {
  toast?: { type: string; content: string };
  /** The card that all see from now on. */
  card?: JsonObject;
  /** The platform's own code for what went wrong, shown to the person instead of an answer. */
  error?: number;
  /** Why, for whoever reads the test. */
  reason?: string;
  tookMs: number;
}

interface PressingOptions {
  acts: Acts;
  store: MessageStore;
  delivery: Delivery;
  known: KnownThings;
  /** Open ids of those in the chat. */
  inChat: (chat: Chat) => readonly string[];
  hasCallback: () => boolean;
  tenantKey: string;
  now: () => number;
}

/** Pressing what is on a card. */
export class Pressing {
  readonly #options: PressingOptions;

  constructor(options: PressingOptions) {
    this.#options = options;
  }

  async press(
    openId: string,
    messageId: string,
    value: object,
    options: PressOptions = {},
  ): Promise<Pressed> {
    const { store, delivery, now, inChat, hasCallback } = this.#options;
    const message = store.find(messageId);
    if (message?.msgType !== 'interactive' || message.recalled)
      throw new Error(`${messageId} is no card in a chat`);
    const readers = inChat(message.chat);
    if (!options.forwarded && !readers.includes(openId))
      throw new Error(`${openId} does not see ${messageId}`);
    const card = parsed(message.content);
    const action = actionOf(card, value, options, readers);
    if (now() - message.sentAt > CARD_LIFE_MS) return failed(230031, 'the card is older than 14 days', 0);
    if (!hasCallback()) return failed(200340, 'card.action.trigger is not subscribed to', 0);
    const begun = performance.now();
    message.locks++;
    let reply: Reply;
    try {
      reply = await delivery.hand(this.#callback(openId, message, action, options));
    } finally {
      message.locks--;
    }
    return this.#judge(reply, message, performance.now() - begun);
  }

  #callback(openId: string, message: StoredMessage, action: JsonObject, options: PressOptions): JsonObject {
    const { acts, tenantKey, now } = this.#options;
    const { user_id: userId, ...ids } = acts.userIds(openId);
    const event = {
      operator: { tenant_key: tenantKey, ...ids, ...(userId === null ? {} : { user_id: userId }) },
      token: options.token ?? newId('c-'),
      action: { ...action, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: message.messageId, open_chat_id: message.chat.chatId },
    };
    // Of this one the time is in microseconds.
    return acts.envelope('card.action.trigger', newId(), event, `${now()}000`);
  }

  #judge(reply: Reply, message: StoredMessage, tookMs: number): Pressed {
    if (reply.kind === 'late') return failed(200341, 'no answer in time', tookMs);
    if (reply.kind !== 'answered') return failed(200342, `the app was not reached: ${reply.kind}`, tookMs);
    if (reply.status !== 200) return failed(200671, `answered with ${reply.status}`, tookMs);
    const said = reply.body.trim() === '' ? {} : parsed(reply.body);
    const fault = answerFault(said);
    if (fault || !isObject(said)) return failed(200672, fault ?? '', tookMs);
    const toast = said.toast as { type?: string; content: string } | undefined;
    const card = isObject(said.card) ? said.card.data : undefined;
    if (isObject(card)) {
      const problem = this.#cardFault(card);
      if (problem) return failed(problem.code, problem.reason, tookMs);
      message.content = JSON.stringify(card);
      message.updatedAt = this.#options.now();
    }
    return {
      ...(toast ? { toast: { type: toast.type ?? 'info', content: toast.content } } : {}),
      ...(isObject(card) ? { card } : {}),
      tookMs,
    };
  }

  #cardFault(card: JsonObject): { code: number; reason: string } | undefined {
    if (card.schema !== '2.0') return { code: 200830, reason: 'a 2.0 card was answered by a 1.0 card' };
    if (Buffer.byteLength(JSON.stringify(card)) > CARD_BYTES)
      return { code: 200673, reason: 'larger than 30 KB' };
    const problem = cardProblem(card, this.#options.known);
    if (!problem) return undefined;
    const { code, message, value = '', path = '' } = problem;
    return {
      code: 200673,
      reason: `ErrCode: ${code}; ErrPath: ${path}; ErrMsg: ${message}; ErrorValue: ${value}`,
    };
  }
}

const failed = (error: number, reason: string, tookMs: number): Pressed => ({ error, reason, tookMs });

/** What is pressed, as the callback carries it. @throws when there is no such thing on the card */
function actionOf(
  card: unknown,
  value: object,
  options: PressOptions,
  inChat: readonly string[],
): JsonObject {
  const all = components(card);
  const pressed = all.find(
    ({ element }) => element.disabled !== true && isDeepStrictEqual(callbackOf(element), value),
  );
  if (!pressed) {
    if (options.stale) return { tag: 'button', value, ...(options.form ? { form_value: options.form } : {}) };
    throw new Error(`Nothing on the card calls back with ${JSON.stringify(value)}`);
  }
  const { element, tag, form } = pressed;
  const named = typeof element.name === 'string' ? { name: element.name } : {};
  if (form === undefined || element.form_action_type !== 'submit') {
    if (options.form) throw new Error('That button sends no form');
    return { tag, value, ...named };
  }
  const fields = all.filter((place: Place) => place.form === form);
  return { tag, value, ...named, form_value: filledIn(fields, options, inChat) };
}

/** What is wrong with the shape of an answer to a callback; undefined when it is right. */
function answerFault(said: unknown): string | undefined {
  if (!isObject(said)) return 'the answer is no JSON object';
  const unknown = Object.keys(said).filter((key) => key !== 'toast' && key !== 'card');
  if (unknown.length > 0) return `the answer has ${unknown.join(', ')} in it`;
  const { toast, card } = said;
  if (toast !== undefined) {
    if (!isObject(toast) || typeof toast.content !== 'string') return 'the toast has no content';
    if (toast.type !== undefined && !TOASTS.includes(String(toast.type))) return `no toast is ${toast.type}`;
    const other = Object.keys(toast).find((key) => !['type', 'content', 'i18n'].includes(key));
    if (other) return `the toast has ${other} in it`;
  }
  if (card === undefined) return undefined;
  if (!isObject(card) || card.type !== 'raw' || !isObject(card.data))
    return 'the card is not of type raw with data';
  return undefined;
}
