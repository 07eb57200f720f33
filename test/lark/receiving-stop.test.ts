import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type ConnectionDesk, freshConnectionDesks, SOON } from './connection-desk.ts';
import { localServer } from './local-server.ts';

let desk: ConnectionDesk;

freshConnectionDesks((fresh) => {
  desk = fresh;
});

describe('a client that got stuck', () => {
  it('is begun anew after five minutes', async () => {
    let asked = 0;
    const { server, url } = await localServer((request, response) => {
      asked += 1;
      const URL = `ws://${request.headers.host}/`;
      // It gives no times: the SDK would wait for two minutes before it tries again.
      response.end(JSON.stringify({ code: 0, data: { URL, ClientConfig: {} } }));
    });
    server.on('upgrade', (_request, socket) => socket.destroy());
    desk.connection = desk.open({ baseUrl: url });
    await desk.connection.start();
    await expect.poll(() => asked, SOON).toBe(1);
    desk.lateMs = 4 * 60_000;
    await expect.poll(() => desk.connection.problem(), SOON).toContain('the connection does not come about');
    expect(asked).toBe(1);
    desk.lateMs = 6 * 60_000;
    await expect.poll(() => asked, SOON).toBe(2);
  });
});

describe('stopping', () => {
  it('waits for what is under way, acknowledges it, and takes nothing more', async () => {
    await desk.start();
    const { promise, resolve } = Promise.withResolvers<void>();
    let calls = 0;
    desk.house.before = () => {
      calls += 1;
      return promise;
    };
    const early = desk.standIn.say(desk.openId, '第一条');
    await expect.poll(() => calls, SOON).toBe(1);
    const stopping = desk.connection.stop();
    expect(desk.connection.ready()).toBe(false);
    const late = desk.standIn.say(desk.openId, '第二条');
    await new Promise((done) => setTimeout(done, 100));
    resolve();
    await stopping;
    expect((await early).delivered).toMatchObject([{ outcome: 'acknowledged' }]);
    expect(await late).toMatchObject({ acknowledged: false, delivered: expect.arrayContaining([]) });
    expect((await late).delivered[0]).toMatchObject({ outcome: 'refused', status: 500 });
    expect(calls).toBe(1);
    expect(desk.standIn.connections).toBe(0);
  });

  it('waits for no more than three seconds', async () => {
    await desk.start();
    desk.house.before = () => new Promise(() => undefined);
    void desk.standIn.say(desk.openId, '帮助');
    await expect.poll(() => desk.standIn.pushes.length, SOON).toBe(1);
    await new Promise((done) => setTimeout(done, 50));
    const begun = performance.now();
    await desk.connection.stop();
    expect(performance.now() - begun).toBeGreaterThan(2900);
    expect(performance.now() - begun).toBeLessThan(3500);
  });

  it('leaves nothing behind that would keep a process alive, whatever it was waiting for', async () => {
    const { appId, appSecret, address } = desk.standIn;
    const { server: silent, url } = await localServer((request, response) => {
      if (request.url?.startsWith('/shakes')) {
        const URL = `ws://${request.headers.host}/`;
        response.end(JSON.stringify({ code: 0, data: { URL, ClientConfig: {} } }));
      }
    });
    silent.on('upgrade', () => undefined);
    const script = `
      const { openLongConnection } = await import(${JSON.stringify(import.meta.resolve('../../bot/lark/receiving/long-connection.ts'))});
      const { EventDispatcher } = await import(${JSON.stringify(import.meta.resolve('../../bot/lark/sdk.ts'))});
      const { pino } = await import('pino');
      const log = pino({ level: 'silent' });
      const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
      for (const baseUrl of ${JSON.stringify([address, `${url}/shakes`, `${url}/silent`, 'http://127.0.0.1:9'])}) {
        const dispatcher = new EventDispatcher({ logger });
        const settings = { appId: '${appId}', appSecret: '${appSecret}', baseUrl };
        const connection = openLongConnection(settings, { dispatcher, now: () => Date.now(), log });
        await connection.start();
        for (let turn = 0; turn < (baseUrl === '${address}' ? 200 : 10) && !connection.ready(); turn++) {
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
  });
});
