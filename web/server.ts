import { createServer, type Server } from 'node:http';
import Router from '@koa/router';
import Koa from 'koa';
import type { Logger } from 'pino';
import type { Endpoint } from '../bot/platform.ts';
import type { Rules } from '../ledger/store.ts';
import { dropBody, readBody } from './body.ts';
import { answer, faultsAnswered, identified, limitedBySource, type Request } from './limits/answered.ts';
import { limitConnections } from './limits/connections.ts';
import { Reading } from './limits/reading.ts';
import { proxiesAt } from './limits/source.ts';
import { tooBusy } from './limits/wait-answer.ts';

/** The largest request that is read; a message of 100,000 characters fits many times. */
const MAX_BYTES = 4 * 1024 * 1024;

/** How long is waited for a client, in milliseconds. */
export interface Patience {
  /** For the next piece of a body. */
  stillMs: number;
  /** For the head of a request, and for all of it: 200 MB over a slow line take minutes. */
  headMs: number;
  wholeMs: number;
  /** For the next request on an open connection: longer than proxies keep theirs, or they would write into a closed one. */
  nextMs: number;
  /** For anything at all, such as a client that does not read its answer. */
  idleMs: number;
  /** How often it is looked at. */
  checkMs: number;
}

const PATIENCE: Patience = {
  stillMs: 15_000,
  headMs: 10_000,
  wholeMs: 300_000,
  nextMs: 75_000,
  idleMs: 120_000,
  checkMs: 2000,
};

export interface ServerOptions {
  patience?: Partial<Patience>;
  /** What one address may take; absent: as much as it likes. */
  limits?: Rules['limits'];
  /** Proxies in front that say whose requests they bring, as `TRUST_PROXY` lists them. */
  trustedProxies?: readonly string[];
}

/** Koa with the given endpoints; each gets its request as it came. */
export function webServer(
  endpoints: readonly Endpoint[],
  log: Logger,
  { limits, trustedProxies = [], ...given }: ServerOptions = {},
): Server {
  const patience = { ...PATIENCE, ...given.patience };
  const proxies = proxiesAt(trustedProxies);
  const app = new Koa();
  // Whoever hangs up in the middle of a request is no fault of ours.
  app.on('error', (fault: Error) => log.debug({ err: fault }, 'a connection broke'));
  const means: Means = { patience, ...(limits && { reading: new Reading(limits) }) };
  const router = new Router();
  for (const endpoint of endpoints) {
    router.register(endpoint.path, [endpoint.method], (ctx: Request) => serve(ctx, endpoint, means));
  }
  const byAddress = new Map(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
  const endpointAt = ({ method, path }: Request) => byAddress.get(`${method} ${path}`);
  app.use(identified(log)).use(faultsAnswered(log));
  if (limits) app.use(limitedBySource(limits, { proxies, log, endpointAt, drop: dropBody }));
  // Pushes come to such an address, in crowds; what differs from it in a sign is the router's.
  const asWritten = new Map([...byAddress].filter(([address]) => !address.includes(':')));
  app.use((ctx: Request, next) => {
    const endpoint = asWritten.get(`${ctx.method} ${ctx.path}`);
    return endpoint ? serve(ctx, endpoint, means) : next();
  });
  app.use(router.routes()).use(router.allowedMethods());
  const server = createServer(timeouts(patience), app.callback());
  server.timeout = patience.idleMs;
  if (limits) limitConnections(server, limits, { proxies, log });
  return server;
}

const timeouts = ({ headMs, wholeMs, nextMs, checkMs }: Patience) => ({
  headersTimeout: headMs,
  requestTimeout: wholeMs,
  keepAliveTimeout: nextMs,
  connectionsCheckingInterval: checkMs,
});

interface Means {
  patience: Patience;
  reading?: Reading;
}

async function serve(ctx: Request, endpoint: Endpoint, { patience, reading }: Means): Promise<void> {
  const { method, path, maxBytes = MAX_BYTES, tooLarge, refuses, handle, ended } = endpoint;
  ctx.state.place = path;
  const request = {
    id: ctx.state.requestId,
    params: ctx.params ?? {},
    query: new URLSearchParams(ctx.querystring),
    headers: ctx.headers,
  };
  const refusal = await refuses?.(request);
  if (refusal) {
    answer(ctx, refusal);
    if (method === 'POST') await dropBody(ctx);
    return;
  }
  // What knows when its requests end counts their bytes itself.
  const isCounted = method === 'POST' && reading !== undefined && ended === undefined;
  const done = isCounted ? reading.begin(ctx.state.source, announced(ctx, maxBytes)) : () => undefined;
  if (!done) {
    answer(ctx, tooBusy(ctx.get('accept')));
    return dropBody(ctx);
  }
  try {
    const body =
      method === 'POST' ? await readBody(ctx, { maxBytes, ...patience, tooLarge }) : Buffer.alloc(0);
    if (body) answer(ctx, await handle({ ...request, body }));
  } finally {
    done();
    ended?.(request);
  }
}

/** As many bytes as the request says that it brings, or as many as would be read of it. */
function announced({ req }: Request, maxBytes: number): number {
  const said = Number(req.headers['content-length'] ?? maxBytes);
  return Math.min(Number.isFinite(said) ? said : maxBytes, maxBytes);
}

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

const CLOSING_MS = 50;

/** Takes no more requests and resolves when those under way are answered. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose last request is under way now is idle only later, and may be kept open for long then.
    const idle = setInterval(() => server.closeIdleConnections(), CLOSING_MS);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}
