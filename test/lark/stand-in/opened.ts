import { Client, DefaultCache, LoggerLevel } from '@larksuiteoapi/node-sdk';
import { expect } from 'vitest';
import { openStandIn, type Person, type StandIn, type StandInOptions } from './stand-in.ts';

/** The SDK's logger, saying nothing. */
export const SILENT = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
export const DAY_MS = 86_400_000;
const closers: (() => unknown)[] = [];

/** What is to be closed after the test that opened it. */
export const closeLater = (close: () => unknown): void => void closers.push(close);

/** Closes what the test opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** A stand-in with one person in it, a clock in the test's hands, and the SDK's client. */
export async function open(options: StandInOptions = {}) {
  const clock = { now: Date.parse('2026-11-23T01:00:00.000Z') };
  const standIn = await openStandIn({
    now: () => clock.now,
    redeliverAfterMs: [20, 20],
    clientConfig: { ReconnectNonce: 0.01, ReconnectInterval: 0.05 },
    ...options,
  });
  closeLater(() => standIn.close());
  const person = standIn.directory.addPerson({ name: '示例甲' });
  return { standIn, clock, person, ...sdk(standIn) };
}

function sdk(standIn: StandIn) {
  const cache = new DefaultCache();
  const { appId, appSecret, address: domain } = standIn;
  const client = new Client({
    appId,
    appSecret,
    domain,
    cache,
    logger: SILENT,
    loggerLevel: LoggerLevel.error,
  });
  const send = (person: Person, content: object, uuid = '', type = 'text') =>
    client.im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: person.openId, msg_type: type, content: JSON.stringify(content), uuid },
    });
  const sendCard = async (person: Person, card: object = CARD) =>
    (await send(person, card, '', 'interactive')).data?.message_id ?? '';
  const patch = (messageId: string, card: object = CARD) =>
    client.im.message.patch({ path: { message_id: messageId }, data: { content: JSON.stringify(card) } });
  return { cache, client, send, sendCard, patch };
}

/** What the platform refused a call with. */
export async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    (answer) => expect.fail(`it answered ${JSON.stringify(answer)}`),
    (thrown) => thrown as { response: { status: number; headers: Record<string, string>; data: unknown } },
  );
  const { status, headers, data } = error.response;
  return { status, headers, ...(data as { code: number; msg: string }) };
}
export const codeOf = async (call: Promise<unknown>) => (await refusal(call)).code;

export const button = (value: object, more: object = {}) => ({
  tag: 'button',
  text: { tag: 'plain_text', content: '确定' },
  behaviors: [{ type: 'callback', value }],
  ...more,
});
export const cardOf = (...elements: object[]) => ({ schema: '2.0', body: { elements } });
export const CARD = cardOf({ tag: 'markdown', content: '示例' }, button({ act: 'ok' }));
export const FORM = cardOf({
  tag: 'form',
  name: 'form',
  elements: [
    { tag: 'input', name: 'title', required: true, max_length: 5, default_value: '旧' },
    { tag: 'date_picker', name: 'on' },
    { tag: 'select_person', name: 'who' },
    { tag: 'checker', name: 'sure', text: { tag: 'plain_text', content: '是' } },
    button({ act: 'send' }, { name: 'submit', form_action_type: 'submit' }),
  ],
});
