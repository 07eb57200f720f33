import { setTimeout as wait } from 'node:timers/promises';
import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { cardOf, closeAll, closeLater, open, refusal, SILENT } from './opened.ts';
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
