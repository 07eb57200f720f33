import { expect, it } from 'vitest';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { webhookEndpoint } from '../../bot/lark/receiving/webhook.ts';
import { Overfull } from '../../bot/limits/overfull.ts';
import { keptLog } from '../lark/receiving-log.ts';
import {
  APP_ID,
  BOT,
  ENCRYPT_KEY,
  NOW,
  type Push,
  pushOf,
  ToldHouse,
  textEvent,
} from '../lark/receiving-push.ts';
import { counted, limitedServer } from './limited-server.ts';

const PLATFORM = '203.0.113.7';

async function openWebhook(limits: { requestsPerSecond?: number; pushesPerSecond?: number } = {}) {
  const house = new ToldHouse();
  const { log, lines } = keptLog('info');
  const now = () => NOW;
  const dispatcher = openDispatcher(house, { botOpenId: () => BOT, platform: 'lark', now, log });
  const endpoint = webhookEndpoint(
    { appId: APP_ID, encryptKey: ENCRYPT_KEY },
    {
      invoke: (body) => dispatcher.invoke(body, { needCheck: false }),
      replayWindowMs: 300_000,
      deadlineMs: 2000,
      now,
      log,
    },
  );
  const { post } = await limitedServer([endpoint], limits, { log });
  const push = ({ body, headers }: Push) => post(PLATFORM, '/webhook/lark', body.toString(), headers);
  return { house, lines, post, push };
}

it('a message that finds no room is answered 503, and recorded once when it comes again', async () => {
  const { house, lines, push } = await openWebhook();
  house.before = () => Promise.reject(new Overfull('messages to be stored'));
  expect(await push(pushOf(textEvent('一')))).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(house.messages).toEqual([]);
  // Whoever floods must not flood the log: the house says it once, for all of them.
  expect(lines).toEqual([]);
  house.before = async () => {};
  const again = pushOf(textEvent('一'));
  expect(await push(again)).toMatchObject({ status: 200 });
  expect(await push(again)).toMatchObject({ status: 200 });
  expect(house.messages).toHaveLength(1);
});

it('what the platform signed comes through beside a flood from the same address that nobody signed', async () => {
  const { house, post, push } = await openWebhook({ requestsPerSecond: 1 });
  const forged = () => post(PLATFORM, '/webhook/lark', '{"encrypt":"AAAA"}');
  expect(await counted(50, forged)).toEqual({ 401: 10, 429: 40 });
  const signed = Array.from({ length: 50 }, (_, index) => pushOf(textEvent('一', { id: `om_${index}` })));
  const next = () => {
    const one = signed.pop();
    if (!one) throw new Error('Nothing is left to be pushed');
    return push(one);
  };
  expect(await counted(50, next)).toEqual({ 200: 50 });
  expect(house.messages).toHaveLength(50);
  expect(await push({ ...pushOf(textEvent('二')), body: Buffer.from('{"encrypt":"AAAA"}') })).toMatchObject({
    status: 429,
  });
});
