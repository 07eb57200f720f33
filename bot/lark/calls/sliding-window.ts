/**
 * Counts starts against a limit of `most` within any `lengthMs`. A start takes its place from the moment it is made
 * until the length has passed since its *end*: whenever between the two the other side counted it, and in whatever
 * windows it counts, it never counts more than `most`.
 */
export class SlidingWindow {
  readonly lengthMs: number;
  readonly #most: number;
  readonly #kept: number;
  /** The ends of the calls that still hold a place, as a ring from the oldest on. */
  readonly #ends: Float64Array;
  #oldest = 0;
  #ended = 0;
  #underWay = 0;

  /** @param keptShare of the places that ordinary calls leave free for urgent ones */
  constructor(most: number, lengthMs: number, keptShare: number) {
    this.#most = most;
    this.lengthMs = lengthMs;
    this.#kept = Math.floor(most * keptShare);
    this.#ends = new Float64Array(most);
  }

  /** Takes a place; only after `turn` said that one is free. */
  take(): void {
    this.#underWay += 1;
  }

  /** The call that took a place has ended. */
  end(now: number): void {
    this.#release(now);
    this.#underWay -= 1;
    this.#ends[(this.#oldest + this.#ended) % this.#most] = now;
    this.#ended += 1;
  }

  /** Whether no place is taken. */
  isEmpty(now: number): boolean {
    this.#release(now);
    return this.#underWay + this.#ended === 0;
  }

  /** How many places calls of a kind may take. @param all the kept ones too */
  places(all: boolean): number {
    return all ? this.#most : this.#most - this.#kept;
  }

  /**
   * When a place is free for the call that has `ahead` others before it, fewer than there are places. Calls under way
   * are taken to end now, so a time later than now is an estimate.
   */
  turn(now: number, ahead: number, all: boolean): number {
    this.#release(now);
    const mustLeave = ahead + this.#underWay + this.#ended - this.places(all);
    if (mustLeave < 0) return now;
    if (mustLeave >= this.#ended) return now + this.lengthMs;
    return (this.#ends[(this.#oldest + mustLeave) % this.#most] ?? now) + this.lengthMs;
  }

  #release(now: number): void {
    while (this.#ended > 0 && (this.#ends[this.#oldest] ?? now) + this.lengthMs <= now) {
      this.#oldest = (this.#oldest + 1) % this.#most;
      this.#ended -= 1;
    }
  }
}
