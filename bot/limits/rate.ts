import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many within a stretch of time that begins with the first of them, counted for each key by itself, in memory. */
export interface Rate {
  /** Counts one more. @returns for how many milliseconds no more is taken; nothing where this one is */
  take(key: string): Promise<number | undefined>;
}

export function openRate({ most, withinMs }: { most: number; withinMs: number }): Rate {
  const limiter = new RateLimiterMemory({ points: most, duration: withinMs / 1000 });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return undefined;
      } catch (over) {
        if (!(over instanceof RateLimiterRes)) throw over;
        return Math.max(1, over.msBeforeNext);
      }
    },
  };
}

/** Tells the first of a row from those that follow it, as long as no pause comes in between. */
export interface Stretches {
  /** @returns whether nothing was noted for the key during a whole pause */
  isFirst(key: string): Promise<boolean>;
  /** What comes next is the first again. */
  forget(key: string): Promise<void>;
}

export function openStretches(pauseMs: number): Stretches {
  const seconds = pauseMs / 1000;
  const noted = new RateLimiterMemory({ points: 1, duration: seconds });
  return {
    async isFirst(key) {
      const before = await noted.get(key);
      await noted.set(key, 1, seconds);
      return before === null || before.msBeforeNext <= 0;
    },
    async forget(key) {
      await noted.delete(key);
    },
  };
}

/** Whole seconds to name to whoever has to wait. */
export const inSeconds = (waitMs: number): number => Math.max(1, Math.ceil(waitMs / 1000));
