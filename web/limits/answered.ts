import { randomUUID } from 'node:crypto';
import type Koa from 'koa';
import type { Logger } from 'pino';
import { Overfull } from '../../bot/limits/overfull.ts';
import type { EndpointReply } from '../../bot/platform.ts';
import { type BySource, type Call, openBySource, type SourceLimits } from './by-source.ts';
import { type Proxies, sourceOf } from './source.ts';
import { tooBusy, tooMany } from './wait-answer.ts';

/** What stands in the log of a request, as far as it came. */
export interface RequestState {
  /** Under which the request stands in the log; the answer names it as `X-Request-Id`. */
  requestId: string;
  /** The pattern of the address: the address itself can be a secret. */
  place?: string;
  /** Absent for a program of this machine. */
  source?: string;
}

export type Request = Koa.ParameterizedContext<RequestState>;
type Step = Koa.Middleware<RequestState>;

export function answer(ctx: Request, reply: EndpointReply): void {
  ctx.status = reply.status;
  ctx.type = reply.type;
  for (const [name, value] of Object.entries(reply.headers ?? {})) ctx.set(name, value);
  ctx.body = reply.body;
}

/** Gives each request its id, and says at `debug` how it was answered; neither address nor content. */
export const identified =
  (log: Logger): Step =>
  async (ctx, next) => {
    const requestId = randomUUID().slice(0, 8);
    const beganAt = performance.now();
    ctx.state.requestId = requestId;
    ctx.set('x-request-id', requestId);
    await next();
    if (!log.isLevelEnabled('debug')) return;
    const { method, status, state } = ctx;
    const ms = Math.round(performance.now() - beganAt);
    log.debug({ requestId, method, place: state.place, status, ms }, 'a request was answered');
  };

/** A fault is logged, and answered with a fixed line that gives nothing away but the number it stands under. */
export const faultsAnswered =
  (log: Logger): Step =>
  async (ctx, next) => {
    try {
      await next();
    } catch (fault) {
      if (fault instanceof Overfull) return answer(ctx, tooBusy(ctx.get('accept'), fault.waitMs));
      const { requestId, place: path } = ctx.state;
      log.error({ err: fault, requestId, path }, 'a request met a fault');
      ctx.status = 500;
      const message = `服务出现故障（编号 ${requestId}），请稍后再试。`;
      ctx.body = { error: { code: 'fault', message } };
    }
  };

/**
 * Holds back whoever asks too much from one address.
 * @param endpointAt which endpoint is meant
 * @param drop what is still coming is read away
 */
export function limitedBySource(
  limits: SourceLimits,
  {
    proxies,
    log,
    endpointAt,
    drop,
  }: {
    proxies: Proxies;
    log: Logger;
    endpointAt: (ctx: Request) => Call['endpoint'];
    drop: (ctx: Request) => Promise<void>;
  },
): Step {
  const bySource: BySource = openBySource(limits, log);
  return async (ctx, next) => {
    const source = sourceOf(ctx.req, proxies);
    if (source === undefined) return next();
    ctx.state.source = source;
    const call: Call = { endpoint: endpointAt(ctx), request: { headers: ctx.headers } };
    const waitMs = await bySource.begin(source, call);
    if (waitMs !== undefined) {
      answer(ctx, tooMany(ctx.get('accept'), waitMs));
      if (ctx.method === 'POST') await drop(ctx);
      return;
    }
    await next();
    const behindMs = await bySource.end(source, call, ctx.status);
    if (behindMs !== undefined) answer(ctx, tooMany(ctx.get('accept'), behindMs));
  };
}
