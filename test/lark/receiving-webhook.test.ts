import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { webhookEndpoint } from '../../bot/lark/receiving/webhook.ts';
import { close, listen, webServer } from '../../web/server.ts';
import {
  APP_ID,
  BOT,
  challenge,
  ENCRYPT_KEY,
  encrypt,
  eventOf,
  NOW,
  type Push,
  post,
  pressEvent,
  pushOf,
  sign,
  TOKEN,
  ToldHouse,
  textEvent,
} from './receiving-push.ts';

const DEADLINE_MS = 150;
const MINUTE = 60_000;

let house: ToldHouse;
let now: Date;
let lines: Record<string, unknown>[];
let server: ReturnType<typeof webServer>;
let address: string;
let invoked: object[];

async function open(verificationToken?: string) {
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const dispatcher = openDispatcher(house, { botOpenId: () => BOT, platform: 'lark', now: () => now, log });
  const settings = {
    appId: APP_ID,
    encryptKey: ENCRYPT_KEY,
    ...(verificationToken && { verificationToken }),
  };
  const endpoint = webhookEndpoint(settings, {
    invoke: (body) => {
      invoked.push(body);
      return dispatcher.invoke(body, { needCheck: false });
    },
    now: () => now,
    log,
    replayWindowMs: 5 * MINUTE,
    deadlineMs: DEADLINE_MS,
  });
  server = webServer([endpoint], log);
  address = `${await listen(server, '127.0.0.1', 0)}/webhook/lark`;
}

beforeEach(async () => {
  house = new ToldHouse();
  now = NOW;
  lines = [];
  invoked = [];
  await open(TOKEN);
});
afterEach(() => close(server));

const push = ({ body, headers }: Push, path = '') => post(`${address}${path}`, headers, [body]);
const unsigned = (body: string | Buffer) => post(address, {}, [Buffer.from(body)]);
const bodyOf = (value: object) => JSON.stringify({ encrypt: encrypt(JSON.stringify(value)) });
const REFUSED = { status: 401, body: '{}' };
const TAKEN = { status: 200, body: '{}' };

describe('a push of the platform', () => {
  it('is carried out and answered with an empty object', async () => {
    expect(await push(pushOf(textEvent('帮助')))).toEqual(TAKEN);
    expect(house.messages).toMatchObject([{ text: '帮助', account: 'ou_1' }]);
    expect(lines).toEqual([]);
  });

  it('that is a press is answered with what the house says', async () => {
    const { status, body } = await push(pushOf(pressEvent({ value: {} })));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ toast: { type: 'success', content: '已登记' } });
  });

  it('arrives under an address with a query as well', async () => {
    expect(await push(pushOf(textEvent('x')), '?from=gateway')).toEqual(TAKEN);
    expect(house.messages).toHaveLength(1);
  });

  it('may be cut anywhere on its way, in the middle of a sign too', async () => {
    // Not encrypted signs outside of base64 stand in a property that nobody reads, and are signed with the rest.
    const body = Buffer.from(
      JSON.stringify({ note: '廉'.repeat(50), encrypt: encrypt(JSON.stringify(textEvent('廉洁'))) }),
    );
    const chunks = Array.from({ length: body.length }, (_, at) => body.subarray(at, at + 1));
    expect(await post(address, sign(body).headers, chunks)).toEqual(TAKEN);
    expect(house.messages).toMatchObject([{ text: '廉洁' }]);
  });

  it('of another shape of JSON is the same push: the bytes are signed', async () => {
    const body = Buffer.from(
      `{ "encrypt" :\n "${encrypt(JSON.stringify(textEvent('x'))).replaceAll('/', '\\/')}" }`,
    );
    expect(await push(sign(body))).toEqual(TAKEN);
    expect(house.messages).toHaveLength(1);
  });

  it('for which there is no handler is taken, so that it does not come again', async () => {
    expect(await push(pushOf(eventOf('vc.meeting.meeting_ended_v1', {})))).toEqual(TAKEN);
  });

  it('of the old schema is taken, ignored, and told once', async () => {
    const old = {
      uuid: 'u',
      token: TOKEN,
      ts: '1',
      type: 'event_callback',
      event: { type: 'message', text: 'x' },
    };
    expect(await push(pushOf(old))).toEqual(TAKEN);
    expect(await push(pushOf(old))).toEqual(TAKEN);
    expect(invoked).toEqual([]);
    expect(lines).toMatchObject([{ level: 40, msg: expect.stringContaining('1.0') }]);
  });
});

describe('a failure of the house', () => {
  it('is answered 500, and what comes again with a new signature is carried out', async () => {
    house.before = () => Promise.reject(new Error('the database is away'));
    expect(await push(pushOf(textEvent('x')))).toEqual({ status: 500, body: '{}' });
    house.before = async () => {};
    expect(await push(pushOf(textEvent('x')))).toEqual(TAKEN);
    expect(house.messages).toHaveLength(1);
  });

  it('to be in time is answered 500 before the platform gives up, and the work goes on', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    house.before = () => promise;
    expect(await push(pushOf(textEvent('x')))).toMatchObject({ status: 500 });
    resolve();
    await expect.poll(() => house.messages).toHaveLength(1);
  });

  it('after its time is up ends nothing', async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    house.before = () => promise;
    expect(await push(pushOf(textEvent('x')))).toMatchObject({ status: 500 });
    reject(new Error('the database went away'));
    await expect.poll(() => lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });
});

describe('the same push twice', () => {
  it('acts once, and the second is answered with nothing', async () => {
    const twice = pushOf(pressEvent({ value: {} }));
    expect(await push(twice)).toMatchObject({ status: 200, body: expect.stringContaining('已登记') });
    now = new Date(NOW.getTime() + 4 * MINUTE);
    expect(await push(twice)).toEqual(TAKEN);
    expect(house.presses).toHaveLength(1);
  });

  it('while the first is under way waits for it and is answered alike', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    house.before = () => promise;
    const twice = pushOf(pressEvent({ value: {} }));
    const both = [push(twice), push(twice)];
    await expect.poll(() => invoked).toHaveLength(1);
    resolve();
    const [first, second] = await Promise.all(both);
    expect(first).toMatchObject({ status: 200, body: expect.stringContaining('已登记') });
    expect(second).toEqual(first);
    expect(house.presses).toHaveLength(1);
  });

  it('is carried out the second time when the first failed', async () => {
    const twice = pushOf(textEvent('x'));
    house.before = () => Promise.reject(new Error('the database is away'));
    expect(await push(twice)).toMatchObject({ status: 500 });
    house.before = async () => {};
    expect(await push(twice)).toEqual(TAKEN);
    expect(house.messages).toHaveLength(1);
  });
});

describe('a stranger', () => {
  const event = textEvent('x');
  const spoil = (name: string, value: string | undefined) => {
    const { body, headers } = pushOf(event);
    const { [name]: _, ...rest } = headers;
    return { body, headers: value === undefined ? rest : { ...rest, [name]: value } };
  };
  const otherBody = () => ({ ...pushOf(event), body: Buffer.from(bodyOf(textEvent('别的'))) });
  const movedDigits = () => {
    const nonce = '12345';
    const { body, headers } = pushOf(event, { nonce });
    const timestamp = String(headers['x-lark-request-timestamp']);
    return {
      body,
      headers: { ...headers, 'x-lark-request-timestamp': `${timestamp}1`, 'x-lark-request-nonce': '2345' },
    };
  };

  it.each<[string, () => Push]>([
    ['no signature', () => ({ ...pushOf(event), headers: {} })],
    ['a wrong signature', () => spoil('x-lark-signature', '0'.repeat(64))],
    ['half a signature', () => spoil('x-lark-signature', 'ab')],
    ['only two of the headers', () => spoil('x-lark-signature', undefined)],
    ['another nonce', () => spoil('x-lark-request-nonce', 'x')],
    ['a time that is none', () => spoil('x-lark-request-timestamp', '0x12345678')],
    ['the key’s empty twin', () => pushOf(event, { key: '' })],
    ['the signature of another body', otherBody],
    ['a digit moved from the nonce to the time', movedDigits],
    ['a signature six minutes old', () => pushOf(event, { at: new Date(NOW.getTime() - 6 * MINUTE) })],
    ['a signature of in six minutes', () => pushOf(event, { at: new Date(NOW.getTime() + 6 * MINUTE) })],
    ['an event of another app', () => pushOf(eventOf('x', {}, { app_id: 'cli_00112233445566bb' }))],
    ['an event with another token', () => pushOf(eventOf('x', {}, { token: 'other' }))],
    ['an event without a token', () => pushOf(eventOf('x', {}, { token: undefined }))],
    ['another key', () => sign(Buffer.from(JSON.stringify({ encrypt: encrypt('{}', 'other') })))],
    ['four bytes instead of a cipher', () => sign(Buffer.from('{"encrypt":"AAAA"}'))],
    [
      'a signed challenge whose signature is wrong',
      () => ({ ...pushOf(challenge(TOKEN), { key: 'other' }) }),
    ],
  ])('with %s is told nothing but 401', async (_what, forge) => {
    expect(await push(forge())).toEqual(REFUSED);
    expect(invoked).toEqual([]);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"encrypt":5}',
    '{"encrypt":""}',
    '['.repeat(100_000),
    JSON.stringify(textEvent('x')),
  ])('who sends no encrypted push is told 400 (%#)', async (body) => {
    expect(await unsigned(body)).toEqual({ status: 400, body: '{}' });
    expect(await push(sign(Buffer.from(body)))).toEqual({ status: 400, body: '{}' });
    expect(invoked).toEqual([]);
  });

  it('who sends more than 1 MiB is told 413, and the next one is served', async () => {
    const large = Buffer.from(JSON.stringify({ encrypt: 'A'.repeat(1024 * 1024) }));
    expect(await push(sign(large))).toMatchObject({ status: 413 });
    expect(await post(address, { 'transfer-encoding': 'chunked' }, [large, large])).toMatchObject({
      status: 413,
    });
    expect(await push(pushOf(event))).toEqual(TAKEN);
  });

  it('is told to the log once a minute for each reason, without what was sent', async () => {
    for (let turn = 0; turn < 5; turn++) await push(pushOf(event, { key: 'other' }));
    await unsigned(JSON.stringify(textEvent('红包')));
    expect(lines).toHaveLength(2);
    now = new Date(NOW.getTime() + MINUTE);
    await push(pushOf(event, { key: 'other' }));
    expect(lines.at(-1)).toMatchObject({ before: 4 });
    expect(JSON.stringify(lines)).not.toMatch(/红包|encrypt"|sample-verification/);
  });
});

describe('the challenge', () => {
  it('is answered without a signature and with a right one', async () => {
    const answer = { status: 200, body: '{"challenge":"ajls384k"}' };
    expect(await unsigned(bodyOf(challenge(TOKEN)))).toEqual(answer);
    expect(await push(pushOf(challenge(TOKEN)))).toEqual(answer);
    expect(invoked).toEqual([]);
  });

  it('with a wrong token, in the clear, or under another key is not', async () => {
    expect(await unsigned(bodyOf(challenge('other')))).toEqual(REFUSED);
    expect(await unsigned(JSON.stringify(challenge(TOKEN)))).toMatchObject({ status: 400 });
    expect(
      await unsigned(JSON.stringify({ encrypt: encrypt(JSON.stringify(challenge(TOKEN)), 'x') })),
    ).toEqual(REFUSED);
  });

  it('needs no token where none is configured: who encrypted it has the key', async () => {
    await close(server);
    await open();
    expect(await unsigned(bodyOf(challenge('whatever')))).toMatchObject({ status: 200 });
    expect(await push(pushOf(eventOf('x', {}, { token: undefined })))).toEqual(TAKEN);
  });
});
