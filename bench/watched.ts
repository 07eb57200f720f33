import { monitorEventLoopDelay } from 'node:perf_hooks';

const SAMPLE_MS = 5;

/** What was seen of this process. */
export interface Seen {
  /** The most that it held over what it held before. */
  memoryMiB: number;
  /** The most that it held. */
  rssMiB: number;
  /** The longest time for which nobody was heard. */
  stopMs: number;
}

/** Watches the process until the end: its memory, and for how long it heard nobody. */
export function watched(): { end(): Seen } {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return {
    end() {
      clearInterval(sampling);
      delay.disable();
      most = Math.max(most, process.memoryUsage.rss());
      return { memoryMiB: (most - before) / 2 ** 20, rssMiB: most / 2 ** 20, stopMs: delay.max / 1e6 };
    },
  };
}
