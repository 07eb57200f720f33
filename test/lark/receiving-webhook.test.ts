import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from './receiving-endpoint.ts';
import { encrypt, eventOf, NOW, post, pressEvent, pushOf, sign, TOKEN, textEvent } from './receiving-push.ts';
import { freshWebhookDesks, TAKEN, type WebhookDesk } from './webhook-desk.ts';

let desk: WebhookDesk;

freshWebhookDesks((fresh) => {
  desk = fresh;
});

describe('a push of the platform', () => {
  it('is carried out and answered with an empty object', async () => {
    expect(await desk.push(pushOf(textEvent('帮助')))).toEqual(TAKEN);
    expect(desk.house.messages).toMatchObject([{ text: '帮助', account: 'ou_1' }]);
    expect(desk.lines).toEqual([]);
  });

  it('that is a press is answered with what the house says', async () => {
    const { status, body } = await desk.push(pushOf(pressEvent({ value: {} })));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ toast: { type: 'success', content: '已登记' } });
  });

  it('arrives under an address with a query as well', async () => {
    expect(await desk.push(pushOf(textEvent('x')), '?from=gateway')).toEqual(TAKEN);
    expect(desk.house.messages).toHaveLength(1);
  });

  it('may be cut anywhere on its way, in the middle of a sign too', async () => {
    // Not encrypted signs outside of base64 stand in a property that nobody reads, and are signed with the rest.
    const body = Buffer.from(
      JSON.stringify({ note: '廉'.repeat(50), encrypt: encrypt(JSON.stringify(textEvent('廉洁'))) }),
    );
    const chunks = Array.from({ length: body.length }, (_, at) => body.subarray(at, at + 1));
    expect(await post(desk.address, sign(body).headers, chunks)).toEqual(TAKEN);
    expect(desk.house.messages).toMatchObject([{ text: '廉洁' }]);
  });

  it('of another shape of JSON is the same push: the bytes are signed', async () => {
    const body = Buffer.from(
      `{ "encrypt" :\n "${encrypt(JSON.stringify(textEvent('x'))).replaceAll('/', '\\/')}" }`,
    );
    expect(await desk.push(sign(body))).toEqual(TAKEN);
    expect(desk.house.messages).toHaveLength(1);
  });

  it('for which there is no handler is taken, so that it does not come again', async () => {
    expect(await desk.push(pushOf(eventOf('vc.meeting.meeting_ended_v1', {})))).toEqual(TAKEN);
  });

  it('of the old schema is taken, ignored, and told once', async () => {
    const old = {
      uuid: 'u',
      token: TOKEN,
      ts: '1',
      type: 'event_callback',
      event: { type: 'message', text: 'x' },
    };
    expect(await desk.push(pushOf(old))).toEqual(TAKEN);
    expect(await desk.push(pushOf(old))).toEqual(TAKEN);
    expect(desk.invoked).toEqual([]);
    expect(desk.lines).toMatchObject([{ level: 40, msg: expect.stringContaining('1.0') }]);
  });
});

describe('a failure of the house', () => {
  it('is answered 500, and what comes again with a new signature is carried out', async () => {
    desk.house.before = () => Promise.reject(new Error('the database is away'));
    expect(await desk.push(pushOf(textEvent('x')))).toEqual({ status: 500, body: '{}' });
    desk.house.before = async () => {};
    expect(await desk.push(pushOf(textEvent('x')))).toEqual(TAKEN);
    expect(desk.house.messages).toHaveLength(1);
  });

  it('to be in time is answered 500 before the platform gives up, and the work goes on', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    desk.house.before = () => promise;
    expect(await desk.push(pushOf(textEvent('x')))).toMatchObject({ status: 500 });
    resolve();
    await expect.poll(() => desk.house.messages).toHaveLength(1);
  });

  it('after its time is up ends nothing', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    desk.house.before = () => promise;
    expect(await desk.push(pushOf(textEvent('x')))).toMatchObject({ status: 500 });
    reject(new Error('the database went away'));
    await expect.poll(() => desk.lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });
});

describe('the same push twice', () => {
  it('acts once, and the second is answered with nothing', async () => {
    const twice = pushOf(pressEvent({ value: {} }));
    expect(await desk.push(twice)).toMatchObject({ status: 200, body: expect.stringContaining('已登记') });
    desk.now = new Date(NOW.getTime() + 4 * MINUTE_MS);
    expect(await desk.push(twice)).toEqual(TAKEN);
    expect(desk.house.presses).toHaveLength(1);
  });

  it('while the first is under way waits for it and is answered alike', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    desk.house.before = () => promise;
    const twice = pushOf(pressEvent({ value: {} }));
    const both = [desk.push(twice), desk.push(twice)];
    await expect.poll(() => desk.invoked).toHaveLength(1);
    resolve();
    const [first, second] = await Promise.all(both);
    expect(first).toMatchObject({ status: 200, body: expect.stringContaining('已登记') });
    expect(second).toEqual(first);
    expect(desk.house.presses).toHaveLength(1);
  });

  it('is carried out the second time when the first failed', async () => {
    const twice = pushOf(textEvent('x'));
    desk.house.before = () => Promise.reject(new Error('the database is away'));
    expect(await desk.push(twice)).toMatchObject({ status: 500 });
    desk.house.before = async () => {};
    expect(await desk.push(twice)).toEqual(TAKEN);
    expect(desk.house.messages).toHaveLength(1);
  });
});
