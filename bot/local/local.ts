import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { readDirectory } from '../../ledger/directory.ts';
import type { RawValues } from '../../ledger/form.ts';
import { qrSvg } from '../../ledger/qr.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { ROLES } from '../../ledger/role.ts';
import type { Store } from '../../ledger/store.ts';
import type { ChatPlatform, Endpoint, EndpointReply, EndpointRequest, Receiver } from '../platform.ts';
import { clockEndpoints, type MovableClock } from './clock-endpoints.ts';
import {
  addMessage,
  GROUP,
  latestSeq,
  messageSeenBy,
  messagesAfter,
  replaceContent,
  showAnew,
} from './messages.ts';
import { pageEndpoints } from './page-endpoints.ts';
import { guarded, json, readJson } from './reply.ts';
import { uploadEndpoint } from './upload.ts';

export const LOCAL = 'local';

/** The local chat: a platform in the house itself, for trying everything out on one machine without any account. */
export async function localPlatform(store: Store, clock: MovableClock): Promise<ChatPlatform> {
  let receiver: Receiver | undefined;
  const api = chatEndpoints(store, clock, () => {
    if (!receiver) throw new Error('The local chat was asked before it was started');
    return receiver;
  });
  const endpoints = [...(await pageEndpoints()), ...api, ...clockEndpoints(store, clock)];
  return {
    name: LOCAL,
    accounts: 'everybody',
    capabilities: { forms: 'shown', buttons: 'pressed', groups: true, files: true },
    endpoints: endpoints.map((endpoint) => ({ ...endpoint, handle: guarded(endpoint.handle) })),
    async start(given) {
      receiver = given;
    },
    async stop() {
      receiver = undefined;
    },
    ready: () => receiver !== undefined,
    async send({ id, address, content }) {
      const window = address.isGroup ? GROUP : address.externalId;
      await addMessage(store, { messageId: id, window, authorId: null, at: clock.now(), content });
      return { messageId: id };
    },
    async update({ messageId, content }) {
      return (await showAnew(store, messageId, content, clock.now())) ? 'updated' : 'gone';
    },
  };
}

type Handle = (request: EndpointRequest) => Promise<EndpointReply>;

function chatEndpoints(store: Store, clock: MovableClock, receiver: () => Receiver): Endpoint[] {
  const get = (path: string, handle: Handle): Endpoint => ({ method: 'GET', path, handle });
  const post = (path: string, handle: Handle): Endpoint => ({ method: 'POST', path, handle });
  return [
    get('/chat/api/people', () => people(store)),
    get('/chat/api/messages', (request) => messages(store, request)),
    get('/chat/qr', ({ query }) => qrPicture(query.get('text') ?? '')),
    post('/chat/api/say', (request) => say(store, clock, receiver(), request)),
    post('/chat/api/act', (request) => act(store, clock, receiver(), request)),
    uploadEndpoint({
      store,
      platform: LOCAL,
      now: () => clock.now(),
      receiver,
      existing: (personId) => existing(store, personId),
    }),
  ];
}

/** The longest text that a card may have drawn, in UTF-16 units. */
const QR_CHARS = 400;

/** A card holds the text; the page asks for its picture. */
async function qrPicture(text: string): Promise<EndpointReply> {
  if (text === '' || text.length > QR_CHARS)
    throw new Refusal('invalid-input', `二维码的文字应为 1 至 ${QR_CHARS} 字。`);
  return {
    status: 200,
    type: 'image/svg+xml',
    body: await qrSvg(text),
    headers: { 'cache-control': 'no-store' },
  };
}

async function people(store: Store): Promise<EndpointReply> {
  const directory = await readDirectory(store.database.rows);
  return json(
    directory.people.map(({ id, name, department, post, roles }) => ({
      id,
      name,
      department,
      post,
      roles: roles.map((role) => ROLES[role]),
    })),
  );
}

async function messages(store: Store, { query }: EndpointRequest): Promise<EndpointReply> {
  const personId = await existing(store, query.get('person') ?? '');
  const after = Number(query.get('after') ?? 0);
  if (!Number.isSafeInteger(after)) throw new Refusal('invalid-input', 'after 应为整数。');
  const changedAfter = query.get('changedAfter');
  const found = await messagesAfter(store, personId, after, changedAfter ? instant(changedAfter) : undefined);
  const directory = await readDirectory(store.database.rows);
  return json(
    found.map(({ seq, messageId, at, authorId, isGroup, changedAt, content }) => ({
      seq,
      messageId,
      at,
      from: authorId === null ? 'bot' : 'person',
      ...(changedAt && { changedAt }),
      ...(isGroup && { group: true }),
      ...(authorId !== null && authorId !== personId && { author: directory.byId(authorId)?.name }),
      content,
    })),
  );
}

function instant(typed: string): Date {
  const at = new Date(typed);
  if (Number.isNaN(at.getTime())) throw new Refusal('invalid-input', 'changedAfter 应为时刻。');
  return at;
}

const saySchema = z.object({
  person: z.string(),
  text: z.string(),
  group: z.boolean().optional(),
  /** Names this one message, so that sending it again after a broken connection is the same message. */
  id: z.uuid().optional(),
});

/** Answered once the message is stored durably; what the bot says to it comes as a message. */
async function say(
  store: Store,
  clock: MovableClock,
  receiver: Receiver,
  request: EndpointRequest,
): Promise<EndpointReply> {
  const { person, text, group, id } = readJson(request, saySchema);
  const account = await existing(store, person);
  const at = clock.now();
  const messageId = id ? `${account}:${id}` : uuidv7();
  const window = group ? GROUP : account;
  await addMessage(store, { messageId, window, authorId: account, at, content: { kind: 'text', text } });
  await receiver.message({
    kind: 'message',
    key: `${LOCAL}:${messageId}`,
    platform: LOCAL,
    account,
    ...(group && { group: GROUP }),
    text,
    at,
  });
  return json({ messageId });
}

const actSchema = z.object({
  person: z.string(),
  messageId: z.string(),
  action: z.string(),
  /** By the fields' names; whether a value fits its field is for the form to say. */
  form: z
    .record(
      z.string(),
      z.union([z.string(), z.boolean(), z.array(z.string()), z.null()], {
        error: '应为文字、true 或 false、文字的列表，或空值',
      }),
    )
    .optional(),
  /**
   * Names this one press, so that sending it again after a broken connection is the same press. Without it, a press is the
   * same as long as nothing has changed in the person's window: a form that was abandoned can be opened again.
   */
  id: z.string().max(100).optional(),
});

async function act(
  store: Store,
  clock: MovableClock,
  receiver: Receiver,
  request: EndpointRequest,
): Promise<EndpointReply> {
  const { person, messageId, action, form, id } = readJson(request, actSchema);
  const account = await existing(store, person);
  const message = await messageSeenBy(store, store.database.rows, account, messageId);
  if (message?.authorId !== null) throw new Refusal('unknown-entry', '没有这张卡片。');
  const { isGroup } = message;
  const press = id ?? fingerprint(store, action, form, await latestSeq(store, account));
  const { toast, card, pending } = await receiver.action({
    kind: 'action',
    key: `${LOCAL}:${messageId}:${account}:${press}`,
    platform: LOCAL,
    account,
    ...(isGroup && { group: GROUP }),
    text: action,
    at: clock.now(),
    ...(form && { form }),
    messageId,
  });
  if (card) await replaceContent(store, messageId, card);
  return json({ ...(toast !== undefined && { toast }), ...(card && { card }), ...(pending && { pending }) });
}

/** Keyed: there are few lines that a button may have, and whoever reads the tables could try them all. */
const fingerprint = ({ keys }: Store, action: string, form: RawValues | undefined, seq: number) =>
  keys.mark(`press/${JSON.stringify([action, form, seq])}`);

async function existing(store: Store, personId: string): Promise<string> {
  const person = (await readDirectory(store.database.rows)).byId(personId);
  if (!person?.active) throw new Refusal('unknown-person', `没有编号为「${personId.slice(0, 40)}」的人员。`);
  return person.id;
}
