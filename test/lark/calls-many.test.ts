import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardToSend, LarkApi } from '../../bot/lark/calls/lark-api.ts';
import { SendFailure } from '../../bot/platform.ts';
import { MESSAGES, openPlatform, to } from './calls-platform.ts';
import type { StandIn } from './stand-in/stand-in.ts';

let feishu: StandIn;
let api: LarkApi;

beforeEach(async () => {
  ({ feishu, api } = await openPlatform());
});

afterEach(() => feishu.close());

const person = () => feishu.directory.addPerson({ name: '示例甲' }).openId;

describe('many messages on the platform', () => {
  it('go out at the full pace without one refusal for being too many', async () => {
    const people = Array.from({ length: 200 }, person);
    await api.warmUp();
    const begunAt = performance.now();
    await Promise.all(people.map((openId, index) => api.send(to(openId, `row-${index}`))));
    expect(performance.now() - begunAt).toBeGreaterThan(3000);
    const sent = feishu.calls.filter(({ api: path }) => path === MESSAGES);
    expect(sent.map(({ status }) => status)).toEqual(people.map(() => 200));
  });

  it('reach each person once although every tenth call fails, and an answer meanwhile comes within a second', async () => {
    const faults = ['lost', 'cut', { status: 500, body: 'x' }, tooMany] as const;
    let calls = 0;
    const writer = person();
    feishu.onCall = ({ api: path, body }) => {
      if (path !== MESSAGES || body.receive_id === writer) return undefined;
      calls += 1;
      return calls % 10 === 0 ? faults[(calls / 10) % faults.length] : undefined;
    };
    const people = Array.from({ length: 150 }, person);
    const delivering = Promise.all(people.map((openId, index) => untilSent(to(openId, `row-${index}`))));
    await wait(500);
    const askedAt = performance.now();
    await untilSent(to(writer, 'answer', true));
    const answeredMs = performance.now() - askedAt;
    await delivering;
    expect(people.map((openId) => feishu.messages(openId).length)).toEqual(people.map(() => 1));
    expect(feishu.messages(writer)).toHaveLength(1);
    expect(answeredMs).toBeLessThan(1000);
  });
});

const tooMany = {
  status: 429,
  headers: { 'x-ogw-ratelimit-reset': '0' },
  body: { code: 99991400, msg: 'request trigger frequency limit' },
};

/** As an outbox does it: the same uuid until it was taken. */
async function untilSent(message: CardToSend): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      await api.send(message);
      return;
    } catch (fault) {
      if (!(fault instanceof SendFailure) || fault.lasting) throw fault;
      await wait(fault.waitMs ?? 200);
    }
  }
  throw new Error('it was not sent in ten attempts');
}
