import type { Logger } from 'pino';
import type { FileWanted, Updated } from '../../platform.ts';
import { AppType, Client, DefaultCache, LoggerLevel } from '../sdk.ts';
import { type Make, openCalling } from './calling.ts';
import { outcomeOf } from './codes.ts';
import { fileCalls } from './file-calls.ts';
import { isPlain, openDirectHttp, openHttp } from './http.ts';
import { insisting } from './insisting.ts';
import { LarkFailure } from './lark-failure.ts';
import type { Limits } from './limits.ts';
import type { Place } from './line.ts';
import { sdkLog } from './sdk-log.ts';

/** What the house asks of the platform over HTTP. Every refusal is a `SendFailure`, most are a `LarkFailure`. */
export interface LarkApi {
  /**
   * Sends a card. A second call with the same uuid within the hour sends nothing more.
   * @throws SendFailure as the table of codes says; with `waitMs` also where the message would wait long for its turn
   */
  send(message: CardToSend): Promise<{ messageId: string }>;
  /** Replaces the card of an own message. @throws SendFailure */
  patch(message: { messageId: string; card: string }): Promise<Updated>;
  /**
   * Any other call; it waits for its turn as long as that takes.
   * @returns the `data` of the answer, or the whole answer where it has none as `bot/v3/info`; its shape is not checked
   * @throws SendFailure
   */
  request<T>(call: ApiCall): Promise<T>;
  /**
   * A file of a message, or an image.
   * @returns `too-large` as soon as it is seen to have more bytes than wanted
   * @throws SendFailure
   */
  download(file: MessageFile, wanted: FileWanted): Promise<Buffer | 'too-large'>;
  /**
   * Uploads a picture for cards. A second call uploads it once more, under another key.
   * @returns what cards of this app call it
   * @throws SendFailure as `send`
   */
  upload(picture: Picture): Promise<string>;
  /** Fetches a token, so that the first message need not wait for it. @throws SendFailure */
  warmUp(): Promise<void>;
  /** What somebody has to mend, in English; undefined once the latest call of that kind was a success. */
  problem(): string | undefined;
  /** Gives back what waits in line, and takes nothing more; what is under way ends by itself. */
  stop(): void;
}

export interface CardToSend {
  /** At most 50 characters; the same for every attempt at the same message. */
  uuid: string;
  to: { type: 'open_id' | 'chat_id'; id: string };
  /** JSON. */
  card: string;
  /** Somebody waits for it. */
  urgent: boolean;
}

export interface Picture {
  png: Uint8Array<ArrayBuffer>;
  /** The same for every attempt at the same picture. */
  key: string;
  /** Somebody waits for it. */
  urgent: boolean;
}

export interface ApiCall {
  /** What the limits and the log call it, such as `contact.user.find_by_department`. */
  api: string;
  method: 'GET' | 'POST';
  /** From `/open-apis/` on. */
  path: string;
  params?: Record<string, string | number | boolean>;
  data?: unknown;
}

/** A file as a message names it. */
export interface MessageFile {
  messageId: string;
  key: string;
  type: 'file' | 'image';
}

export interface LarkAccess {
  appId: string;
  appSecret: string;
  /** Such as https://open.feishu.cn. */
  baseUrl: string;
  /** Its calls leave by a proxy. */
  isProxied?: boolean;
}

export interface LarkApiOptions {
  limits: Limits;
  /** For each HTTP request. */
  timeoutMs: number;
  /** Milliseconds that never go back. */
  now: () => number;
  log: Logger;
  /** From 0 to 1, for the jitter of waiting times. */
  random?: () => number;
}

export function openLarkApi(access: LarkAccess, options: LarkApiOptions): LarkApi {
  const cache = new DefaultCache();
  const client = new Client({
    appId: access.appId,
    appSecret: access.appSecret,
    appType: AppType.SelfBuild,
    domain: access.baseUrl,
    cache,
    httpInstance: openHttp(options.timeoutMs),
    logger: sdkLog(options.log),
    loggerLevel: LoggerLevel.error,
  });
  const direct = openDirectHttp(access.baseUrl, options.timeoutMs);
  // Only the SDK's client knows how to speak with a proxy.
  const make: Make = (request, token) =>
    isPlain(request) && !access.isProxied ? direct(request, token) : client.request(request);
  const { call, warmUp, problem, stop } = openCalling({ client, cache, make }, options);
  return {
    async send({ uuid, to, card, urgent }) {
      const kind = to.type === 'chat_id' ? ('group' as const) : ('person' as const);
      const place: Place = { api: 'im.message.create', receiver: { kind, id: to.id }, urgent, key: uuid };
      const request = {
        method: 'POST',
        url: '/open-apis/im/v1/messages',
        params: { receive_id_type: to.type },
        data: { receive_id: to.id, msg_type: 'interactive', content: card, uuid },
      };
      const { message_id } = await insisting(urgent, () => call<{ message_id?: unknown }>(place, request));
      if (typeof message_id !== 'string') {
        throw new LarkFailure('im.message.create: the answer names no message', { code: 0, lasting: false });
      }
      return { messageId: message_id };
    },
    async patch({ messageId, card }) {
      const place: Place = {
        api: 'im.message.patch',
        receiver: { kind: 'card', id: messageId },
        urgent: false,
        key: messageId,
      };
      const url = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`;
      try {
        await call(place, { method: 'PATCH', url, data: { content: card } });
        return 'updated';
      } catch (fault) {
        const outcome = fault instanceof LarkFailure ? outcomeOf(fault) : undefined;
        if (outcome) return outcome;
        throw fault;
      }
    },
    request: <T>({ api, method, path, params, data }: ApiCall) =>
      call<T>({ api, urgent: false }, { method, url: path, params, data }),
    ...fileCalls(call),
    warmUp,
    problem,
    stop,
  };
}
