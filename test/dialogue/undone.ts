import type { Rows, Store } from '../../ledger/store.ts';

class Undo extends Error {}

/**
 * Lets something happen in the record and undoes it: all of it runs inside one transaction, and what would be a transaction of
 * its own is one within it, so that what is refused halfway leaves nothing.
 */
export async function undone<T>(store: Store, happening: (inside: Store) => Promise<T>): Promise<T> {
  const came: { of?: T } = {};
  await store.database
    .write(async (rows) => {
      came.of = await happening({ ...store, database: { ...store.database, rows, write: within(rows) } });
      throw new Undo();
    })
    .catch((fault: unknown) => {
      if (!(fault instanceof Undo)) throw fault;
    });
  return came.of as T;
}

const within =
  (rows: Rows) =>
  async <U>(work: (inside: Rows) => Promise<U>): Promise<U> => {
    await rows.$executeRawUnsafe('SAVEPOINT step');
    try {
      const result = await work(rows);
      await rows.$executeRawUnsafe('RELEASE step');
      return result;
    } catch (fault) {
      await rows.$executeRawUnsafe('ROLLBACK TO step');
      await rows.$executeRawUnsafe('RELEASE step');
      throw fault;
    }
  };
