import { Acts } from './acts.ts';
import { applicationApis, newApplication } from './application-api.ts';
import { Chats } from './chats.ts';
import type { KnownThings } from './check-card.ts';
import { type ClientConfig, Connections } from './connections.ts';
import { ContactApi } from './contact-api.ts';
import { Delivery } from './delivery.ts';
import { newDirectory } from './directory.ts';
import { Gateway } from './gateway.ts';
import { newId } from './ids.ts';
import { imagesApi } from './images-api.ts';
import type { Limits, StandIn, StandInOptions } from './interface.ts';
import { listen } from './listen.ts';
import { MessageStore, seen } from './message-store.ts';
import { MessagesApi } from './messages-api.ts';
import { Pressing } from './press.ts';
import { ALL_SCOPES } from './scopes.ts';
import { seal } from './seal.ts';
import { type Credentials, Tokens } from './tokens.ts';

export type { ApiCall, Fault } from './api.ts';
export type { Attempt, Pushed } from './delivery.ts';
export type { Department, Group, Person, StandInDirectory } from './directory.ts';
export type { Limits, StandIn, StandInOptions } from './interface.ts';
export type { SeenMessage } from './message-store.ts';
export type { Pressed, PressOptions } from './press.ts';

const LIMITS: Limits = { perSecond: 50, perMinute: 1000, perPerson: 5, perGroup: 5, perCard: 5 };
const CLIENT_CONFIG: ClientConfig = {
  PingInterval: 120,
  ReconnectCount: -1,
  ReconnectInterval: 120,
  ReconnectNonce: 30,
};
const REDELIVER_AFTER_MS: readonly number[] = [15_000, 300_000, 3_600_000, 21_600_000];

/** Opens a platform of its own on a port of this machine: one tenant, one app, nobody in it yet. */
export async function openStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { now = () => Date.now(), remembers = Number.POSITIVE_INFINITY } = options;
  const names = {
    appId: `cli_${newId().slice(0, 16)}`,
    appSecret: newId(),
    encryptKey: options.encryptKey ?? 'stand-in-encrypt-key',
    verificationToken: newId(),
    botOpenId: newId('ou_'),
    tenantKey: newId().slice(0, 16),
  };
  const scopes = new Set(ALL_SCOPES);
  const images = new Map<string, Buffer>();
  const blocked = new Map<string, number>();
  const application = newApplication();
  const directory = newDirectory();
  const chats = new Chats(directory);
  const store = new MessageStore(remembers);
  const known: KnownThings = {
    person: (id) => chats.person(id) !== undefined,
    image: (key) => images.has(key),
  };
  const connections = new Connections(names, { ...CLIENT_CONFIG, ...options.clientConfig });
  const delivery = new Delivery({
    connections,
    encryptKey: names.encryptKey,
    redeliverAfterMs: options.redeliverAfterMs ?? REDELIVER_AFTER_MS,
    ackWithinMs: options.ackWithinMs ?? 3000,
    now,
  });
  // The SDK measures the life of a token by real time, so that has to be the platform's too.
  const tokens = new Tokens(names, () => Date.now());
  const limits = { ...LIMITS, ...options.limits };
  const files = new Map<string, Buffer>();
  const shared = {
    ...names,
    application,
    scopes,
    chats,
    store,
    delivery,
    known,
    blocked,
    files,
    limits,
    now,
  };
  const gateway = new Gateway({
    ...shared,
    remembers,
    tokens,
    apis: [
      tokens.api,
      ...applicationApis({ ...shared, requestUrl: () => delivery.url }),
      ...new MessagesApi(shared).apis,
      imagesApi({ images, application }),
      ...new ContactApi(directory, chats, scopes).apis,
    ],
  });
  const acts = new Acts(shared);
  const pressing = new Pressing({
    ...shared,
    acts,
    inChat: (chat) => chats.readers(chat),
    hasCallback: () => application.callbacks.has('card.action.trigger'),
  });
  const server = await listen(gateway, connections, options);
  const face = faceOf({ ...shared, tokens, connections, gateway, acts, pressing });
  const close = async () => {
    delivery.close();
    gateway.close();
    connections.close();
    await server.close();
  };
  return Object.assign(face, {
    ...names,
    address: server.address,
    directory,
    application,
    scopes,
    images,
    files,
    close,
  });
}

interface Parts {
  encryptKey: string;
  verificationToken: string;
  chats: Chats;
  store: MessageStore;
  blocked: Map<string, number>;
  tokens: Tokens;
  connections: Connections;
  delivery: Delivery;
  gateway: Gateway;
  acts: Acts;
  pressing: Pressing;
  now: () => number;
}

type Face = Omit<
  StandIn,
  | keyof Credentials
  | 'encryptKey'
  | 'verificationToken'
  | 'botOpenId'
  | 'tenantKey'
  | 'address'
  | 'directory'
  | 'application'
  | 'scopes'
  | 'images'
  | 'files'
  | 'close'
>;

/** What a test can do and see, put together from the parts. */
function faceOf(parts: Parts): Face {
  const { chats, store, connections, delivery, gateway, acts, pressing } = parts;
  return {
    calls: gateway.calls,
    pushes: delivery.pushes,
    get connections() {
      return connections.count;
    },
    get endpointAnswer() {
      return connections.endpointAnswer;
    },
    set endpointAnswer(answer) {
      connections.endpointAnswer = answer;
    },
    get onCall() {
      return gateway.onCall;
    },
    set onCall(fault) {
      gateway.onCall = fault;
    },
    pushTo(url) {
      delivery.url = url;
    },
    cutConnections: () => connections.cut(),
    say: (...given) => acts.say(...given),
    sendOther: (...given) => acts.sendOther(...given),
    openChat: (...given) => acts.openChat(...given),
    menu: (...given) => acts.menu(...given),
    push: (...given) => acts.push(...given),
    press: (...given) => pressing.press(...given),
    messages(id) {
      const { chatId } = chats.find(id) ?? chats.with(id);
      return store
        .in(chatId)
        .filter(({ from }) => from === undefined)
        .map(seen);
    },
    chatOf: (openId) => chats.with(openId).chatId,
    recall(messageId) {
      const message = store.find(messageId);
      if (!message) throw new Error(`There is no message ${messageId}`);
      message.recalled = true;
    },
    revokeToken: () => parts.tokens.revokeAll(),
    block: (openId, code) => void parts.blocked.set(openId, code),
    unblock: (openId) => void parts.blocked.delete(openId),
    encrypted: (content, atMs = parts.now()) => seal(content, parts.encryptKey, atMs),
    verifyUrl: () => delivery.verifyUrl(parts.verificationToken),
  };
}
