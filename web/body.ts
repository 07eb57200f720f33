import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import rawBody from 'raw-body';
import type { EndpointReply } from '../bot/platform.ts';
import { answer, type Request } from './limits/answered.ts';

export interface BodyWanted {
  maxBytes: number;
  /** A body of which nothing more came for so long is given up: who lost his connection can begin anew. */
  stillMs: number;
  /** After which a connection on which nothing happens at all is closed. */
  idleMs: number;
  tooLarge: EndpointReply | undefined;
}

/** The body as it came; one that is too large is answered here. */
export async function readBody(
  ctx: Request,
  { maxBytes: limit, stillMs, idleMs, tooLarge: inWords }: BodyWanted,
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
    ctx.req.setTimeout(idleMs);
  }
}

/** Ends the connection once what is still coming was read away. */
export async function dropBody(ctx: Request): Promise<void> {
  ctx.set('connection', 'close');
  await readAway(ctx.req);
}

const READ_AWAY_MS = 5000;

/** Takes in what is still coming and drops it: a connection that is closed before loses the answer. */
const readAway = (request: IncomingMessage): Promise<void> =>
  finished(request.resume(), { signal: AbortSignal.timeout(READ_AWAY_MS) }).catch(() => undefined);
