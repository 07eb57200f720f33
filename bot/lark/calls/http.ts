import { defaultHttpInstance, type HttpInstance } from '../sdk.ts';
import { type Answer, CallFault, isSuccess } from './call-fault.ts';
import { directHttp } from './direct-http.ts';

/** The longest answer that is read, in bytes. */
const LONGEST_ANSWER = 8 * 1024 * 1024;

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

/** Of what the SDK's client takes, what a call needs that carries JSON. */
export interface PlainRequest {
  method?: string;
  url?: string;
  params?: Readonly<Record<string, unknown>>;
  data?: unknown;
}

/** Neither a file that comes nor a form that goes: these are few, and the SDK's client knows how they are carried. */
export const isPlain = (request: { responseType?: string; transformRequest?: unknown }): boolean =>
  !isFile(request) && request.transformRequest === undefined;

/**
 * Makes plain calls past the SDK's client, judged as its are.
 * @param baseUrl such as https://open.feishu.cn
 * @returns what gives the body of a success and rejects with a `CallFault` else
 */
export function openDirectHttp(baseUrl: string, timeoutMs: number) {
  const direct = directHttp({ baseUrl, limitMs: timeoutMs, longest: LONGEST_ANSWER });
  return async (request: PlainRequest, token: string): Promise<unknown> => {
    const { method = 'GET', url: path = '', params, data } = request;
    return judged(await direct({ method, path, params, data, token }).catch(unanswered), request);
  };
}

function unanswered(thrown: unknown): never {
  throw new CallFault(undefined, thrown);
}

/** @throws CallFault where the answer is no success */
function judged(answer: Answer, options: object): unknown {
  if (!isSuccess(answer)) throw new CallFault(answer);
  const { data, headers } = answer;
  return '$return_headers' in options ? { data, headers } : data;
}

/**
 * An HTTP client for the SDK with what its own lacks: a time limit on every call, no redirects, and the code of every answer
 * judged. It resolves with the body of a success; anything else rejects with a `CallFault`, which carries neither
 * request nor text, so that whoever logs it gives nothing away.
 */
export function openHttp(timeoutMs: number): HttpInstance {
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
