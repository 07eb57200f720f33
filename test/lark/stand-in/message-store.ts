import type { Chat } from './chats.ts';
import { parsed } from './json.ts';

/** A message of the bot, as those in the chat see it now. */
export interface SeenMessage {
  readonly messageId: string;
  readonly msgType: string;
  /** The JSON of its content; of a card, the card. */
  readonly content: unknown;
  readonly sentAt: number;
  readonly updatedAt?: number;
  readonly uuid?: string;
  readonly chatId: string;
  readonly recalled: boolean;
  /** The message that it answers. */
  readonly replyTo?: string;
}

export interface StoredMessage {
  readonly messageId: string;
  readonly msgType: string;
  readonly chat: Chat;
  readonly sentAt: number;
  readonly uuid?: string;
  readonly replyTo?: string;
  /** Open id of the person who wrote it; the bot did, when it is absent. */
  readonly from?: string;
  /** As it was sent: a JSON string. */
  content: string;
  updatedAt?: number;
  recalled: boolean;
  /** How many callbacks about it have not been answered. */
  locks: number;
}

export class MessageStore {
  readonly #messages = new Map<string, StoredMessage>();
  readonly #byUuid = new Map<string, StoredMessage>();
  readonly #byChat = new Map<string, StoredMessage[]>();
  readonly #most: number;

  /** @param most of its latest messages that it knows; up to as many more stay until they are forgotten together */
  constructor(most: number) {
    this.#most = most;
  }

  add(message: Omit<StoredMessage, 'recalled' | 'locks'>): StoredMessage {
    const stored = { ...message, recalled: false, locks: 0 };
    this.#messages.set(stored.messageId, stored);
    if (stored.uuid) this.#byUuid.set(stored.uuid, stored);
    const chat = this.#byChat.get(stored.chat.chatId) ?? [];
    this.#byChat.set(stored.chat.chatId, chat);
    chat.push(stored);
    if (this.#messages.size > 2 * this.#most) this.#forget(this.#messages.size - this.#most);
    return stored;
  }

  #forget(count: number): void {
    const oldest = [...this.#messages.values()].slice(0, count);
    for (const { messageId, uuid } of oldest) {
      this.#messages.delete(messageId);
      if (uuid) this.#byUuid.delete(uuid);
    }
    for (const [chatId, messages] of this.#byChat) {
      const known = messages.filter(({ messageId }) => this.#messages.has(messageId));
      this.#byChat.set(chatId, known);
    }
  }

  find(messageId: string): StoredMessage | undefined {
    return this.#messages.get(messageId);
  }

  /** What was sent under the uuid since then. */
  sentAs(uuid: string, since: number): StoredMessage | undefined {
    const found = this.#byUuid.get(uuid);
    return found && found.sentAt > since ? found : undefined;
  }

  /** All that stands in the chat. */
  in(chatId: string): readonly StoredMessage[] {
    return this.#byChat.get(chatId) ?? [];
  }
}

export const seen = (message: StoredMessage): SeenMessage => ({
  messageId: message.messageId,
  msgType: message.msgType,
  content: parsed(message.content),
  sentAt: message.sentAt,
  ...(message.updatedAt === undefined ? {} : { updatedAt: message.updatedAt }),
  ...(message.uuid === undefined ? {} : { uuid: message.uuid }),
  ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
  chatId: message.chat.chatId,
  recalled: message.recalled,
});
