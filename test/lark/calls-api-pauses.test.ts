import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import { aCard, failureOf, openApi, openServer, refusal } from './calls-server.ts';

let platform: Awaited<ReturnType<typeof openServer>>;

beforeEach(async () => {
  platform = await openServer();
});

afterEach(() => platform.close());

describe('a pause', () => {
  it.each([
    [429, 99991400],
    [400, 99991400],
    [429, 4711],
  ])('lasts until the reset after HTTP %i with code %i, for that API alone', async (status, code) => {
    const { api } = openApi(platform.url, { limits: { ...defaultLimits, maxWaitMs: 500 } });
    const headers = { 'x-ogw-ratelimit-reset': '7' };
    platform.answer({ status, headers, body: { code, msg: '' } });
    const failure = await failureOf(api.send(aCard()));
    expect(failure.lasting).toBe(false);
    expect(failure.waitMs).toBeGreaterThan(6900);
    expect(failure.waitMs).toBeLessThan(7100);
    await expect(api.send(aCard())).rejects.toMatchObject({
      lasting: false,
      waitMs: expect.closeTo(7000, -3),
    });
    expect(platform.calls()).toHaveLength(1);
    expect(await api.patch({ messageId: 'om_1', card: '{}' })).toBe('updated');
  });

  it('is never longer than ten minutes, whatever the reset says', async () => {
    const { api } = openApi(platform.url);
    platform.answer({
      status: 429,
      headers: { 'x-ogw-ratelimit-reset': '999999' },
      body: { code: 99991400, msg: '' },
    });
    expect((await failureOf(api.send(aCard()))).waitMs).toBe(600_000);
  });

  it('of a receiver holds up nobody else', async () => {
    const { api } = openApi(platform.url, { limits: { ...defaultLimits, maxWaitMs: 500 } });
    platform.answer(refusal(230020));
    const busy = aCard();
    expect((await failureOf(api.send(busy))).waitMs).toBe(1000);
    await expect(api.send(busy)).rejects.toMatchObject({ lasting: false, waitMs: expect.closeTo(1000, -2) });
    await api.send(aCard());
    expect(platform.calls()).toHaveLength(2);
  });

  it('of one message is short while it is being sent, and while its card is locked', async () => {
    const { api } = openApi(platform.url);
    platform.answer(
      refusal(230049),
      refusal(230099, 400, 'Failed to update card, ext=ErrCode: 11310; ErrMsg: card action is lock'),
    );
    expect(await failureOf(api.send(aCard()))).toMatchObject({ lasting: false, waitMs: 1000 });
    expect(await failureOf(api.patch({ messageId: 'om_1', card: '{}' }))).toMatchObject({
      lasting: false,
      waitMs: 1000,
    });
  });

  it('keeps all but urgent messages back after the quota was used up, until one goes through', async () => {
    const { api } = openApi(platform.url);
    platform.answer(refusal(99991403));
    expect(await failureOf(api.send(aCard()))).toMatchObject({ lasting: false, waitMs: 3_600_000 });
    expect(api.problem()).toContain('quota');
    await expect(api.send(aCard())).rejects.toMatchObject({ lasting: false });
    await expect(api.patch({ messageId: 'om_1', card: '{}' })).rejects.toMatchObject({ lasting: false });
    expect(platform.calls()).toHaveLength(1);
    await api.send(aCard(true));
    expect(api.problem()).toBeUndefined();
    await api.send(aCard());
  });

  it.each([
    [99991673, 'not available'],
    [230006, 'bot ability'],
  ])('of everything follows code %i, and is a problem', async (code, said) => {
    const { api } = openApi(platform.url);
    platform.answer(refusal(code));
    expect(await failureOf(api.send(aCard()))).toMatchObject({ lasting: false, waitMs: 60_000 });
    expect(api.problem()).toContain(said);
    await expect(api.send(aCard(true))).rejects.toMatchObject({ lasting: false });
    expect(platform.calls()).toHaveLength(1);
  });

  it('of everything ends by itself, and with a success of any kind it is no problem any more', async () => {
    const { api } = openApi(platform.url, { limits: { ...defaultLimits, haltMs: 50 } });
    platform.answer(refusal(99991673));
    await failureOf(api.send(aCard()));
    await expect
      .poll(() => api.patch({ messageId: 'om_1', card: '{}' }).catch(() => undefined))
      .toBe('updated');
    expect(api.problem()).toBeUndefined();
  });

  it('of everything follows wrong credentials, which are no fault of a message', async () => {
    const { api } = openApi(platform.url);
    platform.reply = () => ({ body: { code: 10014, msg: 'app secret invalid' } });
    expect(await failureOf(api.send(aCard()))).toMatchObject({ lasting: false, waitMs: 60_000, code: 10014 });
    expect(api.problem()).toContain('app id and secret');
    await expect(api.send(aCard(true))).rejects.toMatchObject({ lasting: false });
    expect(platform.received).toHaveLength(1);
    platform.reply = () => undefined;
    await api.warmUp();
    expect(api.problem()).toBeUndefined();
  });
});

describe('a stop', () => {
  it('gives back what waits and lets what is under way end', async () => {
    const { api } = openApi(platform.url, { limits: { ...defaultLimits, perSecond: 2 } });
    const sending = Array.from({ length: 4 }, () => api.send(aCard()));
    api.stop();
    const outcomes = await Promise.allSettled(sending);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    await expect(api.send(aCard(true))).rejects.toMatchObject({ lasting: false, waitMs: 1000 });
    expect(platform.calls()).toHaveLength(2);
  });
});
