import * as z from 'zod';
import type { WSClient } from '../sdk.ts';

type HttpInstance = NonNullable<ConstructorParameters<typeof WSClient>[0]['httpInstance']>;

/** How the last question for the address of the long connection ended. */
export type Discovery = 'found' | 'unreachable' | 'unusable' | 'busy' | { refused: number };

const BUSY = 1;
/** Makes the SDK stop asking. It has no meaning on the platform. */
const NOT_ASKED_AGAIN = -1;

const seconds = (fallback: number) => z.number().positive().catch(fallback);
const answerSchema = z.object({
  code: z.number().int(),
  data: z
    .object({
      URL: z.url(),
      // A time that is missing would be NaN to the SDK, and NaN milliseconds are none: it would ping without a pause.
      ClientConfig: z.object({
        PingInterval: seconds(120),
        ReconnectCount: z.number().int().catch(-1),
        ReconnectInterval: seconds(120),
        ReconnectNonce: z.number().nonnegative().catch(30),
      }),
    })
    .optional()
    .catch(undefined),
});

/**
 * What the SDK asks for the address of the long connection with. The SDK gives up on some refusals for ever and repeats
 * others for ever without a word. Here every failure is one at which it gives up, so that whoever supervises it decides.
 */
export function endpointDiscovery(options: {
  baseUrl: string;
  timeoutMs: number;
  stopped: AbortSignal;
  onAnswer(discovery: Discovery): void;
}): HttpInstance {
  // What comes over the connection is neither encrypted nor signed by itself.
  const protocol = options.baseUrl.startsWith('https:') ? 'wss:' : 'ws:';
  async function discover(url: string, body: unknown, headers: Record<string, string>) {
    const answer = await ask(
      url,
      body,
      headers,
      AbortSignal.any([options.stopped, AbortSignal.timeout(options.timeoutMs)]),
    );
    const { code, data } = answer ?? {};
    if (code === 0 && data && new URL(data.URL).protocol === protocol) {
      options.onAnswer('found');
      return { code, data };
    }
    options.onAnswer(failureOf(code));
    return { code: NOT_ASKED_AGAIN, msg: 'see the supervisor', data: {} };
  }
  return {
    // The SDK lets the caller name the type of what it asked for; there is nothing to prove it with.
    request: async ({ url, data, headers }) => (await discover(String(url), data, headers ?? {})) as never,
    get: nothingElse,
    delete: nothingElse,
    head: nothingElse,
    options: nothingElse,
    post: nothingElse,
    put: nothingElse,
    patch: nothingElse,
  };
}

function nothingElse(): never {
  throw new Error('Only the address of the long connection is asked for here');
}

function failureOf(code: number | undefined): Discovery {
  if (code === undefined) return 'unreachable';
  if (code === 0) return 'unusable';
  return code === BUSY ? 'busy' : { refused: code };
}

/** `undefined` where nothing came, or nothing that can be read. */
async function ask(url: string, body: unknown, headers: Record<string, string>, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // The secret is in the body and goes nowhere else.
      redirect: 'error',
      signal,
    });
    return answerSchema.safeParse(await response.json()).data;
  } catch {
    return undefined;
  }
}
