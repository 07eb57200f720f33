import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';

/** A transaction on PostgreSQL, as whoever began it through Prisma comes to know it. */
export interface Begun {
  /** Absent before it begins and after its end: its connection is somebody else's then. */
  transaction?: SqlQueryable | undefined;
}

const beginning = new AsyncLocalStorage<Begun>();

/** Runs work that begins a transaction through Prisma; `begun` says which one it is. */
export const telling = <T>(begun: Begun, work: () => Promise<T>): Promise<T> => beginning.run(begun, work);

/** The same way to PostgreSQL, which tells of each transaction whoever began it by `telling`. */
export const tellsOfTransactions = (factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory => ({
  provider: factory.provider,
  adapterName: factory.adapterName,
  async connect() {
    const adapter = await factory.connect();
    const start: SqlDriverAdapter['startTransaction'] = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => told(beginning.getStore(), await start(level));
    return adapter;
  },
});

function told(begun: Begun | undefined, transaction: Transaction): Transaction {
  if (!begun) return transaction;
  const ending = (end: () => Promise<void>) => () => {
    begun.transaction = undefined;
    return end.call(transaction);
  };
  begun.transaction = transaction;
  transaction.commit = ending(transaction.commit);
  transaction.rollback = ending(transaction.rollback);
  return transaction;
}
