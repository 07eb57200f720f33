import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { type LongConnection, openLongConnection } from '../../bot/lark/receiving/long-connection.ts';
import { FAST } from './receiving-app.ts';
import { ToldHouse } from './receiving-push.ts';
import { openStandIn, type StandIn } from './stand-in/stand-in.ts';

const log = pino({ level: 'silent' });

let house: ToldHouse;
let standIn: StandIn;
let openId: string;
let connection: LongConnection;
let lateMs: number;
beforeEach(async () => {
  house = new ToldHouse();
  lateMs = 0;
  standIn = await openStandIn({
    redeliverAfterMs: Array(20).fill(50),
    clientConfig: { ReconnectNonce: 0.05, ReconnectInterval: 0.05 },
  });
  openId = standIn.directory.addPerson({ name: '林示例' }).openId;
  connection = open();
});
afterEach(async () => {
  await connection.stop();
  await standIn.close();
});

function open(settings: { appId?: string; appSecret?: string; baseUrl?: string } = {}): LongConnection {
  const now = () => new Date();
  const dispatcher = openDispatcher(house, {
    botOpenId: () => standIn.botOpenId,
    platform: 'lark',
    now,
    log,
  });
  return openLongConnection(
    { ...standIn, baseUrl: standIn.address, ...settings },
    { dispatcher, now: () => Date.now() + lateMs, log, backoff: FAST },
  );
}

const SOON = { interval: 10, timeout: 5000 };
const isReady = (expected: boolean) => expect.poll(() => connection.ready(), SOON).toBe(expected);

describe('a connection', () => {
  it('is ready only while it stands, and comes again by itself', async () => {
    expect(connection.ready()).toBe(false);
    await connection.start();
    await isReady(true);
    expect(connection.problem()).toBeUndefined();
    standIn.cutConnections();
    await isReady(false);
    await isReady(true);
    expect(standIn.connections).toBe(1);
  });

  it('that is cut before the acknowledgement brings the event again', async () => {
    await connection.start();
    await isReady(true);
    const first = Promise.withResolvers<void>();
    let calls = 0;
    house.before = () => (++calls === 1 ? first.promise : Promise.resolve());
    const saying = standIn.say(openId, '帮助');
    await expect.poll(() => calls, SOON).toBe(1);
    standIn.cutConnections();
    first.resolve();
    const { acknowledged, delivered, messageId } = await saying;
    expect(acknowledged).toBe(true);
    expect(delivered[0]?.outcome).toBe('cut');
    expect(new Set(house.messages.map(({ key }) => key))).toEqual(new Set([`lark:${messageId}`]));
    expect(house.messages.length).toBeGreaterThan(1);
  });

  it('that cannot be had because the platform is busy is had later', async () => {
    await connection.start();
    await isReady(true);
    standIn.endpointAnswer = { code: 1, msg: 'system busy' };
    standIn.cutConnections();
    await isReady(false);
    await expect
      .poll(() => connection.problem(), SOON)
      .toMatch(/^No long connection to Feishu for \d+ s: the platform is busy$/);
    standIn.endpointAnswer = undefined;
    await isReady(true);
    expect(connection.problem()).toBeUndefined();
    expect(await standIn.say(openId, '帮助')).toMatchObject({ acknowledged: true });
  });

  it('that was busy at the start is had later too', async () => {
    standIn.endpointAnswer = { code: 1, msg: 'system busy', data: null };
    await connection.start();
    await new Promise((resolve) => setTimeout(resolve, 150));
    standIn.endpointAnswer = undefined;
    await isReady(true);
  });
});

describe('what somebody has to mend', () => {
  it.each([
    [{}],
    [{ data: null }],
  ])('is told at once when the platform refuses, with data or without (%#)', async (data) => {
    standIn.endpointAnswer = { code: 403, msg: 'forbidden', ...data };
    await connection.start();
    await expect
      .poll(() => connection.problem(), SOON)
      .toContain('refuses the long connection with code 403');
    standIn.endpointAnswer = undefined;
    await isReady(true);
    expect(connection.problem()).toBeUndefined();
  });

  it('is a wrong secret', async () => {
    connection = open({ appSecret: 'wrong' });
    await connection.start();
    await expect.poll(() => connection.problem(), SOON).toContain('code 514');
    expect(connection.problem()).not.toContain('wrong');
  });

  it('is an app id that is none, which nobody is even asked about', async () => {
    connection = open({ appId: 'cli_sample' });
    await connection.start();
    expect(connection.problem()).toContain('app id');
    expect(connection.ready()).toBe(false);
  });

  it('is told after a while when nobody answers', async () => {
    connection = open({ baseUrl: 'http://127.0.0.1:9' });
    await connection.start();
    expect(connection.problem()).toBeUndefined();
    await expect.poll(() => connection.problem(), SOON).toContain('the platform does not answer');
  });

  it('is an address that is no encrypted one of an encrypted platform, or none', async () => {
    const answers = [
      { code: 0, data: { URL: 'wss://127.0.0.1/', ClientConfig: {} } },
      { code: 0 },
      { code: 0, data: {} },
    ];
    let turn = 0;
    const server = createServer((_request, response) => response.end(JSON.stringify(answers[turn++ % 3])));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    connection = open({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await connection.start();
    await expect.poll(() => turn, SOON).toBeGreaterThan(3);
    await expect.poll(() => connection.problem(), SOON).toContain('without an address');
    await connection.stop();
    server.close();
  });
});

it('a platform that is busy is asked ever more rarely', async () => {
  const askedAt: number[] = [];
  const server = createServer((_request, response) => {
    askedAt.push(performance.now());
    response.end(JSON.stringify({ code: 1, msg: 'system busy' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connection = open({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  await connection.start();
  await expect.poll(() => askedAt.length, SOON).toBeGreaterThan(6);
  await connection.stop();
  server.close();
  const gaps = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
  // Half of the jitter: three quarters of 40, 80, 160 and then 200 ms.
  for (const [index, atLeast] of [30, 60, 120, 150, 150, 150].entries()) {
    expect(gaps[index]).toBeGreaterThan(atLeast - 5);
  }
});

describe('a client that got stuck', () => {
  it('is begun anew after five minutes', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      const URL = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      // It gives no times: the SDK would wait for two minutes before it tries again.
      response.end(JSON.stringify({ code: 0, data: { URL, ClientConfig: {} } }));
    });
    server.on('upgrade', (_request, socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    connection = open({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await connection.start();
    await expect.poll(() => asked, SOON).toBe(1);
    lateMs = 4 * 60_000;
    await expect.poll(() => connection.problem(), SOON).toContain('the connection does not come about');
    expect(asked).toBe(1);
    lateMs = 6 * 60_000;
    await expect.poll(() => asked, SOON).toBe(2);
    await connection.stop();
    server.close();
  });
});

describe('stopping', () => {
  it('waits for what is under way, acknowledges it, and takes nothing more', async () => {
    await connection.start();
    await isReady(true);
    const { promise, resolve } = Promise.withResolvers<void>();
    let calls = 0;
    house.before = () => {
      calls += 1;
      return promise;
    };
    const early = standIn.say(openId, '第一条');
    await expect.poll(() => calls, SOON).toBe(1);
    const stopping = connection.stop();
    expect(connection.ready()).toBe(false);
    const late = standIn.say(openId, '第二条');
    await new Promise((done) => setTimeout(done, 100));
    resolve();
    await stopping;
    expect((await early).delivered).toMatchObject([{ outcome: 'acknowledged' }]);
    expect(await late).toMatchObject({ acknowledged: false, delivered: expect.arrayContaining([]) });
    expect((await late).delivered[0]).toMatchObject({ outcome: 'refused', status: 500 });
    expect(calls).toBe(1);
    expect(standIn.connections).toBe(0);
  });

  it('waits for no more than three seconds', async () => {
    await connection.start();
    await isReady(true);
    house.before = () => new Promise(() => undefined);
    void standIn.say(openId, '帮助');
    await expect.poll(() => standIn.pushes.length, SOON).toBe(1);
    await new Promise((done) => setTimeout(done, 50));
    const begun = performance.now();
    await connection.stop();
    expect(performance.now() - begun).toBeGreaterThan(2900);
    expect(performance.now() - begun).toBeLessThan(3500);
  });

  it('leaves nothing behind that would keep a process alive, whatever it was waiting for', async () => {
    const silent = createServer((request, response) => {
      const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
      if (request.url?.startsWith('/shakes')) {
        response.end(JSON.stringify({ code: 0, data: { URL: `ws://${address}/`, ClientConfig: {} } }));
      }
    });
    silent.on('upgrade', () => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const script = `
      const { openLongConnection } = await import(${JSON.stringify(import.meta.resolve('../../bot/lark/receiving/long-connection.ts'))});
      const { EventDispatcher } = await import(${JSON.stringify(import.meta.resolve('../../bot/lark/sdk.ts'))});
      const { pino } = await import('pino');
      const log = pino({ level: 'silent' });
      const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
      for (const baseUrl of ${JSON.stringify([standIn.address, `${address}/shakes`, `${address}/silent`, 'http://127.0.0.1:9'])}) {
        const dispatcher = new EventDispatcher({ logger });
        const settings = { appId: '${standIn.appId}', appSecret: '${standIn.appSecret}', baseUrl };
        const connection = openLongConnection(settings, { dispatcher, now: () => Date.now(), log });
        await connection.start();
        for (let turn = 0; turn < (baseUrl === '${standIn.address}' ? 200 : 10) && !connection.ready(); turn++) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        console.log(connection.ready());
        await connection.stop();
      }
      globalThis.begun = Date.now();
      process.on('exit', () => console.log(Date.now() - globalThis.begun < 2000 ? 'at once' : 'late'));
    `;
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', script],
      {
        timeout: 15_000,
      },
    );
    expect(stdout.trim().split('\n')).toEqual(['true', 'false', 'false', 'false', 'at once']);
    expect(stderr).toBe('');
    silent.closeAllConnections();
    silent.close();
  });
});
