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

/** What waits to be written, several at once. */
export interface Groups<T, R> {
  /** How many wait. */
  readonly waiting: number;
  /** Resolves with what came of its group, or throws what that met. */
  add(item: T): Promise<R>;
  /** Those that wait leave the line: whoever takes them says what came of them, or puts them back. */
  take(): Taken<T, R>;
}

export interface Taken<T, R> {
  readonly items: readonly T[];
  done(result: R): void;
  putBack(): void;
}

/** Items that go into one group at most: what comes of a group is waited for by all of it. */
const MOST = 1000;

/**
 * What is handed in while others are being written is written with the next, all of it at once.
 * @param gathered what is waited for before a group is written, so that more of them come together
 */
export function inGroups<T, R = void>(
  write: (group: readonly T[]) => Promise<R>,
  gathered: (waiting: () => number) => Promise<void> = async () => undefined,
): Groups<T, R> {
  let line: Waiting<T, R>[] = [];
  const leave = (): Waiting<T, R>[] => {
    const some = line.slice(0, MOST);
    line = line.slice(MOST);
    if (line.length > 0) void round();
    return some;
  };
  const round = inRounds(async () => {
    if (line.length > 0) await gathered(() => line.length);
    const group = leave();
    if (group.length === 0) return;
    try {
      const result = await write(group.map(({ item }) => item));
      for (const { end } of group) end.resolve(result);
    } catch (fault) {
      for (const { end } of group) end.reject(fault);
    }
  });
  return {
    get waiting() {
      return line.length;
    },
    add(item) {
      const end = Promise.withResolvers<R>();
      line.push({ item, end });
      void round();
      return end.promise;
    },
    take() {
      const group = leave();
      return {
        items: group.map(({ item }) => item),
        done(result) {
          for (const { end } of group) end.resolve(result);
        },
        putBack() {
          line = [...group, ...line];
          void round();
        },
      };
    },
  };
}

interface Waiting<T, R> {
  item: T;
  end: PromiseWithResolvers<R>;
}
