import { afterEach, beforeEach } from 'vitest';
import { openDispatcher } from '../../bot/lark/receiving/dispatcher.ts';
import { openEndpoint } from './receiving-endpoint.ts';
import { keptLog } from './receiving-log.ts';
import { BOT, type HttpAnswer, NOW, type Push, post, TOKEN, ToldHouse } from './receiving-push.ts';

export const REFUSED: HttpAnswer = { status: 401, body: '{}' };
export const TAKEN: HttpAnswer = { status: 200, body: '{}' };

export type WebhookDesk = Awaited<ReturnType<typeof openWebhookDesk>>;

/**
 * The webhook before a house that remembers what reached it, with the clock in the test's hands.
 * @param verificationToken an empty one is none
 */
export async function openWebhookDesk(verificationToken = TOKEN) {
  const invoked: object[] = [];
  const desk = { house: new ToldHouse(), invoked, now: NOW };
  const now = () => desk.now;
  const { log, lines } = keptLog('info');
  const dispatcher = openDispatcher(desk.house, { botOpenId: () => BOT, platform: 'lark', now, log });
  const invoke = (body: object) => {
    invoked.push(body);
    return dispatcher.invoke(body, { needCheck: false });
  };
  const { address, close } = await openEndpoint({ invoke, log, now, verificationToken, deadlineMs: 150 });
  return Object.assign(desk, {
    lines,
    address,
    close,
    push: ({ body, headers }: Push, path = '') => post(`${address}${path}`, headers, [body]),
    unsigned: (body: string | Buffer) => post(address, {}, [Buffer.from(body)]),
  });
}

/** Each test has a desk of its own. */
export function freshWebhookDesks(begin: (desk: WebhookDesk) => void): void {
  let desk: WebhookDesk;
  beforeEach(async () => {
    desk = await openWebhookDesk();
    begin(desk);
  });
  afterEach(() => desk.close());
}
