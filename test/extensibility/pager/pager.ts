import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { asText } from '../../../bot/as-text.ts';
import type { ChatPlatform, Endpoint, Receiver } from '../../../bot/platform.ts';
import { SendFailure } from '../../../bot/platform.ts';
import type { PlatformSetting } from '../../../bot/platforms.ts';

/** The company that runs the pagers: it shows a page once, however often it is given. */
export interface PagerCompany {
  page(id: string, pager: string, text: string): Promise<'shown' | 'busy' | 'no-such-pager'>;
}

const BUSY_MS = 5000;

/** Nothing reaches this account any more. */
class NoSuchPager extends SendFailure {
  override readonly unreachable = true;
}

/** A platform that shows text and nothing else: the example of docs/adding-a-platform.md. */
export const pagerSetting =
  (company: PagerCompany, secret: string): PlatformSetting =>
  async (_environment, _store, now) =>
    pagerPlatform(company, secret, now);

function pagerPlatform(company: PagerCompany, secret: string, now: () => Date): ChatPlatform {
  let receiver: Receiver | undefined;
  return {
    name: 'pager',
    accounts: 'bound',
    capabilities: { forms: 'asked', buttons: 'typed' },
    endpoints: [calls(secret, now, () => receiver)],
    async start(house) {
      receiver = house;
    },
    async stop() {
      receiver = undefined;
    },
    ready: () => receiver !== undefined,
    async send({ id, address, content }) {
      for (const [piece, text] of asText(content).texts.entries()) {
        const became = await company.page(`${id}/${piece}`, address.externalId, text);
        if (became === 'busy') throw new SendFailure('the company is busy', false, BUSY_MS);
        if (became === 'no-such-pager') throw new NoSuchPager('there is no such pager', true);
      }
      return { messageId: id };
    },
  };
}

const callSchema = z.object({ id: z.string().min(1), pager: z.string().min(1), text: z.string() });

/** Somebody typed something on his pager. */
const calls = (secret: string, now: () => Date, receiver: () => Receiver | undefined): Endpoint => ({
  method: 'POST',
  path: '/webhook/pager',
  maxBytes: 20_000,
  async refuses({ headers }) {
    return isSame(headers['x-pager-secret'], secret) ? undefined : reply(401);
  },
  async handle({ body }) {
    const house = receiver();
    if (!house) return reply(503);
    const call = callSchema.safeParse(parsed(body));
    if (!call.success) return reply(400);
    const { id, pager, text } = call.data;
    await house.message({
      ...{ kind: 'message', key: `pager:${id}`, platform: 'pager' },
      ...{ account: pager, text, at: now() },
    });
    return reply(200);
  },
});

const reply = (status: number) => ({ status, type: 'text/plain', body: '' });

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Told apart in the same time, however much of it is right. */
const isSame = (given: unknown, secret: string): boolean =>
  timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(secret));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
