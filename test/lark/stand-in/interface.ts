import type { OtherOptions, OtherType, PushOptions, SayOptions } from './acts.ts';
import type { ApiCall, Fault } from './api.ts';
import type { Application } from './application-api.ts';
import type { ClientConfig, EndpointAnswer } from './connections.ts';
import type { Pushed } from './delivery.ts';
import type { StandInDirectory } from './directory.ts';
import type { SeenMessage } from './message-store.ts';
import type { Pressed, PressOptions } from './press.ts';
import type { SealedPush } from './seal.ts';

export interface StandInOptions {
  /** `stand-in-encrypt-key`; with an empty one pushes are plain, and signed with an empty key. */
  encryptKey?: string;
  limits?: Partial<Limits>;
  /** For times in messages, events, signatures and the `Date` of answers. Limits, time limits and tokens go by real time. */
  now?: () => number;
  /** How long after each attempt that failed the next one comes: 15 s, 5 min, 1 h, 6 h. */
  redeliverAfterMs?: readonly number[];
  /** How long an event or a callback may take: 3000. */
  ackWithinMs?: number;
  /** What clients of the long connection are told, in seconds: 120, -1, 120, 30. */
  clientConfig?: Partial<ClientConfig>;
  /** By HTTPS and WSS, with a certificate that nobody trusts who was not told to: false. */
  overTls?: boolean;
  /** How many of its latest calls and messages it knows at least, where millions come: all. */
  remembers?: number;
}

/** How often something may be done. */
export interface Limits {
  /** Calls of one API in a second. */
  perSecond: number;
  /** Calls of one API in a minute. */
  perMinute: number;
  /** Messages to one person in a second. */
  perPerson: number;
  /** Messages into one group in a second. */
  perGroup: number;
  /** Changes of one card in a second. */
  perCard: number;
}

/** The Feishu platform with one tenant and one app, as far as a bot meets it. */
export interface StandIn {
  /** `http://127.0.0.1:PORT`, or `https` where it is over TLS. */
  readonly address: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly botOpenId: string;
  readonly tenantKey: string;
  readonly directory: StandInDirectory;
  /** The app in the developer console. */
  readonly application: Application;
  /** Granted scopes. A call without its scope fails with 99991672; a field without its scope is absent. */
  readonly scopes: Set<string>;
  /** Pictures that the app uploaded, by their keys: a card with another one is refused. A test may take one away. */
  readonly images: Map<string, Buffer>;
  /** What people sent in messages, by its key. */
  readonly files: Map<string, Buffer>;

  /** From now on events and callbacks are pushed to this URL; without one, over the long connections that are open. */
  pushTo(url: string | undefined): void;
  /** Asks the URL whether it is the app's own. @returns whether the challenge came back within 1 s */
  verifyUrl(): Promise<boolean>;
  /** A push as it would be sent now, or as if signed at another time, for tests that forge variants. */
  encrypted(content: object, atMs?: number): SealedPush;
  /** How many long connections are open. */
  readonly connections: number;
  /** Ends all of them at once. */
  cutConnections(): void;
  /** What `POST /callback/ws/endpoint` answers instead, such as `{ code: 1, msg: 'system busy' }`. */
  endpointAnswer: EndpointAnswer | undefined;

  /** Somebody writes to the bot. Resolves when the event was acknowledged, or given up. */
  say(openId: string, text: string, options?: SayOptions): Promise<Pushed>;
  /** Somebody sends something else than text. */
  sendOther(openId: string, messageType: OtherType, options?: OtherOptions): Promise<Pushed>;
  openChat(openId: string, options?: PushOptions): Promise<Pushed>;
  menu(openId: string, eventKey: string, options?: PushOptions): Promise<Pushed>;
  /** Any other event. */
  push(eventType: string, event: object, options?: PushOptions): Promise<Pushed>;
  /**
   * Presses what calls back with `value` on the card as it stands now, with what is filled into its form. Not pushed
   * again when it fails: the person sees `error` then.
   * @throws when no person could press that
   */
  press(openId: string, messageId: string, value: object, options?: PressOptions): Promise<Pressed>;
  /** All events that were pushed, also those that still are. */
  readonly pushes: readonly Pushed[];

  /** What the bot wrote into a chat, in order: a person's private chat by open id, any chat by chat id. */
  messages(openIdOrChatId: string): readonly SeenMessage[];
  /** Chat id of the private chat with that person. */
  chatOf(openId: string): string;
  /** An administrator takes a message of the bot back. */
  recall(messageId: string): void;

  /** Asked at each REST call; what it returns happens instead. */
  onCall: (call: ApiCall) => Fault | undefined;
  readonly calls: readonly ApiCall[];
  /** All tokens given out so far fail with 99991663. */
  revokeToken(): void;
  /** Messages to the person fail: not available to him, resigned, or he stopped the bot. */
  block(openId: string, code: 230013 | 230029 | 230053): void;
  unblock(openId: string): void;
  close(): Promise<void>;
}
