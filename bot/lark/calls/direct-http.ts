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
  const { origin, pathname } = new URL(baseUrl);
  // A gateway in front may have the platform under a path of its own.
  const base = pathname.replace(/\/$/, '');
  // There is one limit, for all of a call.
  const agent = new Agent({ maxResponseSize: longest, headersTimeout: 0, bodyTimeout: 0 });
  return async ({ method, path, params, data, token }: DirectCall): Promise<Answer> => {
    // An abort signal for each call costs as much as the call.
    const given = new EventEmitter();
    const limit = setTimeout(() => given.emit('abort'), limitMs);
    try {
      const answer = await agent.request({
        origin,
        path: withParams(`${base}${path}`, params),
        method: method as Dispatcher.HttpMethod,
        headers: { ...HEADERS, authorization: `Bearer ${token}` },
        body: data === undefined ? null : JSON.stringify(data),
        signal: given,
      });
      const { statusCode: status, headers } = answer;
      return { status, headers, data: inWords(await answer.body.text()) };
    } finally {
      clearTimeout(limit);
    }
  };
}

const HEADERS = { accept: 'application/json', 'content-type': 'application/json; charset=utf-8' } as const;

function withParams(path: string, params: DirectCall['params'] = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== null) query.append(name, String(value));
  return query.size > 0 ? `${path}?${query}` : path;
}

function inWords(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
