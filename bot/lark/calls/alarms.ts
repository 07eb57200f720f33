export interface PaceWorld {
  /** Milliseconds that never go back. */
  now: () => number;
  /** Calls `act` after `delayMs`; what it returns prevents that. */
  after: (delayMs: number, act: () => void) => () => void;
}

/** One alarm for each thing that is waited for: the earliest that was asked for. */
export class Alarms {
  readonly #world: PaceWorld;
  readonly #set = new Map<object, { at: number; cancel: () => void }>();

  constructor(world: PaceWorld) {
    this.#world = world;
  }

  /** Calls `act` at `at`, or earlier where that was asked for before. */
  wake(of: object, at: number, act: () => void): void {
    const set = this.#set.get(of);
    if (set && set.at <= at) return;
    set?.cancel();
    const delayMs = Math.max(1, Math.ceil(at - this.#world.now()));
    const cancel = this.#world.after(delayMs, () => {
      this.#set.delete(of);
      act();
    });
    this.#set.set(of, { at, cancel });
  }

  clear(): void {
    for (const { cancel } of this.#set.values()) cancel();
    this.#set.clear();
  }
}
