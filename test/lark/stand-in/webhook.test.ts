import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { EventDispatcher } from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { CARD, closeAll, DAY_MS, open, SILENT } from './opened.ts';
import { decrypted, listen, type Request } from './request-url.ts';

afterEach(closeAll);

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
