import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../chance.ts';
import { anyRequest, type Forged, forged, RECORDED } from './forged-requests.ts';
import { openEndpoint } from './receiving-endpoint.ts';
import { keptLog } from './receiving-log.ts';
import { pushOf, textEvent } from './receiving-push.ts';

const ROUNDS = 10;
const PER_ROUND = runs(300);
const AT_ONCE = 32;
/** What is held settles in the rounds before this one: the three from here on are compared with the last two. */
const SETTLED = 5;
/** How much more may be held after the last rounds than after those before: some hundred bytes a request. */
const MOST_GROWTH = 256 * 1024;

/** The webhook on the web server, and whatever it lets through. */
async function openWebhook() {
  const invoked: object[] = [];
  const { log, lines } = keptLog('info');
  const endpoint = await openEndpoint({
    invoke: async (body) => void invoked.push(body),
    log,
    deadlineMs: 2800,
  });
  const { address } = endpoint;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    invoked,
    lines,
    address,
    send: (forgery: Forged) => send(address, agent, forgery),
    async close() {
      agent.destroy();
      await endpoint.close();
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
      if (round >= SETTLED) held.push(await heldNow());
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
  expect(answered.get('replayed 200')).toBeGreaterThan((ROUNDS * PER_ROUND) / 20);
  expect(answered.get('oversized 413')).toBeGreaterThan((ROUNDS * PER_ROUND) / 200);
  expect(Math.min(...held.slice(-2)) - Math.min(...held.slice(0, 3))).toBeLessThan(MOST_GROWTH);
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
