import { setTimeout as wait } from 'node:timers/promises';
import { CTenantAccessToken } from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, codeOf, open, refusal } from './opened.ts';
import type { Person } from './stand-in.ts';
import { Tokens } from './tokens.ts';

afterEach(closeAll);

describe('the REST API, called by the SDK', () => {
  it('answers 429 and how long to wait when an API is called too often', async () => {
    const { standIn, clock, send } = await open({ limits: { perSecond: 2 } });
    const [one, two, three] = ['甲', '乙', '丙'].map((name) => standIn.directory.addPerson({ name }));
    await Promise.all([one, two].map((each) => send(each as Person, { text: '一' })));
    const { status, code, headers } = await refusal(send(three as Person, { text: '一' }));
    expect([status, code]).toEqual([429, 99991400]);
    expect([headers['x-ogw-ratelimit-limit'], headers['x-ogw-ratelimit-reset']]).toEqual(['2', '1']);
    expect(headers.date).toBe(new Date(clock.now).toUTCString());
    await wait(1050);
    await send(three as Person, { text: '一' });
  });

  it('tells by its limit of a minute that the wait is longer', async () => {
    const { send, person } = await open({ limits: { perMinute: 1 } });
    await send(person, { text: '一' });
    expect(
      Number((await refusal(send(person, { text: '一' }))).headers['x-ogw-ratelimit-reset']),
    ).toBeGreaterThan(50);
  });

  it('takes no more than five messages a second for one person or group, and others all the same', async () => {
    const { standIn, client, send, person } = await open();
    const other = standIn.directory.addPerson({ name: '示例乙' });
    const group = standIn.directory.addGroup({ members: [person.openId] });
    const toGroup = () =>
      client.im.message.create({
        params: { receive_id_type: 'chat_id' },
        data: { receive_id: group.chatId, msg_type: 'text', content: '{"text":"一"}' },
      });
    for (let count = 0; count < 5; count++) await Promise.all([send(person, { text: '一' }), toGroup()]);
    expect(await refusal(send(person, { text: '一' }))).toMatchObject({ status: 400, code: 230020 });
    expect((await refusal(toGroup())).msg).toContain('chat rate limit');
    await send(other, { text: '一' });
  });

  it('refuses a revoked token until the cached one is dropped', async () => {
    const { standIn, cache, send, person } = await open();
    await send(person, { text: '一' });
    standIn.revokeToken();
    expect(await codeOf(send(person, { text: '二' }))).toBe(99991663);
    await cache.set(CTenantAccessToken, '', Date.now() - 1, { namespace: standIn.appId });
    await send(person, { text: '二' });
    expect(standIn.messages(person.openId)).toHaveLength(2);
  });

  it('gives the same token while half an hour is left of it, and ends each after two hours', () => {
    const clock = { now: 0 };
    const tokens = new Tokens({ appId: 'cli_1', appSecret: 'secret' }, () => clock.now);
    const request = {
      params: {},
      query: new URLSearchParams(),
      body: { app_id: 'cli_1', app_secret: 'secret' },
    };
    const first = tokens.api.handle(request);
    expect(first).toMatchObject({ expire: 7200 });
    clock.now += 5_400_000;
    expect(tokens.api.handle(request)).toEqual({ ...first, expire: 1800 });
    clock.now += 1000;
    const second = tokens.api.handle(request);
    expect(second).toMatchObject({ expire: 7200 });
    expect(second.tenant_access_token).not.toBe(first.tenant_access_token);
    tokens.check(`Bearer ${first.tenant_access_token}`);
    clock.now += 1_800_000;
    expect(() => tokens.check(`Bearer ${first.tenant_access_token}`)).toThrow('Invalid access token');
    tokens.check(`Bearer ${second.tenant_access_token}`);
    const stranger = { ...request, body: { ...request.body, app_secret: 'guess' } };
    expect(() => tokens.api.handle(stranger)).toThrow('app secret invalid');
  });

  it.each([
    [undefined, 99991661],
    ['Bearer x', 99991671],
    ['Bearer t-none', 99991663],
  ])('refuses a call with the authorization %s', async (authorization, code) => {
    const { standIn } = await open();
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(`${standIn.address}/open-apis/bot/v3/info`, { headers });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code })]);
  });

  it('names the scopes that a call lacks', async () => {
    const { standIn, send, person } = await open();
    standIn.scopes.delete('im:message:send_as_bot');
    const { code, msg } = await refusal(send(person, { text: '一' }));
    expect(code).toBe(99991672);
    expect(msg).toContain('[im:message:send, im:message, im:message:send_as_bot]');
  });
});
