import type { Database, Rows } from './database.ts';
import { plain } from './plain.ts';

/** What is written so that there is something to wait for: how often that was. */
const MARK = `
  INSERT INTO "Meta" ("name", "value") VALUES ('kept', '1')
  ON CONFLICT ("name") DO UPDATE SET "value" = CAST(CAST("Meta"."value" AS INTEGER) + 1 AS TEXT)`;

type Told = Pick<Database, 'write' | 'close'>;

/**
 * The same database, which tells when what was written without waiting for the disk is on it: with the next write that waits, or, where
 * none comes soon, with one for its sake. A write that changes nothing waits for no disk, so that it is given something to write.
 */
export function tellsWhenKept<D extends Told>(database: D): D & Pick<Database, 'kept'> {
  let waiting: PromiseWithResolvers<void>[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const write: Database['write'] = async (work, options) => {
    if (options?.isOnlyProgress) return database.write(work, options);
    let kept: typeof waiting = [];
    const marked = async (rows: Rows) => {
      const result = await work(rows);
      kept = waiting;
      if (kept.length > 0) await plain(rows).change(MARK, []);
      return result;
    };
    const result = await database.write(marked, options);
    waiting = waiting.filter((each) => !kept.includes(each));
    for (const { resolve } of kept) resolve();
    return result;
  };
  const waitForDisk = () => write(async () => undefined, { urgent: true });
  return {
    ...database,
    write,
    async kept(withinMs) {
      const end = Promise.withResolvers<void>();
      waiting.push(end);
      const timer = setTimeout(() => void waitForDisk().catch(end.reject), withinMs);
      timers.add(timer);
      try {
        await end.promise;
      } finally {
        clearTimeout(timer);
        timers.delete(timer);
        waiting = waiting.filter((each) => each !== end);
      }
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      const last = waiting;
      if (last.length > 0)
        await waitForDisk().catch((fault) => {
          for (const { reject } of last) reject(fault);
        });
      await database.close();
    },
  };
}
