import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bureau, lastFromBot, openBureau, readable } from '../harness.ts';
import { openForm, REPORT } from '../platform-contract/report-form.ts';
import { isChineseSentence, post } from './request.ts';

const STAFF = '林砚秋';

let bureau: Bureau;
let person: string;
beforeAll(async () => {
  bureau = await openBureau();
  person = bureau.idOf(STAFF);
});
afterAll(() => bureau.close());

const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  post(bureau.service.address, path, typeof body === 'string' ? body : JSON.stringify(body), headers);

describe('a request of the wrong kind', () => {
  it.each<[string, string, unknown, string]>([
    ['nothing', '/chat/api/say', '', '请求不是有效的 JSON。'],
    ['half a JSON', '/chat/api/say', '{"person":', '请求不是有效的 JSON。'],
    ['null', '/chat/api/say', null, '请求有误：请求：应为对象，收到的是空值'],
    ['a list', '/chat/api/say', [], '请求有误：请求：应为对象，收到的是列表'],
    [
      'a number for the text',
      '/chat/api/say',
      { person: 'x', text: 5 },
      '请求有误：text：应为文字，收到的是数字',
    ],
    ['no text', '/chat/api/say', { person: 'x' }, '请求有误：text：应为文字，没有填写'],
    [
      'an object for the person',
      '/chat/api/say',
      { person: {}, text: '' },
      '请求有误：person：应为文字，收到的是对象',
    ],
    [
      'a list for a form',
      '/chat/api/act',
      { person: 'x', messageId: 'x', action: 'x', form: [] },
      '请求有误：form：应为对象，收到的是列表',
    ],
    [
      'a number in a form',
      '/chat/api/act',
      { person: 'x', messageId: 'x', action: 'x', form: { content: 5 } },
      '请求有误：form.content：应为文字、true 或 false、文字的列表，或空值',
    ],
    [
      'a time that is none',
      '/chat/api/clock',
      { to: '明天' },
      '请求有误：to：应为带时区的时刻，如 2026-11-23T09:30:00+08:00',
    ],
    [
      'somebody unknown',
      '/chat/api/say',
      { person: '__proto__', text: '' },
      '没有编号为「__proto__」的人员。',
    ],
    ['a clock that goes back', '/chat/api/clock', { to: '2020-01-01T00:00:00Z' }, '时钟只能向前拨'],
    ['a clock that leaps', '/chat/api/clock', { to: '2999-01-01T00:00:00Z' }, '一次最多拨快 800 天。'],
  ])('%s', async (_what, path, body, message) => {
    const answer = await send(path, body);
    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(message) });
    expect(answer.message).toSatisfy(isChineseSentence);
  });

  it('a body that does not say that it is JSON, as a page elsewhere could send it', async () => {
    const answer = await send('/chat/api/say', { person, text: '帮助' }, { 'content-type': 'text/plain' });
    expect(answer).toEqual({ status: 400, code: 'invalid-input', message: '请求应为 application/json。' });
  });

  it('a place in the order of messages that is no number', async () => {
    const answer = await bureau.get(`/chat/api/messages?person=${person}&after=abc`);
    expect(answer).toEqual({ error: { code: 'invalid-input', message: 'after 应为整数。' } });
  });

  it('bytes that are no UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from(`{"person":"${person}","text":"`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    expect(await post(bureau.service.address, '/chat/api/say', body)).toMatchObject({ status: 200 });
    await bureau.service.idle();
    expect(readable(lastFromBot(await bureau.read(STAFF)).content)).toContain('没有听懂');
  });
});

describe('a request that is too large', () => {
  it('is answered 413 with a Chinese sentence, and the next one is served', async () => {
    const text = 'x'.repeat(5_000_000);
    for (let turn = 0; turn < 3; turn++) {
      const answer = await bureau.post('/chat/api/say', { person, text });
      expect(answer).toEqual({
        status: 413,
        body: { error: { code: 'too-long', message: '请求超过 4MB，未处理。' } },
      });
      expect(readable(lastFromBot(await bureau.say(STAFF, '我的整改')).content)).toContain('我的整改');
    }
  });

  it('is answered 413 too when it does not say how large it will be', async () => {
    const answer = await send(
      '/chat/api/say',
      { person, text: 'x'.repeat(5_000_000) },
      { 'transfer-encoding': 'chunked' },
    );
    expect(answer).toEqual({ status: 413, code: 'too-long', message: '请求超过 4MB，未处理。' });
  });

  it('in its depth is refused like any other that is wrong', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const answer = await send(
      '/chat/api/act',
      `{"person":"${person}","messageId":"x","action":"x","form":{"content":${deep}}}`,
    );
    expect(answer).toMatchObject({ status: 400, code: 'invalid-input' });
    expect(answer.message).toSatisfy(isChineseSentence);
  });
});

describe('names that every object has', () => {
  it('in a request change nothing that others use', async () => {
    const form = await openForm(bureau, STAFF, '我要报告');
    const values = JSON.stringify(REPORT).slice(1, -1);
    const body = `{"person":"${person}","messageId":"${form.messageId}","action":"${form.submit}",
      "__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},
      "form":{${values},"__proto__":"x","constructor":"x","toString":"x","hasOwnProperty":"x"}}`;
    expect(await send('/chat/api/act', body)).toMatchObject({ status: 200 });
    await bureau.service.idle();
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(readable(lastFromBot(await bureau.say(STAFF, '我的报告')).content)).toContain('我的报告（1 项）');
  });

  it.each(['__proto__', 'constructor', 'toString'])('as what a form is filled with: %s', async (name) => {
    const form = await openForm(bureau, STAFF, '我要报告');
    const answer = await bureau.act(STAFF, form.messageId, form.submit, {
      ...REPORT,
      channel: name,
      stage: name,
    });
    expect(answer.toast).toBe(
      '有 2 项需要修改：「方式」请从列出的选项中选择一项；「涉及环节」请从列出的选项中选择一项。',
    );
  });
});

describe('a request from elsewhere', () => {
  const body = { person: 'x', text: '帮助' };

  it.each([
    'evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'localhost.evil.example',
  ])('that came under a foreign name is not served: %s', async (host) => {
    expect(await send('/chat/api/say', body, { host })).toEqual({
      status: 403,
      code: 'not-local',
      message: '本地聊天只供本机使用。',
    });
  });

  it.each([
    'http://evil.example',
    'https://127.0.0.1',
    'null',
    'http://localhost:1',
  ])('that a foreign page sent is not served: %s', async (origin) => {
    expect(await send('/chat/api/say', body, { origin })).toEqual({
      status: 403,
      code: 'not-local',
      message: '本地聊天不接受其他网站的请求。',
    });
  });

  it('is told nothing of the people either', async () => {
    const response = await fetch(`${bureau.service.address}/chat/api/people`, {
      headers: { origin: 'http://evil.example' },
    });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain(STAFF);
  });

  it('that this house’s own page sent is served', async () => {
    const answer = await send('/chat/api/say', { person, text: '帮助' }, { origin: bureau.service.address });
    expect(answer).toMatchObject({ status: 200 });
  });
});
