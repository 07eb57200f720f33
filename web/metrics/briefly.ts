/**
 * Reads at most once in `forMs` (milliseconds), however many ask: whoever asks in between gets what was read last. A reading that
 * fails is not kept.
 * @param ticks milliseconds of a clock that never goes back
 */
export function briefly<T>(forMs: number, ticks: () => number, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (last && ticks() - last.at < forMs) return last.value;
    const mine = { at: ticks(), value: read() };
    last = mine;
    mine.value.catch(() => {
      if (last === mine) last = undefined;
    });
    return mine.value;
  };
}
