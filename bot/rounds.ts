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

/**
 * What is handed in while others are being written is written with the next, all of it at once.
 * @param gathered what is waited for before a group is written, so that more of them come together
 * @returns what takes one, and resolves once it is written, or throws what its group met
 */
export function inGroups<T>(
  write: (group: readonly T[]) => Promise<void>,
  gathered: (waiting: readonly T[]) => Promise<void> = async () => undefined,
): (item: T) => Promise<void> {
  let waiting: T[] = [];
  const round = inRounds(async () => {
    await gathered(waiting);
    const group = waiting;
    waiting = [];
    return write(group);
  });
  return (item) => {
    waiting.push(item);
    return round();
  };
}
