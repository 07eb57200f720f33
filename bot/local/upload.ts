import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import { kindForPeople, receiveFile } from '../../ledger/attachment.ts';
import { cleanName } from '../../ledger/attachment-name.ts';
import { Refusal } from '../../ledger/refusal.ts';
import type { Store } from '../../ledger/store.ts';
import type { Endpoint, EndpointReply, EndpointRequest, Receiver } from '../platform.ts';
import { addMessage, GROUP } from './messages.ts';
import { json, notLocal } from './reply.ts';

const MEGABYTE = 1024 * 1024;

const wantedSchema = z.object({
  person: z.string(),
  name: z.string().max(1000),
  group: z.literal('true').optional(),
  /** Names this one file, so that sending it again after a broken connection is the same message. */
  id: z.uuid().optional(),
});

/** What the local chat hands to this endpoint. */
export interface UploadDesk {
  store: Store;
  platform: string;
  now(): Date;
  receiver(): Receiver;
  /** @throws Refusal when nobody has this id */
  existing(personId: string): Promise<string>;
}

/**
 * `POST /chat/api/file?person=ID&name=NAME`, the bytes as the body: answered once the file is stored durably, as `say` is.
 * What is too large or of a kind that is not taken is refused here; where it belongs is answered in the chat.
 */
export function uploadEndpoint(desk: UploadDesk): Endpoint {
  const underWay = new Map<string, Promise<EndpointReply>>();
  return {
    method: 'POST',
    path: '/chat/api/file',
    maxBytes: desk.store.rules.files.maxMegabytes * MEGABYTE,
    refuses: async ({ headers }) => notLocal(headers),
    handle(request) {
      const search = request.query.toString();
      // The same message again, while its file is still being kept, waits for the same answer.
      const before = request.query.has('id') ? underWay.get(search) : undefined;
      const answer = before ?? upload(desk, request).finally(() => underWay.delete(search));
      underWay.set(search, answer);
      return answer;
    },
  };
}

async function upload(desk: UploadDesk, { query, body }: EndpointRequest): Promise<EndpointReply> {
  const wanted = wantedSchema.safeParse(Object.fromEntries(query)).data;
  if (!wanted) throw new Refusal('invalid-input', '请求应有 person 和 name；id 如有，应为 UUID。');
  const { store, platform } = desk;
  const account = await desk.existing(wanted.person);
  const messageId = wanted.id ? `${account}:${wanted.id}` : uuidv7();
  const key = `${platform}:${messageId}`;
  if (await isKnown(store, key)) return json({ messageId });
  const at = desk.now();
  const group = wanted.group !== undefined;
  // Whoever reads the group learns nothing of it, and nothing is kept.
  const kept = group
    ? undefined
    : await receiveFile(store, { personId: account, at }, { name: wanted.name, bytes: body });
  const text = kept ? `［${kindForPeople(kept.type)}］${kept.name}` : '［文件］';
  const window = group ? GROUP : account;
  await addMessage(store, { messageId, window, authorId: account, at, content: { kind: 'text', text } });
  await desk.receiver().message({
    kind: 'message',
    key,
    platform,
    account,
    ...(group && { group: GROUP }),
    text: '',
    at,
    file: { name: cleanName(wanted.name), size: body.length, ...(kept && { keptAs: kept.id }) },
  });
  return json({ messageId });
}

/** Whether the message is stored or settled already: its file is not kept twice. */
async function isKnown({ database: { rows } }: Store, key: string): Promise<boolean> {
  const where = { where: { key }, select: { key: true } };
  return (await rows.request.findUnique(where)) !== null || (await rows.inbox.findUnique(where)) !== null;
}
