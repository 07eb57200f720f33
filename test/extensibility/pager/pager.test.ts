import { pino } from 'pino';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { ChatPlatform, EndpointRequest, Inbound } from '../../../bot/platform.ts';
import { text } from '../../../ledger/message.ts';
import { openStore } from '../../../open-store.ts';
import type { Bureau } from '../../bureau.ts';
import { type PagerCompany, pagerSetting } from './pager.ts';
import { openPagerBureau } from './pager-bureau.ts';

const SECRET = 'another-example-secret';
const AT = new Date('2026-11-23T01:00:00.000Z');

let became: Awaited<ReturnType<PagerCompany['page']>>;
let given: string[];
let platform: ChatPlatform;
let bureau: Bureau | undefined;

beforeEach(async () => {
  bureau ??= await openPagerBureau();
  [became, given] = ['shown', []];
  const page: PagerCompany['page'] = async (id, pager, words) => {
    given.push(`${id} ${pager} ${words}`);
    return became;
  };
  const store = await openStore(bureau.environment, []);
  const opened = await pagerSetting({ page }, SECRET)(
    bureau.environment,
    store,
    () => AT,
    pino({ level: 'silent' }),
  );
  await store.database.close();
  if (!opened) throw new Error('It was not opened');
  platform = opened;
});
afterAll(() => bureau?.close());

const MESSAGE = {
  ...{ id: 'outbox-1', isAnswer: true, content: text('您好') },
  address: { platform: 'pager', externalId: '101', isGroup: false },
} as const;

it('gives the company the same id for the same message, however often it is sent', async () => {
  for (const _ of ['once', 'again']) expect(await platform.send(MESSAGE)).toEqual({ messageId: 'outbox-1' });
  expect(given).toEqual(Array(2).fill('outbox-1/0 101 您好'));
});

it('says of a company that is busy how long it is to be left alone', async () => {
  became = 'busy';
  await expect(platform.send(MESSAGE)).rejects.toMatchObject({ lasting: false, waitMs: 5000 });
});

it('says of a pager that there is none that nothing reaches it, and nothing of what was to be sent', async () => {
  became = 'no-such-pager';
  const failure = await platform.send(MESSAGE).catch((fault: unknown) => fault);
  expect(failure).toMatchObject({ lasting: true, unreachable: true, uncertain: false });
  expect(String(failure)).not.toContain('您好');
});

async function call(body: string, secret?: string) {
  const [endpoint] = platform.endpoints;
  const headers = secret === undefined ? {} : { 'x-pager-secret': secret };
  const request: EndpointRequest = { query: new URLSearchParams(), headers, body: Buffer.from(body) };
  return (await endpoint?.refuses?.(request)) ?? endpoint?.handle(request);
}

it('lets in only who knows the secret, and only what is a call', async () => {
  const heard: Inbound[] = [];
  expect(await call('{}', SECRET)).toMatchObject({ status: 503 });
  await platform.start({
    message: async (inbound) => void heard.push(inbound),
    action: async () => ({}),
    recorded: () => undefined,
  });
  const body = JSON.stringify({ id: 'c-1', pager: '101', text: '帮助' });
  for (const wrong of [undefined, '', 'x', `${SECRET}x`])
    expect(await call(body, wrong)).toMatchObject({ status: 401 });
  for (const wrong of ['', 'null', '[]', '{"id":1}', '{"id":"c-1","pager":"101"}'])
    expect(await call(wrong, SECRET)).toMatchObject({ status: 400 });
  expect(heard).toEqual([]);
  expect(await call(body, SECRET)).toMatchObject({ status: 200 });
  expect(heard).toEqual([
    { kind: 'message', key: 'pager:c-1', platform: 'pager', account: '101', text: '帮助', at: AT },
  ]);
});

it('is asked whether it is ready', async () => {
  expect(platform.ready()).toBe(false);
  expect(await bureau?.get('/readyz')).toMatchObject({
    ready: true,
    platforms: { pager: true, local: true },
  });
});
