import type { Logger } from 'pino';
import * as z from 'zod';
import { Overfull } from '../../limits/overfull.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../platform.ts';
import { pushCipher } from './push-cipher.ts';
import { isSameSecret, isSignedNow, readSignature } from './push-signature.ts';
import { refusedPushes } from './refused-pushes.ts';
import { SeenPushes } from './seen-pushes.ts';
import { TooLate, within } from './within.ts';

const MAX_BYTES = 1024 * 1024;
/** A challenge is small; nothing else is decrypted for somebody who did not sign. */
const MAX_UNSIGNED_BYTES = 8 * 1024;

export interface WebhookSettings {
  appId: string;
  /** Without it everybody could sign; unencrypted pushes are refused. */
  encryptKey: string;
  verificationToken?: string;
}

export interface WebhookOptions {
  /** Carries out a push that was verified; rejects when it could not. */
  invoke(body: object): Promise<unknown>;
  now: () => Date;
  log: Logger;
  /** How far from now a signature may be, in both directions. */
  replayWindowMs: number;
  /** The platform waits for 3 seconds and then takes the push for lost. */
  deadlineMs: number;
}

/** A push that is not taken: the status says all that whoever sent it is told, the reason goes to the log. */
class RefusedPush extends Error {
  readonly status: 400 | 401 | 413;

  constructor(status: 400 | 401 | 413, reason: string) {
    super(reason);
    this.status = status;
  }
}

const reply = (status: number, value: object = {}): EndpointReply => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

/**
 * The address that the platform pushes events and presses to.
 *
 * Answers 200 once what was pushed is carried out, 401 whoever is not the platform or comes too late, 400 what is no push,
 * 413 what is too large, and 500 what the house could not do in time: events come again then, as they do after 503, where
 * too many wait. No answer tells which check failed.
 */
export function webhookEndpoint(settings: WebhookSettings, options: WebhookOptions): Endpoint {
  const { log, now } = options;
  const webhook = new Webhook(settings, options);
  const refused = refusedPushes(log, now);
  return {
    method: 'POST',
    path: '/webhook/lark',
    maxBytes: MAX_BYTES,
    claimsProof: ({ headers }) => readSignature(headers) !== undefined,
    async handle(request) {
      try {
        return await webhook.take(request);
      } catch (fault) {
        if (!(fault instanceof RefusedPush)) throw fault;
        refused(fault.message);
        return reply(fault.status);
      }
    },
  };
}

const envelopeSchema = z.object({ encrypt: z.string().min(1) });
const challengeSchema = z.object({
  type: z.literal('url_verification'),
  challenge: z.string().max(1024),
  token: z.string().optional(),
});
const eventSchema = z.looseObject({
  schema: z.string(),
  header: z.looseObject({ app_id: z.string(), token: z.string().optional() }),
});

class Webhook {
  readonly #settings: WebhookSettings;
  readonly #options: WebhookOptions;
  readonly #decrypt: (encrypted: string) => string;
  readonly #seen: SeenPushes<EndpointReply>;
  #saidOldSchema = false;

  constructor(settings: WebhookSettings, options: WebhookOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#decrypt = pushCipher(settings.encryptKey);
    this.#seen = new SeenPushes(options.replayWindowMs);
  }

  /** @throws RefusedPush */
  async take({ headers, body: raw }: EndpointRequest): Promise<EndpointReply> {
    if (raw.length > MAX_BYTES) throw new RefusedPush(413, 'larger than 1 MiB');
    const envelope = envelopeSchema.safeParse(parseJson(raw.toString('utf8')));
    if (!envelope.success)
      throw new RefusedPush(400, 'no encrypted push: is the Encrypt Key set on the platform?');
    const signed = readSignature(headers);
    if (signed) this.#checkSignature(signed, raw);
    else if (raw.length > MAX_UNSIGNED_BYTES) throw new RefusedPush(401, 'not signed');
    const body = this.#open(envelope.data.encrypt);
    // To find out that it is none takes longer than to take an event.
    const challenge = isObject(body) && 'challenge' in body ? challengeSchema.safeParse(body) : undefined;
    if (challenge?.success) return this.#answerChallenge(challenge.data);
    if (!signed) throw new RefusedPush(401, 'not signed');
    return this.#takeEvent(body, signed.signature);
  }

  #checkSignature(signed: NonNullable<ReturnType<typeof readSignature>>, raw: Buffer): void {
    const { encryptKey } = this.#settings;
    const { now, replayWindowMs: windowMs } = this.#options;
    if (isSignedNow(signed, raw, { encryptKey, now: now(), windowMs })) return;
    throw new RefusedPush(401, 'a wrong signature, or an old one: are Encrypt Key and clock right?');
  }

  /** What was encrypted with the key; nothing in how it fails depends on what was sent. */
  #open(encrypt: string): unknown {
    try {
      return JSON.parse(this.#decrypt(encrypt));
    } catch {
      throw new RefusedPush(401, 'encrypted with another key');
    }
  }

  /** Asked once, when the address is entered on the platform. Whoever could encrypt it has the key; it is not signed. */
  #answerChallenge({ challenge, token }: z.infer<typeof challengeSchema>): EndpointReply {
    this.#checkToken(token);
    return reply(200, { challenge });
  }

  #checkToken(given: string | undefined): void {
    const { verificationToken } = this.#settings;
    if (verificationToken === undefined || isSameSecret(given ?? '', verificationToken)) return;
    throw new RefusedPush(401, 'a wrong verification token');
  }

  async #takeEvent(body: unknown, signature: string): Promise<EndpointReply> {
    if (!isObject(body)) throw new RefusedPush(400, 'no event');
    if (!('schema' in body)) return this.#ignoreOldSchema();
    const event = eventSchema.safeParse(body);
    if (!event.success) throw new RefusedPush(400, 'no event');
    this.#checkToken(event.data.header.token);
    if (event.data.header.app_id !== this.#settings.appId) throw new RefusedPush(401, 'of another app');
    return this.#carryOutOnce(body, signature);
  }

  /** The app is subscribed to events of a kind that nothing here reads; sending them again would not help. */
  #ignoreOldSchema(): EndpointReply {
    if (!this.#saidOldSchema)
      this.#options.log.warn('events of schema 1.0 are ignored; subscribe to those of 2.0');
    this.#saidOldSchema = true;
    return reply(200);
  }

  async #carryOutOnce(body: object, signature: string): Promise<EndpointReply> {
    const { invoke, log, now, deadlineMs } = this.#options;
    try {
      return await this.#seen.once(
        signature,
        now(),
        async () => {
          const result = await within(deadlineMs, invoke(body));
          return reply(200, typeof result === 'object' && result !== null ? result : {});
        },
        reply(200),
      );
    } catch (fault) {
      if (fault instanceof Overfull) throw fault;
      log.warn(
        { late: fault instanceof TooLate, deadlineMs },
        'a push was not carried out; the platform is told',
      );
      return reply(500);
    }
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
