import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { type LarkApi, type LarkApiOptions, openLarkApi } from '../../bot/lark/calls/lark-api.ts';
import { LarkFailure } from '../../bot/lark/calls/lark-failure.ts';
import { defaultLimits } from '../../bot/lark/calls/limits.ts';

export interface Received {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

export type Reply =
  | 'hang'
  | 'cut'
  | 'drip'
  | { status?: number; headers?: Record<string, string>; body: unknown };

export const SECRET = 'a-secret-that-nobody-may-read';
export const TEXT = '示例：机密的一句话';
export const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal';
export const MESSAGES_PATH = '/open-apis/im/v1/messages';

const LOG_ID = '20260701000000ABCDEF';

/** A server that answers as the test says; tokens it gives itself unless the test answers for them. */
export async function openServer() {
  const received: Received[] = [];
  const platform = {
    received,
    /** What is asked but tokens. */
    calls: () => received.filter(({ path }) => path !== TOKEN_PATH),
    reply: (_received: Received): Reply | undefined => undefined,
    /** Answers the calls, but not those for a token, one after the other. */
    answer(...replies: Reply[]) {
      platform.reply = ({ path }) => (path === TOKEN_PATH ? undefined : replies.shift());
    },
  };
  let tokens = 0;
  const usual = ({ path }: Received): Reply => {
    if (path !== TOKEN_PATH) return ok({ message_id: `om_${received.length}` });
    tokens += 1;
    return { body: { code: 0, msg: 'ok', tenant_access_token: `t-token-${tokens}`, expire: 7200 } };
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://platform');
    const text = Buffer.concat(chunks).toString();
    const one: Received = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
    received.push(one);
    const reply = platform.reply(one) ?? usual(one);
    if (reply === 'cut') response.socket?.destroy();
    if (reply === 'drip') {
      const drops = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drops));
    }
    if (typeof reply === 'string') return;
    const { status = 200, headers = {}, body } = reply;
    response.writeHead(status, { 'content-type': 'application/json', 'x-tt-logid': LOG_ID, ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return Object.assign(platform, {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}

export const ok = (data: unknown): Reply => ({ body: { code: 0, msg: 'success', data } });

/** A refusal as the platform words it: its text quotes what it was sent. */
export const refusal = (code: number, status = 400, msg = `refused: ${TEXT}`): Reply => ({
  status,
  body: { code, msg, error: { log_id: LOG_ID } },
});

export async function failureOf(calling: Promise<unknown>): Promise<LarkFailure> {
  const fault = await calling.then(
    () => new Error('it was no failure'),
    (thrown: unknown) => thrown,
  );
  if (!(fault instanceof LarkFailure)) throw fault;
  return fault;
}

/** The API on that address, and all that it logs. */
export function openApi(
  baseUrl: string,
  options: Partial<LarkApiOptions> = {},
): { api: LarkApi; lines: string[] } {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
  const access = { appId: 'cli_0123456789abcdef', appSecret: SECRET, baseUrl };
  const api = openLarkApi(access, {
    limits: defaultLimits,
    timeoutMs: 5000,
    now: () => performance.now(),
    log,
    random: () => 0,
    ...options,
  });
  return { api, lines };
}

let uuids = 0;

/** A card to a person of its own. */
export const aCard = (urgent = false) => ({
  uuid: `row-${++uuids}`,
  to: { type: 'open_id' as const, id: `ou_${uuids}` },
  card: JSON.stringify({ schema: '2.0', body: TEXT }),
  urgent,
});
