import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';
import {
  aCard,
  failureOf,
  MESSAGES_PATH,
  ok,
  openApi,
  openServer,
  type Reply,
  refusal,
  TOKEN_PATH,
} from './calls-server.ts';

let platform: Awaited<ReturnType<typeof openServer>>;

beforeEach(async () => {
  platform = await openServer();
});

afterEach(() => platform.close());

describe('a call', () => {
  it('sends a card with its uuid to a person and to a group, and says what the message is called', async () => {
    const { api } = openApi(platform.url);
    const card = aCard();
    expect(await api.send(card)).toEqual({ messageId: 'om_2' });
    await api.send({ ...card, to: { type: 'chat_id', id: 'oc_1' } });
    const [first, second] = platform.calls();
    expect(first).toMatchObject({
      method: 'POST',
      path: MESSAGES_PATH,
      query: { receive_id_type: 'open_id' },
      body: { receive_id: card.to.id, msg_type: 'interactive', content: card.card, uuid: card.uuid },
    });
    expect(first?.headers.authorization).toBe('Bearer t-token-1');
    expect(second).toMatchObject({ query: { receive_id_type: 'chat_id' }, body: { receive_id: 'oc_1' } });
  });

  it('replaces a card', async () => {
    const { api } = openApi(platform.url);
    expect(await api.patch({ messageId: 'om_a/b', card: '{}' })).toBe('updated');
    expect(platform.calls()[0]).toMatchObject({
      method: 'PATCH',
      path: `${MESSAGES_PATH}/om_a%2Fb`,
      body: { content: '{}' },
    });
  });

  it('asks anything else and gives the data', async () => {
    const { api } = openApi(platform.url);
    platform.answer(ok({ items: [1], has_more: false }));
    const path = '/open-apis/contact/v3/users/find_by_department';
    const params = { department_id: '0', page_size: 50, fetch_child: true };
    expect(await api.request({ api: 'contact.find', method: 'GET', path, params })).toEqual({
      items: [1],
      has_more: false,
    });
    expect(platform.calls()[0]).toMatchObject({
      method: 'GET',
      path,
      query: { department_id: '0', page_size: '50', fetch_child: 'true' },
      body: {},
    });
  });

  it('gives the whole answer where it has no data', async () => {
    const { api } = openApi(platform.url);
    platform.answer({ body: { code: 0, msg: 'ok', bot: { open_id: 'ou_bot' } } });
    const path = '/open-apis/bot/v3/info';
    const answer = await api.request({ api: 'bot.info', method: 'GET', path });
    expect(answer).toMatchObject({ bot: { open_id: 'ou_bot' } });
  });

  it('fetches one token for twenty first calls, and none for the calls after a warm-up', async () => {
    const { api } = openApi(platform.url);
    await Promise.all(Array.from({ length: 20 }, () => api.send(aCard())));
    expect(platform.received.filter(({ path }) => path === TOKEN_PATH)).toHaveLength(1);
    const other = openApi(platform.url).api;
    await other.warmUp();
    const before = platform.received.length;
    await other.send(aCard());
    expect(platform.received.slice(before).map(({ path }) => path)).toEqual([MESSAGES_PATH]);
  });

  it.each([
    99991661, 99991663, 99991671,
  ])('fetches a new token and calls once more, at once, after code %i', async (code) => {
    const { api } = openApi(platform.url);
    await api.warmUp();
    platform.reply = ({ path, headers }) =>
      path !== TOKEN_PATH && headers.authorization === 'Bearer t-token-1' ? refusal(code, 400) : undefined;
    await Promise.all(Array.from({ length: 10 }, () => api.send(aCard())));
    expect(platform.received.filter(({ path }) => path === TOKEN_PATH)).toHaveLength(2);
    expect(platform.calls()).toHaveLength(20);
  });

  it('is made again with a new token before those that wait', async () => {
    const { api } = openApi(platform.url, { limits: { ...defaultLimits, perSecond: 2 } });
    platform.answer(refusal(99991663));
    const cards = [aCard(), aCard(), aCard(), aCard()];
    await Promise.all(cards.map((card) => api.send(card)));
    const sent = platform.calls().map(({ body }) => cards.findIndex(({ uuid }) => uuid === body.uuid));
    expect(sent.slice(0, 2).toSorted()).toEqual([0, 1]);
    expect(sent.slice(2).indexOf(sent[0] ?? -1)).toBeLessThan(2);
    expect(sent).toHaveLength(5);
  });

  it('gives up for now when a new token is refused too', async () => {
    const { api } = openApi(platform.url);
    platform.answer(refusal(99991663), refusal(99991663));
    const failure = await failureOf(api.send(aCard()));
    expect([failure.lasting, failure.waitMs, failure.code]).toEqual([false, undefined, 99991663]);
    expect(platform.calls()).toHaveLength(2);
  });

  it.each<[string, Reply, number]>([
    ['a cut connection', 'cut', 0],
    ['no answer in time', 'hang', 0],
    ['HTTP 500 without a code', { status: 500, body: '<html>' }, 0],
    ['HTTP 502 with an unknown code', refusal(4711, 502), 4711],
    ['a page of a proxy with HTTP 200', { body: '<html>' }, 0],
    ['a page of a proxy with HTTP 403', { status: 403, body: '<html>' }, 0],
    ['a way to somewhere else', { status: 302, headers: { location: '/elsewhere' }, body: '' }, 0],
    ['a success without a message id', ok({}), 0],
  ])('takes %s as a failure that passes', async (_what, reply, code) => {
    const { api } = openApi(platform.url, { timeoutMs: 150 });
    platform.answer(reply);
    const failure = await failureOf(api.send(aCard()));
    expect(failure).toMatchObject({ lasting: false, waitMs: undefined, code, unreachable: false });
    expect(api.problem()).toBeUndefined();
    expect(platform.calls()).toHaveLength(1);
  });

  it('ends in time although the answer drips in', async () => {
    const { api } = openApi(platform.url, { timeoutMs: 200 });
    platform.answer('drip');
    const startedAt = performance.now();
    await failureOf(api.send(aCard()));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
