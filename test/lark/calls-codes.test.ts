import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODES } from '../../bot/lark/calls/codes.ts';
import { LarkFailure } from '../../bot/lark/calls/lark-failure.ts';
import { aCard, openApi, openServer, type Reply, refusal, TEXT, TOKEN_PATH } from './calls-server.ts';

let platform: Awaited<ReturnType<typeof openServer>>;

beforeAll(async () => {
  platform = await openServer();
});

afterAll(async () => {
  await platform.close();
});

/** What a message that is refused so ends as. */
async function refusedWith(reply: Reply) {
  const { api } = openApi(platform.url);
  platform.reply = ({ path }) => (path === TOKEN_PATH ? undefined : reply);
  const thrown = await api.send(aCard()).catch((fault: unknown) => fault);
  if (!(thrown instanceof LarkFailure)) throw thrown;
  expect(thrown.message).not.toContain(TEXT);
  return { failure: thrown, problem: api.problem() };
}

const PASSING = [1000004, 2200];
const UNREACHABLE = [230013, 230029, 230053];
const NOTHING_TO_BE_DONE = [
  99992402, 230001, 99992351, 99992354, 230034, 230002, 232009, 230018, 230035, 230027, 230038, 230050,
  230054, 230075, 230011, 230110, 231003, 230031, 230025, 200860, 230022, 230028, 230017, 230055, 234006,
  234010, 234011, 234039, 230009, 230026, 230071, 230072, 41050, 41012, 300030, 300040,
];

describe('a refused message', () => {
  it.each(PASSING)('is tried again after code %i', async (code) => {
    const { failure, problem } = await refusedWith(refusal(code));
    expect(failure).toMatchObject({ lasting: false, waitMs: undefined, code });
    expect(problem).toBeUndefined();
  });

  it.each(UNREACHABLE)('ends with code %i, and the person counts as unreachable', async (code) => {
    const { failure, problem } = await refusedWith(refusal(code));
    expect(failure).toMatchObject({ lasting: true, unreachable: true, code });
    expect(problem).toBeUndefined();
  });

  it.each(NOTHING_TO_BE_DONE)('ends with code %i', async (code) => {
    const { failure, problem } = await refusedWith(refusal(code));
    expect(failure).toMatchObject({ lasting: true, unreachable: false, waitMs: undefined, code });
    expect(failure.message).toMatch(
      /^[\x20-\x7e]+; im\.message\.create: code \d+, HTTP status 400, log id \w+$/,
    );
    expect(problem).toBeUndefined();
  });

  it('ends with a code that came with HTTP 200', async () => {
    const { failure } = await refusedWith(refusal(230001, 200));
    expect(failure).toMatchObject({ lasting: true, code: 230001 });
  });

  it.each([
    400, 403, 404, 200,
  ])('ends with an unknown code and HTTP %i, and somebody is to hear of it', async (status) => {
    const { failure, problem } = await refusedWith(refusal(4711, status));
    expect(failure).toMatchObject({ lasting: true, unreachable: false, code: 4711 });
    expect(problem).toContain('an unknown code; im.message.create: code 4711');
  });

  it('ends where a scope is missing, and the problem names the scopes and nothing else of the text', async () => {
    const text = `Access denied. One of the following scopes is required: [im:message, im:message:send_as_bot].${TEXT}https://open.feishu.cn/app?q=im:message`;
    const { failure, problem } = await refusedWith(refusal(99991672, 400, text));
    expect(failure).toMatchObject({ lasting: true, code: 99991672 });
    expect(problem).toContain('the app lacks a scope (one of im:message, im:message:send_as_bot);');
    expect(problem).not.toContain('http:');
    expect(problem).not.toContain(TEXT);
  });

  it.each([
    100290, 200570, 200621, 200861, 200914, 200915, 200550, 11310, 999,
  ])('ends with code %i of the card service', async (cardCode) => {
    const text = `Failed to create card content, ext=ErrCode: ${cardCode}; ErrMsg: something; ErrorValue: ${TEXT}`;
    const { failure } = await refusedWith(refusal(230099, 400, text));
    expect(failure).toMatchObject({ lasting: true, waitMs: undefined, code: 230099 });
    expect(failure.message).not.toContain('something');
  });

  it('has a treatment for every code that the tests name', () => {
    for (const code of [...PASSING, ...UNREACHABLE, ...NOTHING_TO_BE_DONE])
      expect(CODES).toHaveProperty(String(code));
  });
});

describe('a refused update', () => {
  const updatedWith = (reply: Reply) => {
    platform.reply = ({ path }) => (path === TOKEN_PATH ? undefined : reply);
    return openApi(platform.url).api.patch({ messageId: 'om_1', card: '{}' });
  };

  it.each([
    [230031, 'too-old'],
    [230011, 'gone'],
    [230110, 'gone'],
    [231003, 'gone'],
  ])('after code %i is no failure but %s', async (code, outcome) => {
    expect(await updatedWith(refusal(code))).toBe(outcome);
  });

  it('is a lasting failure otherwise', async () => {
    await expect(updatedWith(refusal(230001))).rejects.toMatchObject({ lasting: true });
  });
});

describe('a problem', () => {
  it('is forgotten once a call of that kind is a success, and not by one of another kind', async () => {
    const { api } = openApi(platform.url);
    platform.reply = ({ path }) => (path === TOKEN_PATH ? undefined : refusal(99991672, 400, '[im:message]'));
    await expect(api.send(aCard())).rejects.toMatchObject({ lasting: true });
    platform.reply = () => undefined;
    await api.request({ api: 'contact.find', method: 'GET', path: '/open-apis/contact/v3/departments' });
    expect(api.problem()).toContain('im:message');
    await api.send(aCard());
    expect(api.problem()).toBeUndefined();
  });
});
