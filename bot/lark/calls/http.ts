import { defaultHttpInstance, type HttpInstance } from '../sdk.ts';
import { type Answer, CallFault, isSuccess } from './call-fault.ts';

/** The longest answer that is read, in bytes. */
const LONGEST_ANSWER = 8 * 1024 * 1024;

/** What the system says where nobody was reached. */
const UNCONNECTED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

const isUnconnected = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && UNCONNECTED.has(thrown.code);

/**
 * The SDK's HTTP client with what it lacks: a time limit on every call, no redirects, and the code of every answer
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
    request.signal = AbortSignal.timeout(timeoutMs);
    return request;
  });
  http.interceptors.response.use(
    (answer) => {
      const { data, headers } = answer;
      if (!isSuccess(answer satisfies Answer)) throw new CallFault(answer);
      return '$return_headers' in answer.config ? { data, headers } : data;
    },
    (thrown: unknown) => {
      throw new CallFault(undefined, isUnconnected(thrown));
    },
  );
  // The SDK means answers that are unwrapped already, which the types of its HTTP client cannot say.
  return http as unknown as HttpInstance;
}
