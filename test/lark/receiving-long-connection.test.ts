import { describe, expect, it } from 'vitest';
import { type ConnectionDesk, freshConnectionDesks, SOON } from './connection-desk.ts';
import { localServer } from './local-server.ts';

let desk: ConnectionDesk;

freshConnectionDesks((fresh) => {
  desk = fresh;
});

describe('a connection', () => {
  it('is ready only while it stands, and comes again by itself', async () => {
    expect(desk.connection.ready()).toBe(false);
    await desk.start();
    expect(desk.connection.problem()).toBeUndefined();
    desk.standIn.cutConnections();
    await desk.isReady(false);
    await desk.isReady(true);
    expect(desk.standIn.connections).toBe(1);
  });

  it('that is cut before the acknowledgement brings the event again', async () => {
    await desk.start();
    const first = Promise.withResolvers<void>();
    let calls = 0;
    desk.house.before = () => (++calls === 1 ? first.promise : Promise.resolve());
    const saying = desk.standIn.say(desk.openId, '帮助');
    await expect.poll(() => calls, SOON).toBe(1);
    desk.standIn.cutConnections();
    first.resolve();
    const { acknowledged, delivered, messageId } = await saying;
    expect(acknowledged).toBe(true);
    expect(delivered[0]?.outcome).toBe('cut');
    expect(new Set(desk.house.messages.map(({ key }) => key))).toEqual(new Set([`lark:${messageId}`]));
    expect(desk.house.messages.length).toBeGreaterThan(1);
  });

  it('that cannot be had because the platform is busy is had later', async () => {
    await desk.start();
    desk.standIn.endpointAnswer = { code: 1, msg: 'system busy' };
    desk.standIn.cutConnections();
    await desk.isReady(false);
    await expect
      .poll(() => desk.connection.problem(), SOON)
      .toMatch(/^No long connection to Feishu for \d+ s: the platform is busy$/);
    desk.standIn.endpointAnswer = undefined;
    await desk.isReady(true);
    expect(desk.connection.problem()).toBeUndefined();
    expect(await desk.standIn.say(desk.openId, '帮助')).toMatchObject({ acknowledged: true });
  });

  it('that was busy at the start is had later too', async () => {
    desk.standIn.endpointAnswer = { code: 1, msg: 'system busy', data: null };
    await desk.connection.start();
    await new Promise((resolve) => setTimeout(resolve, 150));
    desk.standIn.endpointAnswer = undefined;
    await desk.isReady(true);
  });
});

describe('what somebody has to mend', () => {
  it.each([
    [{}],
    [{ data: null }],
  ])('is told at once when the platform refuses, with data or without (%#)', async (data) => {
    desk.standIn.endpointAnswer = { code: 403, msg: 'forbidden', ...data };
    await desk.connection.start();
    await expect
      .poll(() => desk.connection.problem(), SOON)
      .toContain('refuses the long connection with code 403');
    desk.standIn.endpointAnswer = undefined;
    await desk.isReady(true);
    expect(desk.connection.problem()).toBeUndefined();
  });

  it('is a wrong secret', async () => {
    desk.connection = desk.open({ appSecret: 'wrong' });
    await desk.connection.start();
    await expect.poll(() => desk.connection.problem(), SOON).toContain('code 514');
    expect(desk.connection.problem()).not.toContain('wrong');
  });

  it('is an app id that is none, which nobody is even asked about', async () => {
    desk.connection = desk.open({ appId: 'cli_sample' });
    await desk.connection.start();
    expect(desk.connection.problem()).toContain('app id');
    expect(desk.connection.ready()).toBe(false);
  });

  it('is told after a while when nobody answers', async () => {
    desk.connection = desk.open({ baseUrl: 'http://127.0.0.1:9' });
    await desk.connection.start();
    expect(desk.connection.problem()).toBeUndefined();
    await expect.poll(() => desk.connection.problem(), SOON).toContain('the platform does not answer');
  });

  it('is an address that is no encrypted one of an encrypted platform, or none', async () => {
    const answers = [
      { code: 0, data: { URL: 'wss://127.0.0.1/', ClientConfig: {} } },
      { code: 0 },
      { code: 0, data: {} },
    ];
    let turn = 0;
    const { url } = await localServer((_request, response) =>
      response.end(JSON.stringify(answers[turn++ % 3])),
    );
    desk.connection = desk.open({ baseUrl: url });
    await desk.connection.start();
    await expect.poll(() => turn, SOON).toBeGreaterThan(3);
    await expect.poll(() => desk.connection.problem(), SOON).toContain('without an address');
  });
});

it('a platform that is busy is asked ever more rarely', async () => {
  const askedAt: number[] = [];
  const { url } = await localServer((_request, response) => {
    askedAt.push(performance.now());
    response.end(JSON.stringify({ code: 1, msg: 'system busy' }));
  });
  desk.connection = desk.open({ baseUrl: url });
  await desk.connection.start();
  await expect.poll(() => askedAt.length, SOON).toBeGreaterThan(6);
  const gaps = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
  // Half of the jitter: three quarters of 40, 80, 160 and then 200 ms.
  for (const [index, atLeast] of [30, 60, 120, 150, 150, 150].entries()) {
    expect(gaps[index]).toBeGreaterThan(atLeast - 5);
  }
});
