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
  const { origin, prefix } = baseOf(baseUrl);
  const requestOf = ({ method, path, params, data, token }: DirectCall): Dispatcher.DispatchOptions => ({
    origin,
    path: `${prefix}${pathOf(path, params)}`,
    method: method.toUpperCase() as Dispatcher.HttpMethod,
    headers: { ...HEADERS, authorization: `Bearer ${token}` },
    body: data === undefined ? null : JSON.stringify(data),
  });
  return async (call: DirectCall): Promise<Answer> => {
    const request = requestOf(call);
    const answer = new Arriving();
    const limit = setTimeout(() => answer.giveUp(new Error(`No answer within ${limitMs} ms`)), limitMs);
    agent.dispatch(request, answer);
    return answer.whole.finally(() => clearTimeout(limit));
  };
}

/** An answer as it comes in: a stream and an abort signal for each would cost as much as the call. */
class Arriving implements Dispatcher.DispatchHandler {
  readonly whole: Promise<Answer>;
  readonly #came: (answer: Answer) => void;
  readonly #failed: (fault: Error) => void;
  readonly #parts: Buffer[] = [];
  #status = 0;
  #headers: Answer['headers'] = {};
  #call: Dispatcher.DispatchController | undefined;
  #givenUp: Error | undefined;

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.whole = promise;
    this.#came = resolve;
    this.#failed = reject;
  }

  /** Its connection ends with it; a call that waits for a connection is not made any more. */
  giveUp(why: Error): void {
    this.#givenUp = why;
    this.#call?.abort(why);
    this.#failed(why);
  }

  onRequestStart(call: Dispatcher.DispatchController): void {
    this.#call = call;
    if (this.#givenUp) call.abort(this.#givenUp);
  }

  onResponseStart(_call: unknown, status: number, headers: Answer['headers']): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_call: unknown, part: Buffer): void {
    this.#parts.push(part);
  }

  onResponseEnd(): void {
    const data = inWords(UTF8.decode(Buffer.concat(this.#parts)));
    this.#came({ status: this.#status, headers: this.#headers, data });
  }

  onResponseError(_call: unknown, fault: Error): void {
    this.#failed(fault);
  }
}

const UTF8 = new TextDecoder();

const HEADERS = {
  accept: 'application/json',
  'content-type': 'application/json; charset=utf-8',
  'user-agent': 'qinglian',
} as const;

/** A gateway in front may have the platform under a path of its own. */
function baseOf(baseUrl: string): { origin: string; prefix: string } {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, prefix: pathname.replace(/\/$/, '') };
}

function pathOf(path: string, params: DirectCall['params'] = {}): string {
  const { pathname, search, searchParams } = new URL(path, 'http://host');
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return `${pathname}${search}`;
  for (const [name, value] of given) searchParams.append(name, String(value));
  return `${pathname}?${searchParams}`;
}

function inWords(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
