import type { Database, Rows } from './database.ts';
import { straightTo } from './straight.ts';

/** What is told of a piece of work that failed within a transaction that goes on. */
export interface Undoing {
  /** How far things are before the piece begins. */
  mark(): number;
  /** Everything since then did not happen. */
  undo(mark: number): void;
}

/**
 * The database as it is inside a transaction that is under way: reads see what was written in it, and each piece of work that
 * is written goes into a savepoint of its own, so that one which fails leaves nothing and the others stay.
 */
export function within(database: Database, rows: Rows, { mark, undo }: Undoing): Database {
  const straight = straightTo(rows);
  const run = (sql: string): Promise<unknown> =>
    straight ? straight.change(sql, []) : rows.$executeRawUnsafe(sql);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...database,
    rows,
    write(work) {
      const mine = last.then(async () => {
        const before = mark();
        await run('SAVEPOINT piece');
        try {
          const result = await work(rows);
          await run('RELEASE SAVEPOINT piece');
          return result;
        } catch (fault) {
          undo(before);
          await run('ROLLBACK TO SAVEPOINT piece');
          await run('RELEASE SAVEPOINT piece');
          throw fault;
        }
      });
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
