import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { LarkEvents, Press } from '../../bot/lark/receiving/lark-events.ts';
import type { Inbound } from '../../bot/platform.ts';

export const APP_ID = 'cli_00112233445566aa';
export const ENCRYPT_KEY = '示例-encrypt-key';
export const TOKEN = 'sample-verification-token';
export const BOT = 'ou_bot';
/** 2026-11-23 09:30 in Beijing. */
export const NOW = new Date('2026-11-23T01:30:00Z');

/** A push, ready to be sent or spoiled. */
export interface Push {
  body: Buffer;
  headers: Record<string, string>;
}

export function encrypt(plain: string, key = ENCRYPT_KEY): string {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv);
  return Buffer.concat([iv, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export function sign(
  body: Buffer,
  { at = NOW, key = ENCRYPT_KEY, nonce = randomBytes(8).toString('hex') } = {},
): Push {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHash('sha256').update(`${timestamp}${nonce}${key}`).update(body).digest('hex');
  return {
    body,
    headers: {
      'x-lark-request-timestamp': timestamp,
      'x-lark-request-nonce': nonce,
      'x-lark-signature': signature,
    },
  };
}

/** As the platform pushes it: encrypted and signed. */
export const pushOf = (plain: object, signing: Parameters<typeof sign>[1] = {}): Push =>
  sign(Buffer.from(JSON.stringify({ encrypt: encrypt(JSON.stringify(plain)) })), signing);

export const challenge = (token: string): object => ({
  type: 'url_verification',
  challenge: 'ajls384k',
  token,
});

export const eventOf = (type: string, event: object, header: object = {}): object => ({
  schema: '2.0',
  header: {
    event_id: 'e1',
    event_type: type,
    create_time: String(NOW.getTime() - 1000),
    token: TOKEN,
    app_id: APP_ID,
    tenant_key: 't1',
    ...header,
  },
  event,
});

export interface Said {
  content?: unknown;
  type?: string;
  group?: boolean;
  mentions?: object[];
  sender?: object;
  id?: string;
  at?: unknown;
}

export const mention = (key: string, openId: string, name: string): object => ({
  key,
  id: { open_id: openId, union_id: 'on_x', user_id: null },
  name,
  mentioned_type: 'user',
});

export const messageEvent = ({
  content,
  type = 'text',
  group,
  mentions,
  sender,
  id = 'om_1',
  at,
}: Said): object =>
  eventOf('im.message.receive_v1', {
    sender: {
      sender_id: { open_id: 'ou_1', user_id: null },
      sender_type: 'user',
      tenant_key: 't1',
      ...sender,
    },
    message: {
      message_id: id,
      create_time: at ?? String(NOW.getTime() - 2000),
      chat_id: 'oc_1',
      chat_type: group ? 'group' : 'p2p',
      message_type: type,
      content: typeof content === 'string' ? content : JSON.stringify(content),
      ...(mentions && { mentions }),
    },
  });

export const textEvent = (text: string, said: Said = {}): object =>
  messageEvent({ content: { text }, ...said });

export const pressEvent = (action: object, header: object = {}): object =>
  eventOf(
    'card.action.trigger',
    {
      operator: { open_id: 'ou_1', tenant_key: 't1' },
      token: 'c-card-token',
      action: { tag: 'button', ...action },
      host: 'im_message',
      context: { open_message_id: 'om_card', open_chat_id: 'oc_1' },
    },
    { create_time: `${NOW.getTime() - 500}123`, ...header },
  );

/** A house that remembers what reached it. */
export class ToldHouse implements LarkEvents {
  readonly messages: Inbound[] = [];
  readonly presses: Press[] = [];
  readonly changes: unknown[] = [];
  /** What happens before anything is remembered; it fails by throwing. */
  before: () => Promise<void> = async () => {};

  async message(inbound: Inbound) {
    await this.before();
    this.messages.push(inbound);
  }

  async press(press: Press) {
    await this.before();
    this.presses.push(press);
    return { toast: { type: 'success' as const, content: '已登记' } };
  }

  async directory(change: unknown) {
    await this.before();
    this.changes.push(change);
  }
}

export interface HttpAnswer {
  status: number;
  body: string;
}

/** A POST, in the given chunks. */
export function post(
  address: string,
  headers: Record<string, string>,
  chunks: readonly Buffer[],
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const sent = request(address, { method: 'POST', headers }, (response) => {
    const received: Buffer[] = [];
    response.on('data', (chunk: Buffer) => received.push(chunk));
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(received).toString('utf8') }),
    );
  });
  sent.on('error', reject);
  for (const chunk of chunks) sent.write(chunk);
  sent.end();
  return promise;
}
