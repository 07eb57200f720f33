import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openHttp } from '../../bot/lark/calls/http.ts';
import { sdkLog } from '../../bot/lark/calls/sdk-log.ts';
import { Client, DefaultCache, LoggerLevel } from '../../bot/lark/sdk.ts';
import { aCard, openApi, openServer, refusal, SECRET, TEXT, TOKEN_PATH } from './calls-server.ts';

const DEBUG = 20;
const WARN = 40;

let platform: Awaited<ReturnType<typeof openServer>>;

beforeAll(async () => {
  platform = await openServer();
});

afterAll(async () => {
  await platform.close();
});

beforeEach(() => {
  platform.reply = () => undefined;
});

const expectNothingTold = (lines: readonly string[]) => {
  expect(lines.length).toBeGreaterThan(0);
  const all = lines.join('');
  for (const kept of [SECRET, 't-token', 'Bearer', TEXT, JSON.stringify(TEXT).slice(1, -1), 'ou_', 'row-']) {
    expect(all).not.toContain(kept);
  }
};

describe('the log', () => {
  it('has one line for a failed call: API, code, status, time and log id', async () => {
    const { api, lines } = openApi(platform.url);
    await api.send(aCard());
    expect(lines).toEqual([]);
    platform.reply = () => refusal(230001);
    await expect(api.send(aCard())).rejects.toThrow('a parameter is wrong');
    const failed = lines.map((line) => JSON.parse(line)).filter(({ level }) => level !== DEBUG);
    expect(failed).toEqual([
      {
        level: WARN,
        time: expect.any(Number),
        pid: expect.any(Number),
        hostname: expect.any(String),
        api: 'im.message.create',
        code: 230001,
        status: 400,
        ms: expect.any(Number),
        logId: '20260701000000ABCDEF',
        msg: 'the platform refused a call',
      },
    ]);
  });

  it('tells neither secret nor token nor message, however a call fails', async () => {
    const { api, lines } = openApi(platform.url, { timeoutMs: 200 });
    for (const reply of [refusal(10014, 400, SECRET), refusal(10014, 200, SECRET), 'cut', 'hang'] as const) {
      platform.reply = ({ path }) => (path === TOKEN_PATH ? reply : undefined);
      await expect(api.warmUp()).rejects.toMatchObject({ lasting: false });
    }
    platform.reply = () => undefined;
    await api.warmUp();
    // What is done about the failures above ends with a success; a new API for those below.
    const other = openApi(platform.url, { timeoutMs: 200 });
    for (const reply of [refusal(230001), refusal(230001, 200), refusal(4711, 500), 'cut', 'hang'] as const) {
      platform.reply = ({ path }) => (path === TOKEN_PATH ? undefined : reply);
      await expect(other.api.send(aCard())).rejects.toMatchObject({ unreachable: false });
    }
    expectNothingTold([...lines, ...other.lines]);
    expect(other.lines.filter((line) => line.includes('refused a call'))).toHaveLength(5);
  });

  it('tells nothing of what the SDK says at its most talkative', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const client = new Client({
      appId: 'cli_0123456789abcdef',
      appSecret: SECRET,
      domain: platform.url,
      cache: new DefaultCache(),
      httpInstance: openHttp(200),
      logger: sdkLog(log),
      loggerLevel: LoggerLevel.trace,
    });
    const data = { receive_id: 'ou_1', msg_type: 'text', content: TEXT };
    const send = () => client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data });
    platform.reply = () => refusal(10014, 400, SECRET);
    await expect(send()).rejects.toThrow('code 10014');
    platform.reply = ({ path }) => (path === TOKEN_PATH ? undefined : refusal(230001));
    await expect(send()).rejects.toThrow('code 230001');
    sdkLog(log).error([{ message: TEXT, config: { data: SECRET } }, `Bearer t-token-1 ${TEXT}`]);
    expectNothingTold(lines);
    expect(lines.some((line) => line.includes('"code":230001'))).toBe(true);
  });
});
