import type { EndpointReply, EndpointRequest } from '../../bot/platform.ts';
import { cookieIn } from '../page/cookie.ts';
import { sentence } from '../page/page.ts';

const YOURS = '您要的文件还没有生成完，请稍后再试。';
const FULL = '现在生成文件的人较多，请稍后再试。';

export interface PaperLimits {
  papers: number;
  papersPerVisitor: number;
}

/** What takes long to make is made one after the other: so many may wait for it, and so many of one visitor. */
export class Papers {
  readonly #limits: PaperLimits;
  readonly #byVisitor = new Map<string, number>();
  #all = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(limits: PaperLimits) {
    this.#limits = limits;
  }

  async make(
    { headers }: Pick<EndpointRequest, 'headers'>,
    work: () => Promise<EndpointReply>,
  ): Promise<EndpointReply> {
    const visitor = cookieIn(headers) ?? '';
    if ((this.#byVisitor.get(visitor) ?? 0) >= this.#limits.papersPerVisitor) return later(YOURS, 429);
    if (this.#all >= this.#limits.papers) return later(FULL, 503);
    this.#count(visitor, 1);
    const mine = this.#last.then(work).finally(() => this.#count(visitor, -1));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  #count(visitor: string, change: 1 | -1): void {
    this.#all += change;
    const own = (this.#byVisitor.get(visitor) ?? 0) + change;
    if (own > 0) this.#byVisitor.set(visitor, own);
    else this.#byVisitor.delete(visitor);
  }
}

function later(said: string, status: 429 | 503): EndpointReply {
  const reply = sentence(said, status);
  return { ...reply, headers: { ...reply.headers, 'retry-after': '10' } };
}
