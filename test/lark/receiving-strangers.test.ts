import { describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE_MS } from './receiving-endpoint.ts';
import {
  challenge,
  encrypt,
  eventOf,
  NOW,
  type Push,
  post,
  pushOf,
  sign,
  TOKEN,
  textEvent,
} from './receiving-push.ts';
import { freshWebhookDesks, openWebhookDesk, REFUSED, TAKEN, type WebhookDesk } from './webhook-desk.ts';

let desk: WebhookDesk;

freshWebhookDesks((fresh) => {
  desk = fresh;
});

const bodyOf = (value: object) => JSON.stringify({ encrypt: encrypt(JSON.stringify(value)) });

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
    ['a signature six minutes old', () => pushOf(event, { at: new Date(NOW.getTime() - 6 * MINUTE_MS) })],
    ['a signature of in six minutes', () => pushOf(event, { at: new Date(NOW.getTime() + 6 * MINUTE_MS) })],
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
    expect(await desk.push(forge())).toEqual(REFUSED);
    expect(desk.invoked).toEqual([]);
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
    expect(await desk.unsigned(body)).toEqual({ status: 400, body: '{}' });
    expect(await desk.push(sign(Buffer.from(body)))).toEqual({ status: 400, body: '{}' });
    expect(desk.invoked).toEqual([]);
  });

  it('who sends more than 1 MiB is told 413, and the next one is served', async () => {
    const large = Buffer.from(JSON.stringify({ encrypt: 'A'.repeat(1024 * 1024) }));
    expect(await desk.push(sign(large))).toMatchObject({ status: 413 });
    expect(await post(desk.address, { 'transfer-encoding': 'chunked' }, [large, large])).toMatchObject({
      status: 413,
    });
    expect(await desk.push(pushOf(event))).toEqual(TAKEN);
  });

  it('is told to the log once a minute for each reason, without what was sent', async () => {
    for (let turn = 0; turn < 5; turn++) await desk.push(pushOf(event, { key: 'other' }));
    await desk.unsigned(JSON.stringify(textEvent('红包')));
    expect(desk.lines).toHaveLength(2);
    desk.now = new Date(NOW.getTime() + MINUTE_MS);
    await desk.push(pushOf(event, { key: 'other' }));
    expect(desk.lines.at(-1)).toMatchObject({ before: 4 });
    expect(JSON.stringify(desk.lines)).not.toMatch(/红包|encrypt"|sample-verification/);
  });
});

describe('the challenge', () => {
  it('is answered without a signature and with a right one', async () => {
    const answer = { status: 200, body: '{"challenge":"ajls384k"}' };
    expect(await desk.unsigned(bodyOf(challenge(TOKEN)))).toEqual(answer);
    expect(await desk.push(pushOf(challenge(TOKEN)))).toEqual(answer);
    expect(desk.invoked).toEqual([]);
  });

  it('with a wrong token, in the clear, or under another key is not', async () => {
    expect(await desk.unsigned(bodyOf(challenge('other')))).toEqual(REFUSED);
    expect(await desk.unsigned(JSON.stringify(challenge(TOKEN)))).toMatchObject({ status: 400 });
    expect(
      await desk.unsigned(JSON.stringify({ encrypt: encrypt(JSON.stringify(challenge(TOKEN)), 'x') })),
    ).toEqual(REFUSED);
  });

  it('needs no token where none is configured: who encrypted it has the key', async () => {
    const tokenless = await openWebhookDesk('');
    onTestFinished(() => tokenless.close());
    expect(await tokenless.unsigned(bodyOf(challenge('whatever')))).toMatchObject({ status: 200 });
    expect(await tokenless.push(pushOf(eventOf('x', {}, { token: undefined })))).toEqual(TAKEN);
  });
});
