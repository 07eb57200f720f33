import { EventEmitter } from 'node:events';
import { Agent, type Dispatcher } from 'undici';
import type { Answer } from './call-fault.ts';

/** A call that carries JSON, or nothing. */
export interface DirectCall {
  method: string;
  /** From `/open-apis/` on. */
  path: string;
  params?: Readonly<Record<string, unknown>> | undefined;
  data?: unknown;
  token: string;
}

export interface DirectHttpOptions {
  /** Such as https://open.feishu.cn. */
  baseUrl: string;
  /** After which a call is given up, whatever came of it. */
  limitMs: number;
  /** The longest answer that is read, in bytes. */
  longest: number;
}

/**
 * Calls over connections that stay open, past the SDK's client: that takes as much time for a call as the rest of a message takes
 * in all. No redirect is followed.
 * @returns the platform's answer, whatever its status; `data` is what its JSON says, or its text where it is none
 */
export function directHttp({ baseUrl, limitMs, longest }: DirectHttpOptions) {
  const agent = new Agent({
    maxResponseSize: longest,
    // There is one limit, for all of a call; a dead connection of HTTP/2 would be found out by the limits of its streams alone.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    // Where nobody was reached by then, the call was not made, and it is known that it was not.
    connect: { timeout: limitMs / 2 },
  });
  const ask = async ({ method, path, params, data, token }: DirectCall, given: EventEmitter) => {
    const address = addressOf(baseUrl, path, params);
    const answer = await agent.request({
      origin: address.origin,
      path: `${address.pathname}${address.search}`,
      method: method.toUpperCase() as Dispatcher.HttpMethod,
      headers: { ...HEADERS, authorization: `Bearer ${token}` },
      body: data === undefined ? null : JSON.stringify(data),
      signal: given,
    });
    const { statusCode: status, headers } = answer;
    return { status, headers, data: inWords(await answer.body.text()) };
  };
  return async (call: DirectCall): Promise<Answer> => {
    // An abort signal for each call costs as much as the call.
    const given = new EventEmitter();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const limit = setTimeout(() => {
      given.emit('abort');
      reject(new Error(`No answer within ${limitMs} ms`));
    }, limitMs);
    try {
      return await Promise.race([ask(call, given), late]);
    } finally {
      clearTimeout(limit);
    }
  };
}

const HEADERS = {
  accept: 'application/json',
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'qinglian',
} as const;

/** A gateway in front may have the platform under a path of its own. */
function addressOf(baseUrl: string, path: string, params: DirectCall['params'] = {}): URL {
  const address = new URL(`${baseUrl.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== null) address.searchParams.append(name, String(value));
  return address;
}

function inWords(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
