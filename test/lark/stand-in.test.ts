import { setTimeout as wait } from 'node:timers/promises';
import { CTenantAccessToken } from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CARD, cardOf, closeAll, codeOf, DAY_MS, open, refusal } from './stand-in/opened.ts';
import type { Person } from './stand-in/stand-in.ts';
import { Tokens } from './stand-in/tokens.ts';

afterEach(closeAll);

describe('the REST API, called by the SDK', () => {
  it('gives one token and shows a message to the person it was sent to', async () => {
    const { standIn, send, person } = await open();
    const answer = await send(person, { text: '您好' });
    await send(person, { text: '再见' });
    expect(answer).toMatchObject({ code: 0, data: { chat_id: standIn.chatOf(person.openId) } });
    expect(standIn.messages(person.openId).map(({ content }) => content)).toEqual([
      { text: '您好' },
      { text: '再见' },
    ]);
    expect(standIn.calls.map(({ api, status, code }) => [api, status, code])).toEqual([
      ['/open-apis/auth/v3/tenant_access_token/internal', 200, 0],
      ['/open-apis/im/v1/messages', 200, 0],
      ['/open-apis/im/v1/messages', 200, 0],
    ]);
  });

  it('sends once what comes twice under one uuid within an hour, and again after it', async () => {
    const { standIn, clock, send, person } = await open();
    const ids = [];
    for (const afterMs of [0, 3_599_000, 2000]) {
      clock.now += afterMs;
      ids.push((await send(person, { text: '一' }, 'uuid-1')).data?.message_id);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(standIn.messages(person.openId)).toHaveLength(2);
    expect(await codeOf(send(person, { text: '一' }, 'u'.repeat(51)))).toBe(99992402);
  });

  it('says that a message is still being sent while the first call with its uuid is under way', async () => {
    const { standIn, send, person } = await open();
    let isFirst = true;
    standIn.onCall = ({ body }) => {
      if (body.uuid !== 'u' || !isFirst) return undefined;
      isFirst = false;
      return { delayMs: 500 };
    };
    const first = send(person, { text: '一' }, 'u');
    await vi.waitUntil(() => !isFirst, { interval: 1 });
    expect(await codeOf(send(person, { text: '一' }, 'u'))).toBe(230049);
    const { data } = await first;
    expect((await send(person, { text: '一' }, 'u')).data?.message_id).toBe(data?.message_id);
    expect(standIn.messages(person.openId)).toHaveLength(1);
  });

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

  it('refuses receivers whom it can not reach, and contents that are none', async () => {
    const { standIn, client, send, person } = await open();
    const { openId } = person;
    expect(await codeOf(send({ ...person, openId: 'ou_nobody' }, { text: '一' }))).toBe(99992351);
    for (const code of [230013, 230029, 230053] as const) {
      standIn.block(openId, code);
      expect(await codeOf(send(person, { text: '一' }))).toBe(code);
    }
    standIn.unblock(openId);
    expect(await codeOf(send(person, { text: '' }))).toBe(230001);
    expect(await codeOf(send(person, { text: 'a'.repeat(150 * 1024) }))).toBe(230025);
    expect(await codeOf(send(person, { ...CARD, filler: 'a'.repeat(30 * 1024) }, '', 'interactive'))).toBe(
      230025,
    );
    const data = { receive_id: openId, msg_type: 'text', content: 'no JSON' };
    expect(await codeOf(client.im.message.create({ params: { receive_id_type: 'open_id' }, data }))).toBe(
      230001,
    );
    const group = standIn.directory.addGroup({ members: [openId] });
    group.hasBot = false;
    const toGroup = { receive_id: group.chatId, msg_type: 'text', content: '{"text":"一"}' };
    expect(
      await codeOf(client.im.message.create({ params: { receive_id_type: 'chat_id' }, data: toGroup })),
    ).toBe(230002);
    person.isResigned = true;
    expect(await codeOf(send(person, { text: '一' }))).toBe(230013);
  });

  it('changes a card for fourteen days, five times a second, unless it was taken back', async () => {
    const { standIn, clock, send, sendCard, patch, person } = await open();
    const changed = cardOf({ tag: 'markdown', content: '已办' });
    const [card, recalled] = [await sendCard(person), await sendCard(person)];
    await patch(card, changed);
    expect(standIn.messages(person.openId)[0]).toMatchObject({ content: changed, updatedAt: clock.now });
    const refused = await refusal(patch(card, { elements: [] }));
    expect([refused.code, refused.msg]).toEqual([230099, expect.stringContaining('ErrCode: 200830;')]);
    for (let count = 1; count < 5; count++) await patch(card, changed);
    expect(await codeOf(patch(card, changed))).toBe(230020);
    standIn.recall(recalled);
    expect(await codeOf(patch(recalled))).toBe(230011);
    const { data } = await send(person, { text: '一' });
    expect(await codeOf(patch(data?.message_id ?? ''))).toBe(230001);
    clock.now += 14 * DAY_MS + 1;
    expect(await codeOf(patch(card))).toBe(230031);
    expect(await codeOf(patch('om_none'))).toBe(99992354);
  });

  it('answers, reads and takes back messages', async () => {
    const { standIn, client, person } = await open();
    const { messageId = '' } = await standIn.say(person.openId, '您好');
    const path = { message_id: messageId };
    const { data } = await client.im.message.reply({
      path,
      data: { msg_type: 'text', content: '{"text":"好"}' },
    });
    expect(standIn.messages(person.openId)).toMatchObject([{ replyTo: messageId, content: { text: '好' } }]);
    const own = { message_id: data?.message_id ?? '' };
    expect((await client.im.message.get({ path: own })).data?.items).toMatchObject([
      { parent_id: messageId },
    ]);
    await client.im.message.delete({ path: own });
    expect(standIn.messages(person.openId)[0]?.recalled).toBe(true);
    expect(await codeOf(client.im.message.delete({ path }))).toBe(230026);
  });

  it('fails as a test wants it: no answer, nothing done, done without an answer, another answer', async () => {
    const { standIn, send, person } = await open();
    await send(person, { text: '零' });
    standIn.onCall = () => 'cut';
    await expect(send(person, { text: '一' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    standIn.onCall = () => 'lost';
    await expect(send(person, { text: '二' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    standIn.onCall = () => ({ status: 503, body: { code: 2200, msg: 'Internal Error' } });
    expect(await refusal(send(person, { text: '三' }))).toMatchObject({ status: 503, code: 2200 });
    standIn.onCall = () => 'hang';
    const answered = send(person, { text: '四' }).then(
      () => 'answered',
      () => 'failed',
    );
    expect(await Promise.race([answered, wait(50, 'nothing')])).toBe('nothing');
    expect(standIn.messages(person.openId).map(({ content }) => content)).toEqual([
      { text: '零' },
      { text: '二' },
    ]);
    expect(standIn.calls.slice(2).map(({ outcome }) => outcome)).toEqual(['cut', 'lost', 'answered', 'hang']);
  });
});

describe('the directory, read by the SDK', () => {
  it('pages through departments and people, fifty at most', async () => {
    const { standIn, client } = await open();
    const { directory } = standIn;
    const office = directory.addDepartment({ name: '办公室' });
    const below = directory.addDepartment({ name: '文书科', parent: office.openDepartmentId });
    const names = Array.from({ length: 60 }, (_, index) => `示例${index}`);
    for (const name of names) directory.addPerson({ name, departments: [below.openDepartmentId] });
    const all = await client.contact.department.children({
      path: { department_id: '0' },
      params: { fetch_child: true, page_size: 50 },
    });
    expect(all.data?.items?.map(({ name, parent_department_id: parent }) => [name, parent])).toEqual([
      ['办公室', '0'],
      ['文书科', office.openDepartmentId],
    ]);
    const page = (token?: string, size = 50) =>
      client.contact.user.findByDepartment({
        params: {
          department_id: below.openDepartmentId,
          page_size: size,
          ...(token ? { page_token: token } : {}),
        },
      });
    const first = await page();
    expect([first.data?.items?.length, first.data?.has_more]).toEqual([50, true]);
    const second = await page(first.data?.page_token);
    expect(second.data?.has_more).toBe(false);
    const read = [...(first.data?.items ?? []), ...(second.data?.items ?? [])];
    expect(read.map(({ name }) => name)).toEqual(names);
    expect(await codeOf(page('no token'))).toBe(99992402);
    expect(await codeOf(page(undefined, 51))).toBe(99992402);
    standIn.onCall = ({ query }) =>
      query.page_token ? { status: 500, body: { code: 2200, msg: '' } } : undefined;
    expect((await page()).code).toBe(0);
    expect(await refusal(page(first.data?.page_token))).toMatchObject({ status: 500 });
  });

  it('leaves out fields whose scope is missing, and people out of range', async () => {
    const { standIn, client, person } = await open();
    const read = () => client.contact.user.get({ path: { user_id: person.openId } });
    expect((await read()).data?.user).toMatchObject({ name: '示例甲', status: { is_resigned: false } });
    standIn.scopes.delete('contact:user.base:readonly');
    standIn.scopes.delete('contact:user.employee:readonly');
    const { user } = (await read()).data ?? {};
    expect(user).toMatchObject({ open_id: person.openId, department_ids: ['0'] });
    expect(user).not.toHaveProperty('name');
    expect(user).not.toHaveProperty('status');
    person.inContactRange = false;
    expect(await codeOf(read())).toBe(41050);
    const batch = await client.contact.user.batch({ params: { user_ids: [person.openId] } });
    expect(batch.data?.items).toEqual([]);
    standIn.directory.removePerson(person.openId);
    expect(await codeOf(read())).toBe(41012);
    standIn.directory.wholeCompany = false;
    expect(await codeOf(client.contact.department.children({ path: { department_id: '0' } }))).toBe(40004);
  });

  it('says what range the app has, and how it is set up', async () => {
    const { standIn, client, person } = await open();
    const office = standIn.directory.addDepartment({ name: '办公室' });
    expect((await client.contact.scope.list()).data).toMatchObject({
      department_ids: [office.openDepartmentId],
      user_ids: [person.openId],
      has_more: false,
    });
    const read = async () =>
      (
        await client.application.application.get({
          path: { app_id: standIn.appId },
          params: { lang: 'zh_cn' },
        })
      ).data?.app;
    expect(await read()).toMatchObject({ callback_info: { callback_type: 'websocket' } });
    standIn.pushTo('http://127.0.0.1:1/lark');
    standIn.application.events.clear();
    expect(await read()).toMatchObject({
      event: { subscription_type: 'webhook', request_url: 'http://127.0.0.1:1/lark', subscribed_events: [] },
      callback_info: { subscribed_callbacks: ['card.action.trigger'] },
    });
    const info = await client.request<{ bot: object }>({ method: 'GET', url: '/open-apis/bot/v3/info' });
    expect(info.bot).toMatchObject({ open_id: standIn.botOpenId, activate_status: 2 });
  });
});
