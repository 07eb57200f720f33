import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../open-store.ts';
import { loadSample } from '../sample/load-sample.ts';

/** The two files that the sample bureau is in before anybody speaks. */
interface Files {
  database: Buffer;
  key: Buffer;
}

const made = new Map<string, Promise<Files>>();

/**
 * Puts the sample bureau as it was loaded at the given time where the environment expects its record. It is loaded once
 * for each time in a process of the tests: every bureau laid out so has the same people's ids and the same keys.
 */
export async function layOutSample({ databaseUrl, keyFile }: Environment, at: Date): Promise<void> {
  const time = at.toISOString();
  const files = made.get(time) ?? makeFiles(at);
  made.set(time, files);
  const { database, key } = await files;
  await writeFile(databaseUrl.slice('file:'.length), database, { mode: 0o600, flag: 'wx' });
  await writeFile(keyFile, key, { mode: 0o600, flag: 'wx' });
}

async function makeFiles(at: Date): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-sample-'));
  const environment = environmentIn(folder);
  const store = await openStore(environment, ledgers);
  await loadSample(store, at);
  const copy = join(folder, 'copy.db');
  await store.database.copyTo(copy);
  await store.database.close();
  const [database, key] = await Promise.all([readFile(copy), readFile(environment.keyFile)]);
  await rm(folder, { recursive: true, force: true });
  return { database, key };
}

/** All settings as they are by themselves, with the record in the folder, and pages that phones reach. */
export const environmentIn = (folder: string): Environment =>
  readEnvironment({
    DATA_DIR: folder,
    PORT: '0',
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
    PUBLIC_URL: 'https://ledger.example.cn',
  });
