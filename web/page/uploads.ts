import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { cookieIn } from './cookie.ts';
import { sentence } from './page.ts';

/** Text alone stays below it: only what is larger is counted, so that 暂存 never has to wait. */
const LIGHT_BYTES = 256 * 1024;

/**
 * A body that breaks off in the middle is never handed over, and its place is not given back: it is free again after
 * so long. What comes in still more slowly is not counted any longer.
 */
const HELD_MS = 60_000;

/** So many of the largest requests may be under way at once. */
const LARGEST_AT_ONCE = 2;

const ONE_AT_A_TIME = '上一次上传还没有结束，这次没有收下。请等上一次完成；如果已经中断，请一分钟后再试。';
const FULL = '现在上传文件的人较多，这次没有收下。请一分钟后再试。';

type Coming = Pick<EndpointRequest, 'headers'>;

/** As many bytes as the request says that it brings, or as many as it could. */
function announced({ headers }: Coming, maxBytes: number): number {
  const said = Number(headers['content-length'] ?? Number.NaN);
  return Number.isFinite(said) ? said : maxBytes;
}

export const isLight = (request: Coming): boolean =>
  announced(request, Number.POSITIVE_INFINITY) <= LIGHT_BYTES;

/** Bodies stand in memory whole: of large ones, one visit has one under way, and all visits together a few. */
export class Uploads {
  readonly #maxBytes: number;
  readonly #now: () => Date;
  readonly #underWay = new Map<string, { bytes: number; since: number }>();

  /** @param maxBytes of one request */
  constructor(maxBytes: number, now: () => Date) {
    this.#maxBytes = maxBytes;
    this.#now = now;
  }

  /** Gives the request a place. @returns the answer where there is none */
  begin(request: Coming): EndpointReply | undefined {
    const bytes = announced(request, this.#maxBytes);
    // What says itself that it is too large is never read.
    if (bytes <= LIGHT_BYTES || bytes > this.#maxBytes) return undefined;
    const since = this.#now().getTime();
    for (const [visit, held] of this.#underWay)
      if (held.since + HELD_MS <= since) this.#underWay.delete(visit);
    const visit = cookieIn(request.headers) ?? '';
    if (this.#underWay.has(visit)) return sentence(ONE_AT_A_TIME, 429);
    const inFlight = [...this.#underWay.values()].reduce((sum, held) => sum + held.bytes, 0);
    if (inFlight + bytes > LARGEST_AT_ONCE * this.#maxBytes) return sentence(FULL, 503);
    this.#underWay.set(visit, { bytes, since });
    return undefined;
  }

  /** The request was dealt with. */
  end(request: Coming): void {
    if (!isLight(request)) this.#underWay.delete(cookieIn(request.headers) ?? '');
  }
}
