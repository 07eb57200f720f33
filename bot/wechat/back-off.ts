import type { ChildLimits } from './limits.ts';

/**
 * How long to rest after so many lives in a row that came to nothing.
 * @param random from 0 to 1: several installations behind one address are not to knock together
 */
export function restMs(
  failures: number,
  { firstRestMs, longestRestMs }: Pick<ChildLimits, 'firstRestMs' | 'longestRestMs'>,
  random: number,
): number {
  const full = Math.min(firstRestMs * 2 ** Math.max(failures - 1, 0), longestRestMs);
  return Math.round(full * (0.8 + 0.4 * random));
}

/** So many lives in a row without a login are blamed on what the puppet remembers. */
const FORGETFUL_AFTER = 3;

/** What came of the lives so far, and what follows from it. */
export interface BackOff {
  /** The next life is to begin without what the puppet remembers. */
  readonly isForgetful: boolean;
  /**
   * @param heldMs how long somebody was logged in; undefined: nobody was
   * @returns how long to rest
   */
  ended(heldMs: number | undefined): number;
}

export function openBackOff(
  limits: Pick<ChildLimits, 'firstRestMs' | 'longestRestMs' | 'steadyMs'>,
  random: () => number,
): BackOff {
  let failures = 0;
  let withoutLogin = 0;
  return {
    get isForgetful() {
      return withoutLogin >= FORGETFUL_AFTER;
    },
    ended(heldMs) {
      failures = heldMs !== undefined && heldMs >= limits.steadyMs ? 1 : failures + 1;
      withoutLogin = heldMs === undefined ? withoutLogin + 1 : 0;
      return restMs(failures, limits, random());
    },
  };
}
