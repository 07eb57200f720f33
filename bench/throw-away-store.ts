import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import type { Store } from '../ledger/store.ts';
import { openStore } from '../open-store.ts';

/** A record that lives as long as what is measured on it. */
export interface ThrowAwayStore extends AsyncDisposable {
  readonly store: Store;
  /** The database's file. */
  readonly file: string;
}

/** An empty one, with the rules as they are by default. */
export async function throwAwayStore(): Promise<ThrowAwayStore> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-bench-'));
  const environment = readEnvironment({ DATA_DIR: folder, QINGLIAN_CONFIG: join(folder, 'none.yaml') });
  const store = await openStore(environment, ledgers);
  return {
    store,
    file: join(folder, 'qinglian.db'),
    async [Symbol.asyncDispose]() {
      await store.database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
