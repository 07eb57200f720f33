import { setTimeout as setTimer } from 'node:timers';

export interface WakeTimer {
  /** Acts after that time, or sooner where it was asked to before. */
  within(delayMs: number): void;
  /** Never acts again. */
  end(): void;
}

/** One alarm clock for all reasons to wake up: the earliest counts. */
export function openWakeTimer(act: () => void): WakeTimer {
  let handle: NodeJS.Timeout | undefined;
  let actsAtMs = Number.POSITIVE_INFINITY;
  let isOver = false;
  return {
    within(delayMs) {
      const atMs = performance.now() + delayMs;
      if (isOver || atMs >= actsAtMs) return;
      clearTimeout(handle);
      actsAtMs = atMs;
      handle = setTimer(() => {
        actsAtMs = Number.POSITIVE_INFINITY;
        act();
      }, delayMs);
    },
    end() {
      isOver = true;
      clearTimeout(handle);
    },
  };
}
