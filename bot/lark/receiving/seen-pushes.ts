import { Latest } from '../../limits/latest.ts';

/** As many as fit into a few MiB; the oldest go first. */
const MOST = 10_000;

/**
 * The signatures of pushes that were carried out, each as long as the time window would let it pass again.
 *
 * The platform signs every delivery anew, so that the same signature twice is a replay, or a proxy's own second try.
 * Neither may act twice; but a second try must not be told that all is well while the first has not succeeded. So what
 * is under way is waited for and answered alike, what succeeded is answered with nothing, and what failed is forgotten.
 * Forgetting too early is harmless: whatever acts knows its own keys.
 */
export class SeenPushes<T> {
  readonly #windowMs: number;
  readonly #underWay = new Map<string, Promise<T>>();
  readonly #done = new Latest<string, number>(MOST);

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /**
   * @returns what `carryOut` resolves with, or `again` when that was done before
   * @throws what `carryOut` throws
   */
  once(signature: string, now: Date, carryOut: () => Promise<T>, again: T): Promise<T> {
    if ((this.#done.get(signature) ?? 0) > now.getTime()) return Promise.resolve(again);
    const underWay = this.#underWay.get(signature);
    if (underWay) return underWay;
    const running = carryOut()
      .then((result) => {
        // A signature may be from the future by one window, and passes for one more.
        this.#done.set(signature, now.getTime() + 2 * this.#windowMs);
        return result;
      })
      .finally(() => this.#underWay.delete(signature));
    this.#underWay.set(signature, running);
    return running;
  }
}
