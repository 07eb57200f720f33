import type { Limit } from './limits.ts';
import { SlidingWindow } from './sliding-window.ts';

/** How long after its turn a promised place is kept. */
const GRACE_MS = 5000;

/** What must be free before a call to an API, or to a receiver, may start: all its limits, and no pause. */
export class Gate {
  /** From the shortest on. */
  readonly #windows: readonly SlidingWindow[];
  #pausedUntil = 0;
  /** The pause that urgent calls keep too. */
  #allPausedUntil = 0;
  /** Which turns were promised to whom, in the order of the turns. */
  readonly #promises = new Map<string, number>();

  constructor(limits: readonly Limit[]) {
    this.#windows = limits.map(
      ({ most, lengthMs, keptShare }) => new SlidingWindow(most, lengthMs, keptShare),
    );
  }

  take(): void {
    for (const window of this.#windows) window.take();
  }

  end(now: number): void {
    for (const window of this.#windows) window.end(now);
  }

  /**
   * Lets nothing through before `until`; urgent calls only where one of them was refused itself: until then each is
   * tried, since somebody waits for it.
   */
  pause(until: number, all: boolean): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    if (all) this.#allPausedUntil = Math.max(this.#allPausedUntil, until);
  }

  /** Whether calls that are not urgent are let through. */
  isPaused(now: number): boolean {
    return this.#pausedUntil > now;
  }

  /** When a call with `ahead` others before it may start, as far as can be told now; `now` where it may at once. */
  turn(now: number, ahead: number, all: boolean): number {
    const from = Math.max(now, all ? this.#allPausedUntil : this.#pausedUntil);
    const turnIn = (windows: readonly SlidingWindow[], before: number): number => {
      const window = windows.at(-1);
      if (!window) return from;
      const places = window.places(all);
      const rounds = Math.floor(before / places);
      // Whoever finds no place among those that are there follows somebody who is before him, one length later.
      const own =
        rounds > 0
          ? turnIn(windows, before % places) + rounds * window.lengthMs
          : window.turn(now, before, all);
      return Math.max(own, turnIn(windows.slice(0, -1), before));
    };
    return turnIn(this.#windows, ahead);
  }

  /** Promises a turn to the message `key`: until it comes back, others that come count it as before them. */
  promise(key: string, turnAt: number): void {
    this.#promises.delete(key);
    this.#promises.set(key, turnAt);
  }

  /** Whether a turn was promised to `key`; the promise is spent by that. */
  redeem(key: string): boolean {
    return this.#promises.delete(key);
  }

  /** How many turns are promised. */
  promised(now: number): number {
    for (const [key, turnAt] of this.#promises) {
      if (turnAt + GRACE_MS > now) break;
      this.#promises.delete(key);
    }
    return this.#promises.size;
  }

  /** Whether nothing would be lost by forgetting it. */
  isIdle(now: number): boolean {
    return (
      this.#pausedUntil <= now &&
      this.promised(now) === 0 &&
      this.#windows.every((window) => window.isEmpty(now))
    );
  }
}
