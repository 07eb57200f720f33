import type { Database } from './database.ts';

/** What is written so that something waits for the disk: how often that was. */
const MARK = 'kept';

/**
 * The same database, which tells when what was written without waiting for the disk is on it: with the next write that waits, or, where
 * none comes soon, with one for its sake.
 */
export function tellsWhenKept<D extends Pick<Database, 'write'>>(database: D): D & Pick<Database, 'kept'> {
  let waiting: (() => void)[] = [];
  const write: Database['write'] = async (work, options) => {
    const result = await database.write(work, options);
    if (options?.isOnlyProgress) return result;
    const kept = waiting;
    waiting = [];
    for (const tell of kept) tell();
    return result;
  };
  const waitForDisk = () =>
    write(async ({ meta }) => {
      const found = await meta.findUnique({ where: { name: MARK } });
      const value = String(Number(found?.value ?? 0) + 1);
      await meta.upsert({ where: { name: MARK }, create: { name: MARK, value }, update: { value } });
    });
  return {
    ...database,
    write,
    async kept(withinMs) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push(resolve);
      const timer = setTimeout(() => void waitForDisk().catch(reject), withinMs);
      try {
        await promise;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
