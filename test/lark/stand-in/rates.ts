/** So many in so long; `most` may be Infinity. */
export interface Window {
  most: number;
  withinMs: number;
}

/** Counts what was let through under a key, in windows that slide. It measures by its own clock: no test can set it. */
export class Rates {
  readonly #taken = new Map<string, number[]>();

  /** Takes one, unless a window is full. @returns milliseconds until there is room again; 0 when it was taken */
  take(key: string, ...windows: readonly Window[]): number {
    const at = performance.now();
    const times = this.#taken.get(key) ?? [];
    this.#taken.set(key, times);
    const longest = Math.max(...windows.map(({ withinMs }) => withinMs));
    const old = times.findIndex((time) => time > at - longest);
    if (old > 0) times.splice(0, old);
    else if (old < 0) times.length = 0;
    const wait = Math.max(0, ...windows.map((window) => this.#wait(times, at, window)));
    if (wait === 0) times.push(at);
    return wait;
  }

  #wait(times: readonly number[], at: number, { most, withinMs }: Window): number {
    const first = times[times.length - most];
    return first !== undefined && first > at - withinMs ? first + withinMs - at : 0;
  }
}
