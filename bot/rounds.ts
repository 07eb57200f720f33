/**
 * Work that is called for again and again, one round at a time: whoever calls while a round runs gets a whole round
 * after it, and all who call meanwhile get the same one, so that nothing that came in between is overlooked.
 * @returns what asks for a round and gives its result, or throws what it threw
 */
export function inRounds<T>(round: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Promise<T> | undefined;
  return () => {
    waiting ??= last.then(() => {
      waiting = undefined;
      return round();
    });
    last = waiting.catch(() => undefined);
    return waiting;
  };
}
