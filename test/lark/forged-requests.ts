import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { MINUTE_MS } from './receiving-endpoint.ts';
import {
  APP_ID,
  challenge,
  encrypt,
  eventOf,
  NOW,
  type Push,
  pushOf,
  sign,
  TOKEN,
  textEvent,
} from './receiving-push.ts';

/** A request that means no good, and the statuses that may answer it. */
export interface Forged extends Push {
  kind: string;
  method: string;
  /** Behind the address of the webhook. */
  path: string;
  chunked: boolean;
  statuses: readonly number[];
}

export const forged = (
  kind: string,
  { body, headers }: Push,
  statuses: readonly number[],
  given: Partial<Forged> = {},
): Forged => ({
  kind,
  body,
  headers,
  method: 'POST',
  path: '',
  chunked: false,
  statuses,
  ...given,
});

const unsigned = (body: Buffer): Push => ({ body, headers: {} });
const withEncrypt = (encrypted: string): Buffer => Buffer.from(JSON.stringify({ encrypt: encrypted }));

/** What somebody recorded who saw the platform's own pushes go by. Every one was carried out. */
export const RECORDED = Array.from({ length: 20 }, (_, turn) =>
  pushOf(textEvent('帮助', { id: `om_${turn}` })),
);
const recorded = fc.constantFrom(...RECORDED);

const headerText = fc.string({ unit: 'grapheme-ascii', maxLength: 80 }).map((text) => text.trim());
const randomHeaders = fc.record(
  {
    'x-lark-request-timestamp': fc.oneof(fc.constant(String(NOW.getTime() / 1000)), headerText),
    'x-lark-request-nonce': headerText,
    'x-lark-signature': fc.oneof(
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      headerText,
    ),
  },
  { requiredKeys: [] },
);
const bytes = fc.uint8Array({ maxLength: 400 }).map((value) => Buffer.from(value));
const REFUSED = [400, 401];

const garbage = fc
  .record({
    body: fc.oneof(
      bytes,
      fc.json().map((text) => Buffer.from(text)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify({ encrypt: value }))),
    ),
    headers: randomHeaders,
    chunked: fc.boolean(),
  })
  .map(({ chunked, ...push }) => forged('garbage', push, REFUSED, { chunked }));

const foreignCipher = fc
  .tuple(
    fc.oneof(
      bytes,
      bytes.map((value) => Buffer.concat([value, randomBytes(32)])),
    ),
    fc.boolean(),
  )
  .map(([cipher, isSigned]) => {
    const body = withEncrypt(cipher.toString('base64'));
    return forged('foreign cipher', isSigned ? sign(body, { key: 'other' }) : unsigned(body), REFUSED);
  });

/** Changes one byte of what was recorded, as whoever hunts for an oracle does: signed with it, or not at all. */
const tampered = fc
  .tuple(recorded, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean())
  .map(([push, where, by, isSigned]) => {
    const { encrypt: encrypted } = JSON.parse(push.body.toString()) as { encrypt: string };
    const cipher = Buffer.from(encrypted, 'base64');
    const at = where % cipher.length;
    cipher[at] = (cipher[at] ?? 0) ^ by;
    const body = withEncrypt(cipher.toString('base64'));
    return forged('tampered', isSigned ? { body, headers: push.headers } : unsigned(body), [401]);
  });

const spoiltHeader = fc
  .tuple(
    recorded,
    fc.constantFrom('x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'),
    fc.option(headerText, { nil: undefined }),
  )
  .map(([{ body, headers }, name, value]) => {
    const { [name]: _, ...others } = headers;
    return forged(
      'spoilt header',
      { body, headers: value === undefined ? others : { ...others, [name]: value } },
      [401],
    );
  });

const old = fc
  .tuple(fc.integer({ min: 6, max: 600_000 }), fc.constantFrom(-1, 1))
  .map(([minutes, sign]) =>
    forged(
      'old',
      pushOf(textEvent('x'), { at: new Date(NOW.getTime() + sign * minutes * MINUTE_MS) }),
      [401],
    ),
  );

const replayed = recorded.map((push) => forged('replayed', push, [200]));

/** By somebody who has the key of another app of the same bureau, or a token that was changed. */
const ofAnother = fc
  .constantFrom<object>(
    eventOf('im.message.receive_v1', {}, { app_id: 'cli_ffffffffffffffff' }),
    eventOf('im.message.receive_v1', {}, { token: 'other' }),
    eventOf('card.action.trigger', { token: TOKEN }, { token: null }),
    { schema: '2.0', header: { app_id: APP_ID }, event: {} },
    { schema: '2.0', header: null },
    { schema: 2 },
    { __proto__: null, schema: '2.0', header: { app_id: [APP_ID], token: [TOKEN] } },
    challenge('other'),
  )
  .map((event) => forged('of another', pushOf(event), REFUSED));

const strangersChallenge = fc
  .constantFrom(challenge('other'), { ...challenge(TOKEN), type: 'x' })
  .chain((asked) =>
    fc.constantFrom(
      forged('challenge', unsigned(withEncrypt(encrypt(JSON.stringify(asked)))), [401]),
      forged('challenge', unsigned(withEncrypt(encrypt(JSON.stringify(challenge(TOKEN)), 'other'))), [401]),
      forged('challenge', unsigned(Buffer.from(JSON.stringify(challenge(TOKEN)))), [400]),
    ),
  );

const oversized = fc
  .tuple(fc.integer({ min: 1, max: 200_000 }), fc.boolean())
  .map(([more, chunked]) =>
    forged('oversized', unsigned(Buffer.alloc(1024 * 1024 + more, 'A')), [413], { chunked }),
  );

const elsewhere = fc
  .tuple(
    recorded,
    fc.constantFrom(['GET', '', 405], ['PUT', '', 405], ['POST', '/x', 404], ['POST', '/%00', 404] as const),
  )
  .map(([push, [method, path, status]]) =>
    forged('elsewhere', push, [status as number], { method: String(method), path: String(path) }),
  );

export const anyRequest = fc.oneof(
  { arbitrary: garbage, weight: 25 },
  { arbitrary: foreignCipher, weight: 15 },
  { arbitrary: tampered, weight: 15 },
  { arbitrary: spoiltHeader, weight: 12 },
  { arbitrary: old, weight: 8 },
  { arbitrary: replayed, weight: 10 },
  { arbitrary: ofAnother, weight: 8 },
  { arbitrary: strangersChallenge, weight: 4 },
  { arbitrary: oversized, weight: 1 },
  { arbitrary: elsewhere, weight: 2 },
);
