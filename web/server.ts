import { createServer, type IncomingMessage, type Server } from 'node:http';
import { finished } from 'node:stream/promises';
import Router from '@koa/router';
import Koa from 'koa';
import type { Logger } from 'pino';
import rawBody from 'raw-body';
import type { Endpoint, EndpointReply } from '../bot/platform.ts';

/** The largest request that is read; a message of 100,000 characters fits many times. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A body of which nothing more came for so long is given up: who lost his connection can begin anew. */
const STILL_MS = 15_000;

/** Koa with the given endpoints; each gets its request as it came. @param stillMs after which a body is given up */
export function webServer(endpoints: readonly Endpoint[], log: Logger, stillMs = STILL_MS): Server {
  const app = new Koa();
  // Whoever hangs up in the middle of a request is no fault of ours.
  app.on('error', (fault: Error) => log.debug({ err: fault }, 'a connection broke'));
  const router = new Router();
  for (const endpoint of endpoints) {
    router.register(endpoint.path, [endpoint.method], (ctx: Koa.Context) => serve(ctx, endpoint, stillMs));
  }
  app.use(faultsAnswered(log)).use(router.routes()).use(router.allowedMethods());
  return createServer(app.callback());
}

async function serve(ctx: Koa.Context, endpoint: Endpoint, stillMs: number): Promise<void> {
  const { method, path, maxBytes = MAX_BYTES, tooLarge, refuses, handle, ended } = endpoint;
  // An address itself can be a secret: what a log names is the pattern.
  ctx.state.place = path;
  const request = { params: ctx.params, query: ctx.URL.searchParams, headers: ctx.headers };
  const refusal = await refuses?.(request);
  if (refusal) {
    answer(ctx, refusal);
    if (method === 'POST') await dropBody(ctx);
    return;
  }
  try {
    const body = method === 'POST' ? await readBody(ctx, { maxBytes, stillMs, tooLarge }) : Buffer.alloc(0);
    if (body) answer(ctx, await handle({ ...request, body }));
  } finally {
    ended?.(request);
  }
}

function answer(ctx: Koa.Context, reply: EndpointReply): void {
  ctx.status = reply.status;
  ctx.type = reply.type;
  for (const [name, value] of Object.entries(reply.headers ?? {})) ctx.set(name, value);
  ctx.body = reply.body;
}

/** A fault is logged, and answered with a fixed line that gives nothing away. */
const faultsAnswered =
  (log: Logger): Koa.Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (fault) {
      log.error({ err: fault, path: ctx.state.place }, 'a request met a fault');
      ctx.status = 500;
      ctx.body = { error: { code: 'fault', message: '服务出现故障，请稍后再试。' } };
    }
  };

/** The body as it came; one that is too large is answered here. */
async function readBody(
  ctx: Koa.Context,
  {
    maxBytes: limit,
    stillMs,
    tooLarge: inWords,
  }: { maxBytes: number; stillMs: number; tooLarge: EndpointReply | undefined },
): Promise<Buffer | undefined> {
  ctx.req.setTimeout(stillMs, () => ctx.req.destroy());
  try {
    return await rawBody(ctx.req, { limit });
  } catch (fault) {
    const tooLarge = fault instanceof Error && 'type' in fault && fault.type === 'entity.too.large';
    ctx.status = tooLarge ? 413 : 400;
    ctx.body = {
      error: tooLarge
        ? { code: 'too-long', message: `请求超过 ${limit / 1024 / 1024}MB，未处理。` }
        : { code: 'invalid-input', message: '请求没有收完，未处理。' },
    };
    if (tooLarge && inWords) answer(ctx, inWords);
    await dropBody(ctx);
    return undefined;
  } finally {
    ctx.req.setTimeout(0);
  }
}

async function dropBody(ctx: Koa.Context): Promise<void> {
  ctx.set('connection', 'close');
  await readAway(ctx.req);
}

const READ_AWAY_MS = 5000;

/** Takes in what is still coming and drops it: a connection that is closed before loses the answer. */
const readAway = (request: IncomingMessage): Promise<void> =>
  finished(request.resume(), { signal: AbortSignal.timeout(READ_AWAY_MS) }).catch(() => undefined);

/** Listens. @returns the address people open */
export function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address ? address.port : port;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}

/** Takes no more requests and resolves when those under way are answered. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
