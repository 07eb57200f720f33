import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { webhookEndpoint } from '../../bot/lark/receiving/webhook.ts';
import { close, listen, webServer } from '../../web/server.ts';
import {
  APP_ID,
  challenge,
  ENCRYPT_KEY,
  encrypt,
  eventOf,
  NOW,
  type Push,
  pushOf,
  sign,
  TOKEN,
  textEvent,
} from './receiving-push.ts';

const ROUNDS = 10;
const PER_ROUND = 1000;
const AT_ONCE = 32;
/** How much more may be held after the last rounds than after those before: some hundred bytes a request. */
const MOST_GROWTH = 256 * 1024;

interface Forged extends Push {
  kind: string;
  method: string;
  path: string;
  chunked: boolean;
  statuses: readonly number[];
}

const forged = (
  kind: string,
  { body, headers }: Push,
  statuses: readonly number[],
  given: Partial<Forged> = {},
): Forged => ({
  kind,
  body,
  headers,
  method: 'POST',
  path: '/webhook/lark',
  chunked: false,
  statuses,
  ...given,
});

const unsigned = (body: Buffer): Push => ({ body, headers: {} });
const withEncrypt = (encrypted: string): Buffer => Buffer.from(JSON.stringify({ encrypt: encrypted }));
const MINUTE = 60_000;

/** What somebody recorded who saw the platform's own pushes go by. Every one was carried out. */
const RECORDED = Array.from({ length: 20 }, (_, turn) => pushOf(textEvent('帮助', { id: `om_${turn}` })));
const recorded = fc.constantFrom(...RECORDED);

const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 80 }).map((text) => text.trim());
const randomHeaders = fc.record(
  {
    'x-lark-request-timestamp': fc.oneof(fc.constant(String(NOW.getTime() / 1000)), headerText),
    'x-lark-request-nonce': headerText,
    'x-lark-signature': fc.oneof(
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      headerText,
    ),
  },
  { requiredKeys: [] },
);
const bytes = fc.uint8Array({ maxLength: 400 }).map((value) => Buffer.from(value));
const REFUSED = [400, 401];

const garbage = fc
  .record({
    body: fc.oneof(
      bytes,
      fc.json().map((text) => Buffer.from(text)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ encrypt: value }))),
    ),
    headers: randomHeaders,
    chunked: fc.boolean(),
  })
  .map(({ chunked, ...push }) => forged('garbage', push, REFUSED, { chunked }));

const foreignCipher = fc
  .tuple(
    fc.oneof(
      bytes,
      bytes.map((value) => Buffer.concat([value, randomBytes(32)])),
    ),
    fc.boolean(),
  )
  .map(([cipher, isSigned]) => {
    const body = withEncrypt(cipher.toString('base64'));
    return forged('foreign cipher', isSigned ? sign(body, { key: 'other' }) : unsigned(body), REFUSED);
  });

/** Changes one byte of what was recorded, as whoever hunts for an oracle does: signed with it, or not at all. */
const tampered = fc
  .tuple(recorded, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean())
  .map(([push, where, by, isSigned]) => {
    const { encrypt: encrypted } = JSON.parse(push.body.toString()) as { encrypt: string };
    const cipher = Buffer.from(encrypted, 'base64');
    const at = where % cipher.length;
    cipher[at] = (cipher[at] ?? 0) ^ by;
    const body = withEncrypt(cipher.toString('base64'));
    return forged('tampered', isSigned ? { body, headers: push.headers } : unsigned(body), [401]);
  });

const spoiltHeader = fc
  .tuple(
    recorded,
    fc.constantFrom('x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'),
    fc.option(headerText, { nil: undefined }),
  )
  .map(([{ body, headers }, name, value]) => {
    const { [name]: _, ...others } = headers;
    return forged(
      'spoilt header',
      { body, headers: value === undefined ? others : { ...others, [name]: value } },
      [401],
    );
  });

const old = fc
  .tuple(fc.integer({ min: 6, max: 600_000 }), fc.constantFrom(-1, 1))
  .map(([minutes, sign]) =>
    forged('old', pushOf(textEvent('x'), { at: new Date(NOW.getTime() + sign * minutes * MINUTE) }), [401]),
  );

const replayed = recorded.map((push) => forged('replayed', push, [200]));

/** By somebody who has the key of another app of the same bureau, or a token that was changed. */
const ofAnother = fc
  .constantFrom<object>(
    eventOf('im.message.receive_v1', {}, { app_id: 'cli_ffffffffffffffff' }),
    eventOf('im.message.receive_v1', {}, { token: 'other' }),
    eventOf('card.action.trigger', { token: TOKEN }, { token: null }),
    { schema: '2.0', header: { app_id: APP_ID }, event: {} },
    { schema: '2.0', header: null },
    { schema: 2 },
    { __proto__: null, schema: '2.0', header: { app_id: [APP_ID], token: [TOKEN] } },
    challenge('other'),
  )
  .map((event) => forged('of another', pushOf(event), REFUSED));

const strangersChallenge = fc
  .constantFrom(challenge('other'), { ...challenge(TOKEN), type: 'x' })
  .chain((asked) =>
    fc.constantFrom(
      forged('challenge', unsigned(withEncrypt(encrypt(JSON.stringify(asked)))), [401]),
      forged('challenge', unsigned(withEncrypt(encrypt(JSON.stringify(challenge(TOKEN)), 'other'))), [401]),
      forged('challenge', unsigned(Buffer.from(JSON.stringify(challenge(TOKEN)))), [400]),
    ),
  );

const oversized = fc
  .tuple(fc.integer({ min: 1, max: 200_000 }), fc.boolean())
  .map(([more, chunked]) =>
    forged('oversized', unsigned(Buffer.alloc(1024 * 1024 + more, 'A')), [413], { chunked }),
  );

const elsewhere = fc
  .tuple(
    recorded,
    fc.constantFrom(['GET', '', 405], ['PUT', '', 405], ['POST', '/x', 404], ['POST', '/%00', 404] as const),
  )
  .map(([push, [method, path, status]]) =>
    forged('elsewhere', push, [status as number], { method: String(method), path: `/webhook/lark${path}` }),
  );

const anyRequest = fc.oneof(
  { arbitrary: garbage, weight: 25 },
  { arbitrary: foreignCipher, weight: 15 },
  { arbitrary: tampered, weight: 15 },
  { arbitrary: spoiltHeader, weight: 12 },
  { arbitrary: old, weight: 8 },
  { arbitrary: replayed, weight: 10 },
  { arbitrary: ofAnother, weight: 8 },
  { arbitrary: strangersChallenge, weight: 4 },
  { arbitrary: oversized, weight: 1 },
  { arbitrary: elsewhere, weight: 2 },
);

/** The webhook on the web server, and whatever it lets through. */
async function openWebhook() {
  const invoked: object[] = [];
  const lines: { level: number }[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const settings = { appId: APP_ID, encryptKey: ENCRYPT_KEY, verificationToken: TOKEN };
  const endpoint = webhookEndpoint(settings, {
    invoke: async (body) => void invoked.push(body),
    now: () => NOW,
    log,
    replayWindowMs: 5 * MINUTE,
    deadlineMs: 2800,
  });
  const server = webServer([endpoint], log);
  const address = await listen(server, '127.0.0.1', 0);
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    invoked,
    lines,
    address,
    send: (forgery: Forged) => send(address, agent, forgery),
    async close() {
      agent.destroy();
      await close(server);
    },
  };
}

it(`${ROUNDS * PER_ROUND} forged, broken, oversized, old and replayed requests have no effect and leave nothing behind`, async () => {
  const webhook = await openWebhook();
  const held: number[] = [];
  const wrong: string[] = [];
  const answered = new Map<string, number>();
  const attack = async (seed: number) => {
    const requests = fc.sample(anyRequest, { seed, numRuns: PER_ROUND });
    await inParallel(requests, async (forgery) => {
      const { status, body } = await webhook.send(forgery);
      const outcome = `${forgery.kind} ${status}`;
      answered.set(outcome, (answered.get(outcome) ?? 0) + 1);
      const saysMore = (status === 200 || status === 401) && body !== '{}';
      if (saysMore || !forgery.statuses.includes(status)) wrong.push(`${outcome} ${body}`);
    });
  };
  try {
    for (const push of RECORDED) await webhook.send(forged('recorded', push, [200]));
    for (let round = 0; round < ROUNDS; round++) {
      await attack(20_261_123 + round);
      held.push(await heldNow());
    }
    const right = pushOf(textEvent('帮助', { id: 'om_new' }));
    expect(await webhook.send(forged('right', right, [200]))).toEqual({ status: 200, body: '{}' });
  } finally {
    await webhook.close();
  }
  expect(wrong).toEqual([]);
  expect(webhook.invoked).toHaveLength(RECORDED.length + 1);
  expect(webhook.lines.filter(({ level }) => level > 40)).toEqual([]);
  expect(webhook.lines.length).toBeLessThan(10);
  expect(answered.get('replayed 200')).toBeGreaterThan(500);
  expect(answered.get('oversized 413')).toBeGreaterThan(50);
  expect(Math.min(...held.slice(-2)) - Math.min(...held.slice(5, 8))).toBeLessThan(MOST_GROWTH);
});

// Koa tells the standard error output of each, as long as the web server does not listen for its errors.
it('whoever hangs up in the middle leaves nothing behind either', async () => {
  const webhook = await openWebhook();
  for (const { body } of RECORDED) await sendHalf(webhook.address, body);
  expect(await webhook.send(forged('right', pushOf(textEvent('帮助')), [200]))).toMatchObject({
    status: 200,
  });
  await webhook.close();
  expect(webhook.invoked).toHaveLength(1);
  expect(webhook.lines).toEqual([]);
});

function send(address: string, agent: Agent, { method, path, headers, body, chunked }: Forged) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const length = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(body.length) };
  const sent = request(
    `${address}${path}`,
    { method, agent, headers: { ...headers, ...length } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', reject);
    },
  );
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

/** Says that more is coming, and hangs up. */
function sendHalf(address: string, body: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connect(Number(new URL(address).port), '127.0.0.1', () => {
    socket.write(`POST /webhook/lark HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length + 100}\r\n\r\n`);
    socket.write(body, () => socket.destroy());
  });
  socket.on('error', () => undefined);
  socket.on('close', () => resolve());
  return promise;
}

async function inParallel<T>(all: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const item of left) await one(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is held when nothing is under way any more: large bodies may still be on their way out. */
async function heldNow(): Promise<number> {
  const found: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    await wait(20);
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    found.push(heapUsed + arrayBuffers);
  }
  return Math.min(...found);
}
