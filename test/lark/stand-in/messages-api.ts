import { type Api, ApiError, type ApiRequest, badField, choice } from './api.ts';
import type { Chat, Chats } from './chats.ts';
import type { KnownThings } from './check-card.ts';
import { newId } from './ids.ts';
import { isObject, type JsonObject, parsed } from './json.ts';
import { badContent, cardRefused, checkContent } from './message-content.ts';
import { resourceOf } from './message-resource.ts';
import type { MessageStore, StoredMessage } from './message-store.ts';
import { Rates } from './rates.ts';

const HOUR_MS = 3_600_000;
const CARD_LIFE_MS = 14 * 24 * HOUR_MS;
const TYPES = 'text post image file audio media sticker interactive share_chat share_user system'.split(' ');
const SEND = ['im:message:send', 'im:message', 'im:message:send_as_bot'];
const PATH = '/open-apis/im/v1/messages';

interface MessagesOptions {
  store: MessageStore;
  /** What people sent, by its key. */
  files: ReadonlyMap<string, Buffer>;
  chats: Chats;
  known: KnownThings;
  blocked: ReadonlyMap<string, number>;
  limits: { readonly perPerson: number; readonly perGroup: number; readonly perCard: number };
  appId: string;
  tenantKey: string;
  now: () => number;
}

/** Sending, answering, changing, recalling and reading messages. */
export class MessagesApi {
  readonly #options: MessagesOptions;
  readonly #rates = new Rates();
  readonly #inFlight = new Set<string>();

  constructor(options: MessagesOptions) {
    this.#options = options;
  }

  get apis(): readonly Api[] {
    return [...this.#onMessages, this.#resource];
  }

  readonly #onMessages: readonly Api[] = [
    this.#sending(PATH, (request) => this.#send(request)),
    this.#sending(`${PATH}/:message_id/reply`, (request) => this.#reply(request)),
    {
      method: 'PATCH',
      path: `${PATH}/:message_id`,
      scopes: ['im:message', 'im:message:send_as_bot', 'im:message:update'],
      handle: (request) => this.#patch(request),
    },
    {
      method: 'DELETE',
      path: `${PATH}/:message_id`,
      scopes: ['im:message', 'im:message:send_as_bot', 'im:message:recall'],
      handle: (request) => {
        const message = this.#own(request, 230026, 'No permission to recall this message.');
        message.recalled = true;
        return { data: {} };
      },
    },
    {
      method: 'GET',
      path: `${PATH}/:message_id`,
      scopes: ['im:message', 'im:message:readonly', 'im:message:send_as_bot'],
      handle: (request) => ({ data: { items: [this.#shown(this.#find(request))] } }),
    },
  ];

  readonly #resource: Api = {
    method: 'GET',
    path: `${PATH}/:message_id/resources/:file_key`,
    scopes: ['im:message', 'im:message:readonly', 'im:message.history:readonly'],
    handle: () => ({}),
    file: (request) => resourceOf(this.#find(request), request, this.#options.files),
  };

  #sending(path: string, handle: (request: ApiRequest) => StoredMessage): Api {
    return {
      method: 'POST',
      path,
      scopes: SEND,
      handle: (request) => {
        const uuid = uuidOf(request.body);
        if (uuid && this.#inFlight.has(uuid)) throw new ApiError(230049, 'The message is being sent.');
        const first = uuid && this.#options.store.sentAs(uuid, this.#options.now() - HOUR_MS);
        return { data: this.#shown(first || handle(request)) };
      },
      hold: ({ body }) => {
        const uuid = uuidOf(body);
        if (!uuid || this.#inFlight.has(uuid)) return () => undefined;
        this.#inFlight.add(uuid);
        return () => this.#inFlight.delete(uuid);
      },
    };
  }

  #send({ query, body }: ApiRequest): StoredMessage {
    if (!query.has('receive_id_type')) throw badField('receive_id_type', 'receive_id_type is required');
    const idType = choice(query, 'receive_id_type', 'open_id', 'chat_id', 'union_id', 'user_id', 'email');
    const receiveId = body.receive_id;
    if (typeof receiveId !== 'string' || receiveId === '')
      throw badField('receive_id', 'receive_id is required');
    return this.#post(this.#receiver(idType, receiveId), body);
  }

  #reply(request: ApiRequest): StoredMessage {
    const answered = this.#find(request);
    if (answered.recalled) throw new ApiError(230011, 'The message was recalled.');
    return this.#post(answered.chat, request.body, answered.messageId);
  }

  #receiver(idType: string, id: string): Chat {
    if (idType === 'chat_id') {
      const chat = this.#options.chats.find(id);
      if (!chat) throw new ApiError(230034, 'The receive_id is invalid.');
      return chat;
    }
    const person = this.#options.chats.person(id);
    if (!person || (idType === 'open_id' && person.openId !== id)) {
      throw new ApiError(
        99992351,
        `The request you send is not a valid {${idType}} or not exists. Invalid ids: [${id}]`,
      );
    }
    return this.#options.chats.with(person.openId);
  }

  #post(chat: Chat, body: JsonObject, replyTo?: string): StoredMessage {
    const { msg_type: msgType, content } = body;
    if (typeof msgType !== 'string' || !TYPES.includes(msgType))
      throw badField('msg_type', 'msg_type is invalid');
    if (typeof content !== 'string') throw badField('content', 'content must be a JSON string');
    const uuid = uuidOf(body);
    this.#checkReachable(chat);
    checkContent(msgType, content, this.#options.known);
    this.#pace(chat);
    return this.#options.store.add({
      messageId: newId('om_'),
      msgType,
      chat,
      content,
      sentAt: this.#options.now(),
      ...(uuid ? { uuid } : {}),
      ...(replyTo ? { replyTo } : {}),
    });
  }

  #checkReachable(chat: Chat): void {
    if (chat.kind === 'group') {
      if (chat.group.dissolved) {
        throw new ApiError(232009, 'Your request specifies a chat which has already been dissolved.');
      }
      if (!chat.group.hasBot) throw new ApiError(230002, 'The bot can not be outside the group.');
      return;
    }
    const code = this.#options.blocked.get(chat.openId);
    if (code !== undefined) throw new ApiError(code, BLOCKED[code] ?? 'The user can not be reached.');
    const person = this.#options.chats.person(chat.openId);
    if (!person || person.isResigned) throw new ApiError(230013, BLOCKED[230013] ?? '');
  }

  #pace(chat: Chat): void {
    const { perPerson, perGroup } = this.#options.limits;
    const most = chat.kind === 'group' ? perGroup : perPerson;
    if (this.#rates.take(chat.chatId, { most, withinMs: 1000 }) > 0) {
      throw tooOften(chat.kind === 'group' ? 'chat rate limit' : 'user rate limit');
    }
  }

  #patch(request: ApiRequest): { data: JsonObject } {
    const { content } = request.body;
    if (typeof content !== 'string') throw badField('content', 'content must be a JSON string');
    const message = this.#own(request, 230027, 'Lack of necessary permissions.');
    if (message.msgType !== 'interactive') throw badContent('This message is NOT a card.');
    if (this.#options.now() - message.sentAt > CARD_LIFE_MS) {
      throw new ApiError(230031, 'The message card has expired.');
    }
    if (message.chat.kind === 'group' && !message.chat.group.hasBot) {
      throw new ApiError(230002, 'The bot can not be outside the group.');
    }
    if (message.locks > 0) throw cardRefused({ code: 11310, message: 'card action is lock' });
    const card = parsed(content);
    if (isObject(card) && card.schema !== '2.0') {
      throw cardRefused({ code: 200830, message: 'card schema v2 can not be updated to schema v1' });
    }
    checkContent('interactive', content, this.#options.known);
    if (this.#rates.take(message.messageId, { most: this.#options.limits.perCard, withinMs: 1000 }) > 0) {
      throw tooOften('message rate limit');
    }
    message.content = content;
    message.updatedAt = this.#options.now();
    return { data: {} };
  }

  #find({ params }: ApiRequest): StoredMessage {
    const found = this.#options.store.find(params.message_id ?? '');
    if (found) return found;
    throw new ApiError(
      99992354,
      `The request you send is not a valid {open_message_id} or not exists. Invalid ids: [${params.message_id}]`,
    );
  }

  #own(request: ApiRequest, code: number, refusal: string): StoredMessage {
    const message = this.#find(request);
    if (message.from !== undefined) throw new ApiError(code, refusal);
    if (message.recalled) throw new ApiError(230011, 'The message was recalled.');
    return message;
  }

  #shown(message: StoredMessage): JsonObject {
    const { appId, tenantKey } = this.#options;
    const sender = message.from
      ? { id: message.from, id_type: 'open_id', sender_type: 'user', tenant_key: tenantKey }
      : { id: appId, id_type: 'app_id', sender_type: 'app', tenant_key: tenantKey };
    return {
      message_id: message.messageId,
      ...(message.replyTo ? { root_id: message.replyTo, parent_id: message.replyTo } : {}),
      msg_type: message.msgType,
      create_time: String(message.sentAt),
      update_time: String(message.updatedAt ?? message.sentAt),
      deleted: message.recalled,
      updated: message.updatedAt !== undefined,
      chat_id: message.chat.chatId,
      sender,
      body: { content: message.recalled ? 'This message was recalled' : message.content },
    };
  }
}

const BLOCKED: Readonly<Record<number, string>> = {
  230013: 'Bot has NO availability to this user.',
  230029: 'User has resigned.',
  230053: 'The user has stopped the bot from sending messages.',
};

function uuidOf({ uuid }: JsonObject): string | undefined {
  if (uuid === undefined || uuid === '') return undefined;
  if (typeof uuid !== 'string' || uuid.length > 50) throw badField('uuid', 'the max len is 50');
  return uuid;
}

const tooOften = (ext: string): ApiError =>
  new ApiError(230020, `This operation triggers the frequency limit, ext=${ext}`);
