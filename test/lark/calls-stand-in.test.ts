import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LarkApi } from '../../bot/lark/calls/lark-api.ts';
import { SendFailure } from '../../bot/platform.ts';
import { card, MESSAGES, openPlatform, to } from './calls-platform.ts';
import { localServer } from './local-server.ts';
import { DAY_MS } from './stand-in/opened.ts';
import type { StandIn } from './stand-in/stand-in.ts';

let feishu: StandIn;
let api: LarkApi;

async function open(...how: Parameters<typeof openPlatform>) {
  await feishu?.close();
  ({ feishu, api } = await openPlatform(...how));
}

beforeEach(() => open());

afterEach(() => feishu.close());

const person = () => feishu.directory.addPerson({ name: '示例甲' }).openId;

const failing = async (calling: Promise<unknown>) => {
  const fault = await calling.catch((thrown: unknown) => thrown);
  if (!(fault instanceof SendFailure)) throw new Error(`that was no failure: ${fault}`);
  return fault;
};

describe('a message on the platform', () => {
  it('arrives once under one uuid, although the answer to it was lost', async () => {
    const openId = person();
    feishu.onCall = ({ api: path }) => (path === MESSAGES ? 'lost' : undefined);
    expect(await failing(api.send(to(openId, 'row-1')))).toMatchObject({ lasting: false, waitMs: undefined });
    feishu.onCall = () => undefined;
    const { messageId } = await api.send(to(openId, 'row-1'));
    expect(feishu.messages(openId).map((message) => message.messageId)).toEqual([messageId]);
  });

  it('is refused for a moment while the same one is still being sent', async () => {
    const openId = person();
    feishu.onCall = ({ api: path }) => (path === MESSAGES ? { delayMs: 300 } : undefined);
    const first = api.send(to(openId, 'row-1'));
    await expect.poll(() => feishu.calls.some(({ api: path }) => path === MESSAGES)).toBe(true);
    feishu.onCall = () => undefined;
    const second = await failing(api.send(to(openId, 'row-1')));
    expect(second.lasting).toBe(false);
    expect(second.waitMs).toBeGreaterThanOrEqual(1000);
    await first;
    expect(feishu.messages(openId)).toHaveLength(1);
  });

  it('goes out with a new token after the old one was revoked', async () => {
    const openId = person();
    await api.warmUp();
    feishu.revokeToken();
    await api.send(to(openId, 'row-1'));
    expect(feishu.messages(openId)).toHaveLength(1);
  });

  it.each<'hang' | 'cut' | { status: number; body: string }>([
    'hang',
    'cut',
    { status: 503, body: 'busy' },
  ])('is a failure that passes after %j', async (fault) => {
    await open({}, {}, 200);
    const openId = person();
    feishu.onCall = ({ api: path }) => (path === MESSAGES ? fault : undefined);
    expect(await failing(api.send(to(openId, 'row-1')))).toMatchObject({ lasting: false, waitMs: undefined });
  });

  it.each([230013, 230029, 230053] as const)('cannot reach a person blocked with %i', async (code) => {
    const openId = person();
    feishu.block(openId, code);
    expect(await failing(api.send(to(openId, 'row-1')))).toMatchObject({
      lasting: true,
      unreachable: true,
      code,
    });
  });

  it('cannot reach somebody who resigned, and nobody whom there is not', async () => {
    const openId = feishu.directory.addPerson({ name: '示例乙', isResigned: true }).openId;
    expect(await failing(api.send(to(openId, 'row-1')))).toMatchObject({ lasting: true, unreachable: true });
    const code = 99992351;
    expect(await failing(api.send(to('ou_nobody', 'row-2')))).toMatchObject({ lasting: true, code });
  });

  it('cannot go to a group that is dissolved, or without the bot', async () => {
    const group = feishu.directory.addGroup({ members: [person()] });
    await api.send(to(group.chatId, 'row-1'));
    group.hasBot = false;
    expect(await failing(api.send(to(group.chatId, 'row-2')))).toMatchObject({ lasting: true, code: 230002 });
    group.dissolved = true;
    expect(await failing(api.send(to(group.chatId, 'row-3')))).toMatchObject({ lasting: true, code: 232009 });
  });

  it('names the scopes that are missing, until they are there', async () => {
    const openId = person();
    const granted = [...feishu.scopes];
    feishu.scopes.clear();
    expect(await failing(api.send(to(openId, 'row-1')))).toMatchObject({ lasting: true, code: 99991672 });
    expect(api.problem()).toMatch(/lacks a scope .*im:message:send/);
    for (const scope of granted) feishu.scopes.add(scope);
    await api.send(to(openId, 'row-2'));
    expect(api.problem()).toBeUndefined();
  });

  it('ends where its card names a person whom there is not, or is longer than 30 KB', async () => {
    const mention = { ...to(person(), 'row-1'), card: card('<at id=ou_nobody></at>') };
    expect(await failing(api.send(mention))).toMatchObject({ lasting: true, code: 230099 });
    const long = { ...to(person(), 'row-2'), card: card('示'.repeat(12_000)) };
    expect(await failing(api.send(long))).toMatchObject({ lasting: true, waitMs: undefined });
  });

  it('waits until the reset that the platform states', async () => {
    await open({ limits: { perSecond: 2 } }, { maxWaitMs: 300 });
    const openId = person();
    const sending = await Promise.allSettled([1, 2, 3].map((row) => api.send(to(openId, `row-${row}`))));
    const refused = sending
      .filter(({ status }) => status === 'rejected')
      .map((one) => (one as PromiseRejectedResult).reason);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ lasting: false, code: 99991400 });
    expect(refused[0].waitMs).toBeGreaterThanOrEqual(1000);
    const elsewhere = await failing(api.send(to(person(), 'row-4')));
    expect(elsewhere.waitMs).toBeGreaterThan(300);
  });

  it('backs off from one group that other bots fill, and from no other', async () => {
    await open({ limits: { perGroup: 1 } }, { maxWaitMs: 300 });
    const [busy, other] = [1, 2].map(() => feishu.directory.addGroup({ members: [person()] }).chatId);
    if (!busy || !other) throw new Error('no groups');
    await api.send(to(busy, 'row-1'));
    expect(await failing(api.send(to(busy, 'row-2')))).toMatchObject({ lasting: false, code: 230020 });
    expect((await failing(api.send(to(busy, 'row-3')))).waitMs).toBeGreaterThan(300);
    await api.send(to(other, 'row-4'));
  });
});

describe('a card on the platform', () => {
  it('is replaced, for fourteen days and as long as it is there', async () => {
    let daysLater = 0;
    await open({ now: () => 1_800_000_000_000 + daysLater * DAY_MS });
    const openId = person();
    const [old, recalled] = await Promise.all(['row-1', 'row-2'].map((uuid) => api.send(to(openId, uuid))));
    if (!old || !recalled) throw new Error('no messages');
    expect(await api.patch({ messageId: old.messageId, card: card('新') })).toBe('updated');
    expect(
      JSON.stringify(feishu.messages(openId).find(({ messageId }) => messageId === old.messageId)),
    ).toContain('新');
    feishu.recall(recalled.messageId);
    expect(await api.patch({ messageId: recalled.messageId, card: card('新') })).toBe('gone');
    daysLater = 15;
    expect(await api.patch({ messageId: old.messageId, card: card('更新') })).toBe('too-old');
  });

  it('is not replaced while a press of it waits for its answer, and soon afterwards it is', async () => {
    const openId = person();
    const { messageId } = await api.send({ ...to(openId, 'row-1'), card: card('示例', { act: 'confirm' }) });
    let answer = () => {};
    const pressed = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const bot = await localServer(async (_request, response) => {
      await pressed;
      response.end('{}');
    });
    feishu.pushTo(bot.url);
    const pressing = feishu.press(openId, messageId, { act: 'confirm' });
    const locked = await failing(api.patch({ messageId, card: card('新') }));
    expect(locked).toMatchObject({ lasting: false, code: 230099 });
    expect(locked.waitMs).toBeLessThan(3000);
    answer();
    await pressing;
    expect(await api.patch({ messageId, card: card('新') })).toBe('updated');
  });
});
