import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AESCipher, EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { CARD, cardOf, closeAll, closeLater, DAY_MS, FORM, open, refusal, SILENT } from './opened.ts';
import type { StandIn } from './stand-in.ts';

afterEach(closeAll);

type Handlers = Record<string, (data: Record<string, unknown>) => unknown>;

/** A long connection of the SDK that is up. */
async function connect(standIn: StandIn, handlers: Handlers) {
  const { appId, appSecret, address: domain } = standIn;
  const before = standIn.connections;
  const ready = Promise.withResolvers<void>();
  const client = new WSClient({ appId, appSecret, domain, logger: SILENT, onReady: ready.resolve });
  closeLater(() => client.close({ force: true }));
  const eventDispatcher = new EventDispatcher({ logger: SILENT }).register(handlers);
  await client.start({ eventDispatcher });
  await ready.promise;
  expect(standIn.connections).toBe(before + 1);
  return client;
}

describe('the long connection of the SDK', () => {
  it('brings an event whole or in pieces, and back the acknowledgement', async () => {
    const { standIn, person } = await open();
    const got: unknown[] = [];
    await connect(standIn, { 'im.message.receive_v1': (data) => void got.push(data.message) });
    const pushed = await standIn.say(person.openId, '您好', { messageId: 'om_1' });
    expect(pushed).toMatchObject({ acknowledged: true, delivered: [{ over: 'connection', status: 200 }] });
    await standIn.say(person.openId, '很长', { fragments: 4 });
    expect(got).toMatchObject([
      { message_id: 'om_1', chat_type: 'p2p', content: '{"text":"您好"}' },
      { content: '{"text":"很长"}' },
    ]);
  });

  it('brings an event again that was not acknowledged, since the handler failed or the connection was cut', async () => {
    const { standIn, person } = await open({ redeliverAfterMs: [20, 1000] });
    let count = 0;
    await connect(standIn, {
      'im.message.receive_v1': async () => {
        count++;
        if (count === 1) throw new Error('not yet');
        if (count === 2) standIn.cutConnections();
        if (count === 2) await wait(50);
      },
    });
    const { delivered } = await standIn.say(person.openId, '您好');
    expect(delivered.map(({ outcome }) => outcome)).toEqual(['refused', 'cut', 'acknowledged']);
  });

  it('gives an event up when nobody takes it', async () => {
    const { standIn, person } = await open();
    const { delivered, acknowledged } = await standIn.say(person.openId, '您好');
    expect([acknowledged, delivered.map(({ outcome }) => outcome)]).toEqual([
      false,
      ['unreachable', 'unreachable', 'unreachable'],
    ]);
  });

  it('gives each event to one of the connections', async () => {
    const { standIn, person } = await open();
    const got: string[] = [];
    await connect(standIn, { 'im.message.receive_v1': () => void got.push('first') });
    await connect(standIn, { 'im.message.receive_v1': () => void got.push('second') });
    for (let count = 0; count < 40; count++) await standIn.say(person.openId, `第${count}条`);
    expect(got).toHaveLength(40);
    expect(new Set(got).size).toBe(2);
  });

  it('brings back the toast and the card of a callback, and locks the card meanwhile', async () => {
    const { standIn, sendCard, patch, person } = await open();
    const done = cardOf({ tag: 'markdown', content: '已办' });
    const refused: string[] = [];
    const got: Record<string, unknown>[] = [];
    const messageId = await sendCard(person);
    await connect(standIn, {
      'card.action.trigger': async (data) => {
        got.push(data);
        refused.push((await refusal(patch(messageId))).msg);
        return { toast: { type: 'success', content: '已办' }, card: { type: 'raw', data: done } };
      },
    });
    const pressed = await standIn.press(person.openId, messageId, { act: 'ok' });
    expect(pressed).toMatchObject({ toast: { type: 'success', content: '已办' }, card: done });
    expect(refused).toEqual([expect.stringContaining('ErrCode: 11310; ErrMsg: card action is lock')]);
    expect(got).toMatchObject([
      {
        operator: { open_id: person.openId, user_id: person.userId },
        token: expect.stringMatching(/^c-/),
        action: { tag: 'button', value: { act: 'ok' } },
        context: { open_message_id: messageId, open_chat_id: standIn.chatOf(person.openId) },
      },
    ]);
    expect(String(got[0]?.create_time)).toHaveLength(16);
    expect(standIn.messages(person.openId)[0]?.content).toEqual(done);
    await patch(messageId);
    await expect(standIn.press(person.openId, messageId, { act: 'other' })).rejects.toThrow(
      'Nothing on the card',
    );
  });

  it('shows an error when the callback throws, and is asked no second time', async () => {
    const { standIn, sendCard, person } = await open();
    let count = 0;
    await connect(standIn, {
      'card.action.trigger': () => {
        count++;
        throw new Error('broken');
      },
    });
    expect(await standIn.press(person.openId, await sendCard(person), { act: 'ok' })).toMatchObject({
      error: 200671,
    });
    await wait(60);
    expect(count).toBe(1);
  });

  it('ends at once when the endpoint is busy while it reconnects', async () => {
    const { standIn } = await open();
    const { appId, appSecret, address: domain } = standIn;
    const failed = Promise.withResolvers<Error>();
    const client = new WSClient({ appId, appSecret, domain, logger: SILENT, onError: failed.resolve });
    closeLater(() => client.close({ force: true }));
    standIn.endpointAnswer = { code: 1, msg: 'system busy' };
    await client.start({ eventDispatcher: new EventDispatcher({ logger: SILENT }) });
    expect((await failed.promise).message).toContain('code=1');
    expect(client.getConnectionStatus().state).toBe('failed');
  });
});

interface Request {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request URL that answers as the test says, and what came to it. */
async function listen(
  answer: (request: Request, count: number) => Promise<[number, string]> | [number, string],
) {
  const requests: Request[] = [];
  const server: Server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = { headers: incoming.headers, body: Buffer.concat(chunks) };
    requests.push(request);
    const [status, body] = await answer(request, requests.length);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => {
    server.close();
    server.closeAllConnections();
  });
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lark` };
}

const decrypted = (standIn: StandIn, { body }: Request) =>
  JSON.parse(new AESCipher(standIn.encryptKey).decrypt(JSON.parse(body.toString()).encrypt));

describe('the webhook', () => {
  it('brings an event encrypted and signed, so that the SDK can read it', async () => {
    const { standIn, clock, person } = await open();
    const { url, requests } = await listen(() => [200, '{}']);
    standIn.pushTo(url);
    const pushed = await standIn.say(person.openId, '您好', { eventId: 'event-1' });
    expect(pushed).toMatchObject({ acknowledged: true, delivered: [{ over: 'webhook', status: 200 }] });
    const [request] = requests as [Request];
    const timestamp = request.headers['x-lark-request-timestamp'];
    expect(timestamp).toBe(String(clock.now / 1000));
    const signed = `${timestamp}${request.headers['x-lark-request-nonce']}${standIn.encryptKey}`;
    expect(request.headers['x-lark-signature']).toBe(
      createHash('sha256').update(signed).update(request.body).digest('hex'),
    );
    expect(decrypted(standIn, request)).toEqual(pushed.body);
    expect(pushed.body).toMatchObject({
      schema: '2.0',
      header: { event_id: 'event-1', token: standIn.verificationToken, app_id: standIn.appId },
      event: { sender: { sender_id: { open_id: person.openId } } },
    });
    const seen: unknown[] = [];
    const dispatcher = new EventDispatcher({ encryptKey: standIn.encryptKey, logger: SILENT }).register({
      'im.message.receive_v1': ({ message }: { message: { content: string } }) =>
        void seen.push(message.content),
    });
    await dispatcher.invoke(
      { ...JSON.parse(request.body.toString()), headers: request.headers },
      { needCheck: false },
    );
    expect(seen).toEqual(['{"text":"您好"}']);
  });

  it('comes again until it is answered with 200 in time, each time as a request of its own', async () => {
    const { standIn, person } = await open({ ackWithinMs: 400 });
    const { url, requests } = await listen(async (_, count) => {
      if (count === 1) await wait(1000);
      return [count === 3 ? 200 : 500, ''];
    });
    standIn.pushTo(url);
    const { delivered, eventId } = await standIn.say(person.openId, '您好');
    expect(delivered.map(({ outcome }) => outcome)).toEqual(['late', 'refused', 'acknowledged']);
    expect(requests.map((request) => decrypted(standIn, request).header.event_id)).toEqual([
      eventId,
      eventId,
      eventId,
    ]);
    expect(new Set(requests.map(({ headers }) => headers['x-lark-request-nonce'])).size).toBe(3);
  });

  it('asks a URL whether it is the right one', async () => {
    const { standIn } = await open();
    const honest = await listen((request) => {
      const { challenge, token } = decrypted(standIn, request);
      return token === standIn.verificationToken ? [200, JSON.stringify({ challenge })] : [401, ''];
    });
    standIn.pushTo(honest.url);
    expect(await standIn.verifyUrl()).toBe(true);
    standIn.pushTo((await listen(() => [200, '{"challenge":"guess"}'])).url);
    expect(await standIn.verifyUrl()).toBe(false);
  });

  it.each<[string, number, string, number | undefined]>([
    ['nothing', 200, '', undefined],
    ['an empty object', 200, '{}', undefined],
    ['a toast', 200, '{"toast":{"type":"info","content":"好"}}', undefined],
    ['another status', 500, '{}', 200671],
    ['a redirection', 302, '{}', 200671],
    ['no JSON', 200, 'ok', 200672],
    ['a key that it does not know', 200, '{"text":"好"}', 200672],
    ['a toast of no kind', 200, '{"toast":{"type":"fine","content":"好"}}', 200672],
    ['a card without a type', 200, '{"card":{"data":{}}}', 200672],
    ['a card of the first version', 200, '{"card":{"type":"raw","data":{"elements":[]}}}', 200830],
    ['a bad card', 200, '{"card":{"type":"raw","data":{"schema":"2.0","bodies":{}}}}', 200673],
  ])('judges %s in answer to a callback', async (_, status, body, error) => {
    const { standIn, sendCard, person } = await open();
    const messageId = await sendCard(person);
    standIn.pushTo((await listen(() => [status, body])).url);
    expect((await standIn.press(person.openId, messageId, { act: 'ok' })).error).toBe(error);
    expect(standIn.messages(person.openId)[0]?.content).toEqual(CARD);
  });

  it('tells a late answer to a callback from none, from an old card, and from no subscription', async () => {
    const { standIn, clock, sendCard, person } = await open({ ackWithinMs: 400 });
    const messageId = await sendCard(person);
    const press = async () => (await standIn.press(person.openId, messageId, { act: 'ok' })).error;
    const { url } = await listen(async () => {
      await wait(1000);
      return [200, '{}'];
    });
    standIn.pushTo(url);
    expect(await press()).toBe(200341);
    standIn.pushTo('http://127.0.0.1:1/');
    expect(await press()).toBe(200342);
    standIn.application.callbacks.clear();
    expect(await press()).toBe(200340);
    clock.now += 14 * DAY_MS + 1;
    expect(await press()).toBe(230031);
  });
});

describe('what people do', () => {
  it('sends a form as the client does, and not what the client would not send', async () => {
    const { standIn, sendCard, person } = await open();
    const stranger = standIn.directory.addPerson({ name: '示例乙' });
    const messageId = await sendCard(person, FORM);
    const { url, requests } = await listen(() => [200, '{}']);
    standIn.pushTo(url);
    const press = (form: Record<string, unknown>, options = {}) =>
      standIn.press(person.openId, messageId, { act: 'send' }, { form, ...options });
    await press({ on: '2026-11-24', who: person.openId });
    await press({ title: '新' }, { empty: 'null' });
    await press({ title: '太长的标题' }, { empty: 'blank' });
    expect(requests.map((request) => decrypted(standIn, request).event.action)).toMatchObject([
      {
        name: 'submit',
        form_value: { title: '旧', on: '2026-11-24 +0800', who: person.openId, sure: false },
      },
      { form_value: { title: '新', on: null, who: null, sure: false } },
      { form_value: { title: '太长的标题', on: '', who: '', sure: false } },
    ]);
    await expect(press({ title: '' })).rejects.toThrow('required');
    await expect(press({ title: '六个字的标题' })).rejects.toThrow('no more than 5');
    await expect(press({ on: '明天' })).rejects.toThrow('does not take');
    await expect(press({ who: stranger.openId })).rejects.toThrow('offers no');
    await expect(press({ other: 1 })).rejects.toThrow('no field other');
    await press({ title: '', other: 1 }, { unchecked: true });
    await expect(standIn.press(stranger.openId, messageId, { act: 'send' })).rejects.toThrow('does not see');
    await standIn.press(stranger.openId, messageId, { act: 'gone' }, { stale: true, forwarded: true });
    expect(requests).toHaveLength(5);
  });

  it('pushes only what is subscribed to and allowed; in a group only what mentions the bot', async () => {
    const { standIn, person } = await open();
    const { url, requests } = await listen(() => [200, '{}']);
    standIn.pushTo(url);
    const group = standIn.directory.addGroup({ members: [person.openId] }).chatId;
    const { body } = await standIn.say(person.openId, '您好', { group });
    expect(body).toMatchObject({
      event: {
        message: {
          chat_type: 'group',
          content: '{"text":"@_user_1 您好"}',
          mentions: [{ key: '@_user_1', id: { open_id: standIn.botOpenId } }],
        },
      },
    });
    expect(requests).toHaveLength(1);
    expect((await standIn.say(person.openId, '您好', { group, mentions: [] })).withheld).toContain(
      'not mentioned',
    );
    standIn.scopes.delete('im:message.p2p_msg:readonly');
    expect((await standIn.say(person.openId, '您好')).withheld).toContain('im:message.p2p_msg:readonly');
    standIn.application.events.delete('application.bot.menu_v6');
    expect((await standIn.menu(person.openId, 'help')).withheld).toContain('not subscribed');
    expect(requests).toHaveLength(1);
    standIn.scopes.delete('contact:user.employee_id:readonly');
    const entered = await standIn.openChat(person.openId);
    expect(entered.body.event).toMatchObject({ operator_id: { open_id: person.openId, user_id: null } });
    await standIn.sendOther(person.openId, 'image');
    await standIn.push('contact.user.deleted_v3', { object: { open_id: person.openId } });
    expect(requests).toHaveLength(3);
  });
});
