/** Sends in a person's rhythm: WeChat bars accounts that send faster, and publishes no limit. */
export interface Pace {
  /** How many wait or are under way. */
  readonly waiting: number;
  /** Sends when its turn has come, at least a gap after what went before. */
  send<T>(work: () => Promise<T>): Promise<T>;
}

export interface PaceWorld {
  /** The gap between one message and the next, whoever gets them; somewhere in between. */
  gapMs: { from: number; to: number };
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  wait: (ms: number) => Promise<unknown>;
}

export function openPace({ gapMs, now, random, wait }: PaceWorld): Pace {
  let waiting = 0;
  let last = Promise.resolve();
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    get waiting() {
      return waiting;
    },
    send(work) {
      waiting += 1;
      const mine = last.then(async () => {
        const pauseMs = freeAt - now();
        if (pauseMs > 0) await wait(pauseMs);
        try {
          return await work();
        } finally {
          freeAt = now() + gapMs.from + random() * (gapMs.to - gapMs.from);
          waiting -= 1;
        }
      });
      last = mine.then(
        () => undefined,
        () => undefined,
      );
      return mine;
    },
  };
}
