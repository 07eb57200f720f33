import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { cookieIn } from './cookie.ts';
import { sentence } from './page.ts';

/** Text alone stays below it: only what is larger is counted, so that 暂存 never has to wait. */
const LIGHT_BYTES = 256 * 1024;

/** So many of the largest requests may be under way at once. */
const LARGEST_AT_ONCE = 2;

const ONE_AT_A_TIME = '上一次上传还没有结束，这次没有收下。请等上一次完成再试。';
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
  readonly #underWay = new Map<Coming, { visit: string; bytes: number }>();

  /** @param maxBytes of one request */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Gives the request a place. @returns the answer where there is none */
  begin(request: Coming): EndpointReply | undefined {
    const bytes = announced(request, this.#maxBytes);
    // What says itself that it is too large is never read.
    if (bytes <= LIGHT_BYTES || bytes > this.#maxBytes) return undefined;
    const visit = cookieIn(request.headers) ?? '';
    const others = [...this.#underWay.values()];
    if (others.some((other) => other.visit === visit)) return sentence(ONE_AT_A_TIME, 429);
    const inFlight = others.reduce((sum, other) => sum + other.bytes, 0);
    if (inFlight + bytes > LARGEST_AT_ONCE * this.#maxBytes) return sentence(FULL, 503);
    this.#underWay.set(request, { visit, bytes });
    return undefined;
  }

  /** The request is over, answered or broken off: its place is free, if it had one. */
  end(request: Coming): void {
    this.#underWay.delete(request);
  }
}
