import { defaultHttpInstance, type HttpInstance } from '../sdk.ts';
import { type Answer, CallFault, isSuccess } from './call-fault.ts';
import { directHttp } from './direct-http.ts';

/** The longest answer that is read, in bytes. */
const LONGEST_ANSWER = 8 * 1024 * 1024;

/** What the system says where nobody was reached. */
const UNCONNECTED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

const isUnconnected = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && UNCONNECTED.has(thrown.code);

/** What a call for a file comes to where the file is longer than its `maxContentLength`; nothing more of it is read. */
export const TOO_LONG: unique symbol = Symbol('too long');

/** A file may take so many times as long as any other answer. */
const FILE_TIMES = 6;

/** A call that asks for bytes gets a file, or JSON that says why not. */
const isFile = ({ responseType }: { responseType?: string }): boolean => responseType === 'arraybuffer';

/** The client counts what comes, whatever length was announced. */
const isTooLong = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  'config' in thrown &&
  isFile(thrown.config as { responseType?: string }) &&
  thrown.message.startsWith('maxContentLength');

/** @throws CallFault when what came is an answer in words, or shorter than it says */
function fileIn({ status, headers, data }: Answer): Buffer {
  const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
  const announced = Number(headers['content-length'] ?? bytes.length);
  if (!String(headers['content-type']).startsWith('application/json')) {
    if (status >= 200 && status < 300 && announced === bytes.length) return bytes;
    throw new CallFault({ status: status < 300 ? 502 : status, headers, data: undefined });
  }
  throw new CallFault({ status, headers, data: inWords(bytes) });
}

function inWords(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * An HTTP client for the SDK with what its own lacks: a time limit on every call, no redirects, and the code of every answer
 * judged. It resolves with the body of a success; anything else rejects with a `CallFault`, which carries neither
 * request nor text, so that whoever logs it gives nothing away.
 * @param isProxied whether calls leave by a proxy, which only the SDK's client knows how to speak with
 */
export function openHttp(timeoutMs: number, isProxied = false): HttpInstance {
  const stock = stockHttp(timeoutMs);
  if (isProxied) return stock;
  const direct = directHttp(LONGEST_ANSWER);
  const ask = async (options: Options): Promise<unknown> => {
    const { method = 'GET', url = '', headers = {}, params = {}, data, signal } = options;
    const call = { method, url, headers, params, data, signal, limitMs: timeoutMs };
    const answer = await direct(call).catch(unanswered);
    return judged(answer, options);
  };
  // What the SDK makes of answers is not known to the types of any HTTP client.
  const request = (options: Options) => (isPlain(options) ? ask(options) : stock.request(options));
  const posts = (url: string, data?: unknown, options?: Options) =>
    request({ ...options, method: 'POST', url, data });
  return Object.assign(Object.create(stock), { request, post: posts });
}

type Options = Parameters<HttpInstance['request']>[0] & { signal?: AbortSignal; transformRequest?: unknown };

/** Neither a file that comes nor a form that goes: these are few, and the SDK's client knows how they are carried. */
const isPlain = (options: Options): boolean => !isFile(options) && options.transformRequest === undefined;

function unanswered(thrown: unknown): never {
  throw new CallFault(undefined, isUnconnected(thrown));
}

/** @throws CallFault where the answer is no success */
function judged(answer: Answer, options: object): unknown {
  if (!isSuccess(answer)) throw new CallFault(answer);
  const { data, headers } = answer;
  return '$return_headers' in options ? { data, headers } : data;
}

/** The SDK's own. */
function stockHttp(timeoutMs: number): HttpInstance {
  const http = defaultHttpInstance.create({
    maxRedirects: 0,
    maxContentLength: LONGEST_ANSWER,
    validateStatus: null,
  });
  http.interceptors.request.use((request) => {
    // The client's own `timeout` starts anew with every byte.
    const limit = AbortSignal.timeout(isFile(request) ? timeoutMs * FILE_TIMES : timeoutMs);
    const given = request.signal;
    request.signal = given instanceof AbortSignal ? AbortSignal.any([given, limit]) : limit;
    return request;
  });
  http.interceptors.response.use(
    (answer) => {
      const found: unknown = isFile(answer.config) ? fileIn(answer) : judged(answer, answer.config);
      return found as typeof answer;
    },
    (thrown: unknown) => {
      if (isTooLong(thrown)) return TOO_LONG;
      return unanswered(thrown);
    },
  );
  // The SDK means answers that are unwrapped already, which the types of its HTTP client cannot say.
  return http as unknown as HttpInstance;
}
