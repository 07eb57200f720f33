import { PrismaLibSql } from '@prisma/adapter-libsql';

type Config = ConstructorParameters<typeof PrismaLibSql>[0];
type Client = ReturnType<PrismaLibSql['createClient']>;
type Transaction = Awaited<ReturnType<Client['transaction']>>;

/** How long a statement waits for another process that is writing to the same file: nothing else runs meanwhile. */
const BUSY_TIMEOUT_MS = 250;

/**
 * One connection to a SQLite file for the whole process.
 *
 * libsql opens a fresh connection after every transaction and leaves the old one to the garbage collector: two file
 * handles a transaction. Prisma's adapter lets nothing else run while a transaction is open, so one connection is
 * enough. It begins IMMEDIATE, since a transaction that reads before it writes could not be granted the write later.
 */
export class SqliteConnection extends PrismaLibSql {
  constructor(url: string) {
    super({ url, timeout: BUSY_TIMEOUT_MS } as Config);
  }

  override createClient(config: Config): Client {
    const client = super.createClient(config);
    client.transaction = () => beginOn(client);
    return client;
  }
}

async function beginOn(client: Client): Promise<Transaction> {
  try {
    await client.execute('BEGIN IMMEDIATE');
  } catch (fault) {
    // libsql leaves the statement that was refused in progress, and with it nothing could be committed here any more.
    await client.reconnect();
    throw fault;
  }
  let open = true;
  const end = async (statement: 'COMMIT' | 'ROLLBACK') => {
    if (!open) return;
    await client.execute(statement);
    open = false;
  };
  return {
    execute: (statement) => client.execute(statement),
    batch: (statements) => client.batch(statements),
    executeMultiple: (sql) => client.executeMultiple(sql),
    commit: () => end('COMMIT'),
    rollback: () => end('ROLLBACK'),
    close: () => void end('ROLLBACK'),
    get closed() {
      return !open;
    },
  };
}
