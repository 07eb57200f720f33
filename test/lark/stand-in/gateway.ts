import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Api, type ApiCall, ApiError, type ApiRequest, type Fault } from './api.ts';
import { newId } from './ids.ts';
import { isObject, type JsonObject, parsed } from './json.ts';
import { formIn, isMultipart, type SentForm } from './multipart.ts';
import { Rates } from './rates.ts';
import { demandScope } from './scopes.ts';
import type { Tokens } from './tokens.ts';

interface GatewayOptions {
  apis: readonly Api[];
  tokens: Tokens;
  scopes: ReadonlySet<string>;
  appId: string;
  limits: { readonly perSecond: number; readonly perMinute: number };
  now: () => number;
  /** How many of the latest calls. */
  remembers: number;
}

/** What stands before every API: faults as a test wants them, token, scope and rate; then the API itself. */
export class Gateway {
  onCall: (call: ApiCall) => Fault | undefined = () => undefined;
  readonly calls: ApiCall[] = [];
  readonly #options: GatewayOptions;
  readonly #routes: { api: Api; pattern: RegExp }[];
  readonly #rates = new Rates();
  readonly #closing = new AbortController();

  constructor(options: GatewayOptions) {
    this.#options = options;
    setMaxListeners(0, this.#closing.signal);
    this.#routes = options.apis.map((api) => ({ api, pattern: patternOf(api.path) }));
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    const { body, files } = await bodyIn(request);
    const [api, params] = this.#find(request.method ?? 'GET', url.pathname);
    const call: ApiCall = {
      method: request.method ?? 'GET',
      path: url.pathname,
      api: api?.path,
      query: Object.fromEntries(url.searchParams),
      body: isObject(body) ? body : {},
      at: this.#options.now(),
    };
    this.calls.push(call);
    const { remembers } = this.#options;
    if (this.calls.length > 2 * remembers) this.calls.splice(0, this.calls.length - remembers);
    const fault = this.onCall(call);
    if (fault === 'hang' || fault === 'cut') return abandon(call, response, fault);
    if (typeof fault === 'object' && 'status' in fault) return answer(call, response, fault.status, fault);

    let done: { status: number; body: unknown; headers?: Readonly<Record<string, string>> };
    try {
      if (!api) return answer(call, response, 404, { body: '404 page not found' });
      if (!isObject(body) || (files && !api.takesForm))
        throw new ApiError(9499, 'Bad Request: the body is no JSON object');
      this.#admit(api, request);
      const given = { params, query: url.searchParams, body, ...(files && { files }) };
      if (api.file && typeof fault !== 'object') {
        const file = api.file(given);
        return fault === 'lost'
          ? abandon(call, response, 'lost')
          : answer(call, response, 200, { body: file });
      }
      done = { status: 200, body: { code: 0, msg: 'success', ...(await this.#run(api, given, fault)) } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      done = { status: error.status, body: bodyOf(error), headers: error.headers };
    }
    if (fault === 'lost') return abandon(call, response, 'lost');
    answer(call, response, done.status, done);
  }

  /** Calls that were delayed are not answered any more. */
  close(): void {
    this.#closing.abort();
  }

  #find(method: string, path: string): [Api | undefined, Record<string, string>] {
    for (const { api, pattern } of this.#routes) {
      const found = api.method === method ? pattern.exec(path) : null;
      if (found) {
        const groups = Object.entries(found.groups ?? {});
        return [api, Object.fromEntries(groups.map(([name, value]) => [name, decodeURIComponent(value)]))];
      }
    }
    return [undefined, {}];
  }

  #admit(api: Api, request: IncomingMessage): void {
    if (api.open) return;
    this.#options.tokens.check(request.headers.authorization);
    if (api.scopes) demandScope(api.scopes, this.#options.scopes, this.#options.appId);
    const { perSecond, perMinute } = this.#options.limits;
    const waitMs = this.#rates.take(
      `${api.method} ${api.path}`,
      { most: perSecond, withinMs: 1000 },
      { most: perMinute, withinMs: 60_000 },
    );
    if (waitMs > 0) throw tooMany(waitMs, perSecond);
  }

  async #run(api: Api, request: ApiRequest, fault: Fault | undefined): Promise<JsonObject> {
    if (typeof fault !== 'object' || !('delayMs' in fault)) return api.handle(request);
    const release = api.hold?.(request);
    try {
      await wait(fault.delayMs, undefined, { signal: this.#closing.signal });
    } catch {
      throw new ApiError(2200, 'Internal Error', { status: 500 });
    } finally {
      release?.();
    }
    return api.handle(request);
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`);

/** @returns `body` undefined where it is neither JSON nor a form */
async function bodyIn(request: IncomingMessage): Promise<{ body: unknown; files?: SentForm['files'] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'];
  if (type === undefined || !isMultipart(type))
    return { body: raw.length === 0 ? {} : parsed(raw.toString()) };
  const form = await formIn(type, raw);
  return form ? { body: form.fields, files: form.files } : { body: undefined };
}

const tooMany = (waitMs: number, limit: number): ApiError =>
  new ApiError(99991400, 'request trigger frequency limit', {
    status: 429,
    headers: {
      'x-ogw-ratelimit-limit': String(limit),
      'x-ogw-ratelimit-reset': String(Math.ceil(waitMs / 1000)),
    },
  });

const bodyOf = ({ code, message, details }: ApiError): JsonObject => ({
  code,
  msg: message,
  error: { message, log_id: newId().toUpperCase(), ...details },
});

function abandon(call: ApiCall, response: ServerResponse, outcome: 'hang' | 'cut' | 'lost'): void {
  call.outcome = outcome;
  if (outcome !== 'hang') response.socket?.destroy();
}

function answer(
  call: ApiCall,
  response: ServerResponse,
  status: number,
  { body = {}, headers = {} }: { body?: unknown; headers?: Readonly<Record<string, string>> },
): void {
  call.outcome = 'answered';
  call.status = status;
  if (isObject(body) && typeof body.code === 'number') call.code = body.code;
  const type = Buffer.isBuffer(body)
    ? 'application/octet-stream'
    : typeof body === 'string'
      ? 'text/plain'
      : 'application/json';
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'x-tt-logid': newId(),
    date: new Date(call.at).toUTCString(),
    ...headers,
  });
  response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
