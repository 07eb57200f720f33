import { EventDispatcher } from '../sdk.ts';
import { SDK_SILENCE } from './sdk-silence.ts';
import { within } from './within.ts';

/** Knows which events are being handled, and takes no more of them once told: the platform sends those again. */
export class WatchedDispatcher extends EventDispatcher {
  readonly #inner: EventDispatcher;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(inner: EventDispatcher) {
    super({ logger: SDK_SILENCE });
    this.#inner = inner;
  }

  override async invoke(data: unknown): Promise<unknown> {
    if (this.#closed) throw new Error('Nothing is taken any more');
    const handling: Promise<unknown> = this.#inner.invoke(data, { needCheck: false });
    this.#underWay.add(handling);
    try {
      return await handling;
    } finally {
      this.#underWay.delete(handling);
    }
  }

  /** Takes nothing more; resolves when what was taken is handled, or after `ms`. */
  async close(ms: number): Promise<void> {
    this.#closed = true;
    await within(ms, Promise.allSettled(this.#underWay)).catch(() => undefined);
  }
}
