import type { Application } from './application-api.ts';
import type { Chat, Chats } from './chats.ts';
import type { Delivery, Pushed } from './delivery.ts';
import type { Person } from './directory.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { MessageStore } from './message-store.ts';

export interface PushOptions {
  /** The same id twice is a repetition of the platform's own. */
  eventId?: string;
  /** When it happened, by the clock of the stand-in: now. */
  createTime?: number;
  /** Into how many frames a long connection splits it: one. */
  fragments?: number;
}

export interface SayOptions extends PushOptions {
  /** Chat id of the group it is said in; absent: in the private chat with the bot. */
  group?: string;
  messageId?: string;
  /** Open ids of those who are mentioned before the text; in a group the bot, unless given. */
  mentions?: readonly string[];
  /** The message that it answers. */
  replyTo?: string;
}

export interface OtherOptions extends SayOptions {
  /** The content of the message instead of the usual one of its type. */
  content?: JsonObject;
}

export type OtherType =
  | 'image'
  | 'file'
  | 'audio'
  | 'media'
  | 'sticker'
  | 'post'
  | 'interactive'
  | 'share_chat';

interface ActsOptions {
  appId: string;
  botOpenId: string;
  tenantKey: string;
  verificationToken: string;
  application: Application;
  scopes: ReadonlySet<string>;
  chats: Chats;
  store: MessageStore;
  delivery: Delivery;
  now: () => number;
}

/** What people do in the client, and the events that follow from it. */
export class Acts {
  readonly #options: ActsOptions;

  constructor(options: ActsOptions) {
    this.#options = options;
  }

  say(openId: string, text: string, options: SayOptions = {}): Promise<Pushed> {
    const mentioned = options.mentions ?? (options.group ? [this.#options.botOpenId] : []);
    const keys = mentioned.map((_, index) => `@_user_${index + 1} `);
    return this.#message(openId, 'text', { text: keys.join('') + text }, { ...options, mentions: mentioned });
  }

  sendOther(openId: string, messageType: OtherType, options: OtherOptions = {}): Promise<Pushed> {
    return this.#message(openId, messageType, options.content ?? OTHERS[messageType], options);
  }

  openChat(openId: string, options: PushOptions = {}): Promise<Pushed> {
    const { chatId } = this.#options.chats.with(this.#person(openId).openId);
    const last = this.#options.store.in(chatId).at(-1);
    const event = {
      chat_id: chatId,
      operator_id: this.userIds(openId),
      ...(last ? { last_message_id: last.messageId, last_message_create_time: String(last.sentAt) } : {}),
    };
    return this.push('im.chat.access_event.bot_p2p_chat_entered_v1', event, options);
  }

  menu(openId: string, eventKey: string, options: PushOptions = {}): Promise<Pushed> {
    const { name } = this.#person(openId);
    const named = this.#options.scopes.has('contact:user.base:readonly') ? { operator_name: name } : {};
    const event = {
      operator: { ...named, operator_id: this.userIds(openId) },
      event_key: eventKey,
      timestamp: Math.floor(this.#options.now() / 1000),
    };
    return this.push('application.bot.menu_v6', event, options);
  }

  push(
    eventType: string,
    event: object,
    options: PushOptions = {},
    about: { messageId?: string; chatId?: string; withheld?: string } = {},
  ): Promise<Pushed> {
    const eventId = options.eventId ?? newId();
    const body = this.envelope(eventType, eventId, event, String(options.createTime ?? this.#options.now()));
    const isSubscribed = this.#options.application.events.has(eventType);
    const withheld = isSubscribed ? about.withheld : `${eventType} is not subscribed to`;
    if (!withheld) return this.#options.delivery.push(body, { ...about, eventId }, options.fragments);
    return Promise.resolve({ ...about, eventId, body, delivered: [], acknowledged: false, withheld });
  }

  /** What stands around an event or a callback. */
  envelope(eventType: string, eventId: string, event: object, createTime: string): JsonObject {
    const { verificationToken: token, appId, tenantKey } = this.#options;
    const header = {
      event_id: eventId,
      event_type: eventType,
      create_time: createTime,
      token,
      app_id: appId,
      tenant_key: tenantKey,
    };
    return { schema: '2.0', header, event };
  }

  /** His three ids; `user_id` is null without its scope. */
  userIds(openId: string): { open_id: string; union_id: string; user_id: string | null } {
    const { unionId, userId } = this.#person(openId);
    const isShown = this.#options.scopes.has('contact:user.employee_id:readonly');
    return { open_id: openId, union_id: unionId, user_id: isShown ? userId : null };
  }

  #message(openId: string, type: string, content: JsonObject, options: SayOptions): Promise<Pushed> {
    const { chats, store, now } = this.#options;
    const { openId: from } = this.#person(openId);
    const chat = options.group === undefined ? chats.with(from) : chats.find(options.group);
    if (!chat || !chats.readers(chat).includes(from))
      throw new Error(`${openId} is in no group ${options.group}`);
    const { messageId = newId('om_'), replyTo, mentions = [], createTime: sentAt = now() } = options;
    const text = JSON.stringify(content);
    const answered = replyTo === undefined ? {} : { replyTo };
    if (!store.find(messageId))
      store.add({ messageId, msgType: type, chat, sentAt, from, content: text, ...answered });
    const event = {
      sender: { sender_id: this.userIds(from), sender_type: 'user', tenant_key: this.#options.tenantKey },
      message: {
        message_id: messageId,
        ...(replyTo ? { root_id: replyTo, parent_id: replyTo } : {}),
        create_time: String(sentAt),
        update_time: String(sentAt),
        chat_id: chat.chatId,
        chat_type: chat.kind,
        message_type: type,
        content: text,
        ...(mentions.length > 0 ? { mentions: mentions.map((id, index) => this.#mention(id, index)) } : {}),
      },
    };
    const withheld = this.#withheld(chat, mentions);
    const about = { messageId, chatId: chat.chatId, ...(withheld ? { withheld } : {}) };
    return this.push('im.message.receive_v1', event, options, about);
  }

  #mention(openId: string, index: number): JsonObject {
    const { botOpenId, application, tenantKey } = this.#options;
    const isBot = openId === botOpenId;
    return {
      key: `@_user_${index + 1}`,
      id: isBot ? { open_id: botOpenId, union_id: newId('on_'), user_id: null } : this.userIds(openId),
      name: isBot ? application.name : this.#person(openId).name,
      mentioned_type: isBot ? 'bot' : 'user',
      tenant_key: tenantKey,
    };
  }

  #withheld(chat: Chat, mentions: readonly string[]): string | undefined {
    const { scopes, botOpenId } = this.#options;
    if (chat.kind === 'p2p') {
      return scopes.has('im:message.p2p_msg:readonly') ? undefined : 'im:message.p2p_msg:readonly is missing';
    }
    if (!chat.group.hasBot) return 'the bot is not in the group';
    if (scopes.has('im:message.group_msg')) return undefined;
    if (!mentions.includes(botOpenId)) return 'the bot was not mentioned';
    return scopes.has('im:message.group_at_msg:readonly')
      ? undefined
      : 'im:message.group_at_msg:readonly is missing';
  }

  #person(openId: string): Person {
    const person = this.#options.chats.person(openId);
    if (!person) throw new Error(`Nobody in the directory has the id ${openId}`);
    return person;
  }
}

const OTHERS: Readonly<Record<OtherType, JsonObject>> = {
  image: { image_key: 'img_v3_example' },
  file: { file_key: 'file_v3_example', file_name: '示例.docx' },
  audio: { file_key: 'file_v3_example', duration: 2000 },
  media: { file_key: 'file_v3_example', image_key: 'img_v3_example', file_name: '示例.mp4', duration: 2000 },
  sticker: { file_key: 'file_v3_example' },
  post: { title: '示例', content: [[{ tag: 'text', text: '示例', style: [] }]] },
  interactive: { title: '示例', elements: [[{ tag: 'text', text: '示例' }]] },
  share_chat: { chat_id: 'oc_example' },
};
