import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { openStore } from '../open-store.ts';
import { loadSample } from '../sample/load-sample.ts';
import { createDatabase, databaseFor, dropDatabase, onPostgresql } from './postgresql/databases.ts';

/** What the sample bureau is in before anybody speaks. */
interface Made {
  key: Buffer;
  /** Puts a copy of the record there. */
  layOut(databaseUrl: string): Promise<void>;
}

const made = new Map<string, Promise<Made>>();

/**
 * Puts the sample bureau as it was loaded at the given time where the environment expects its record. It is loaded once
 * for each time in a process of the tests: every bureau laid out so has the same people's ids and the same keys.
 */
export async function layOutSample({ databaseUrl, keyFile }: Environment, at: Date): Promise<void> {
  const time = at.toISOString();
  const sample = made.get(time) ?? make(at);
  made.set(time, sample);
  const { key, layOut } = await sample;
  await layOut(databaseUrl);
  await writeFile(keyFile, key, { mode: 0o600, flag: 'wx' });
}

async function make(at: Date): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'qinglian-sample-'));
  const environment = await emptyRecordIn(folder);
  const store = await openStore(environment, ledgers);
  await loadSample(store, at);
  const copy = join(folder, 'copy.db');
  if (!onPostgresql()) await store.database.copyTo(copy);
  await store.database.close();
  const key = await readFile(environment.keyFile);
  const layOut = onPostgresql()
    ? (url: string) => createDatabase(url, environment.databaseUrl)
    : layOutFile(await readFile(copy));
  await rm(folder, { recursive: true, force: true });
  return { key, layOut };
}

const layOutFile = (bytes: Buffer) => (databaseUrl: string) =>
  writeFile(databaseUrl.slice('file:'.length), bytes, { mode: 0o600, flag: 'wx' });

/** What a bureau's record was in is not needed any more. */
export async function clearAway(folder: string, { databaseUrl }: Environment): Promise<void> {
  if (onPostgresql()) await dropDatabase(databaseUrl);
  await rm(folder, { recursive: true, force: true });
}

/** All settings as they are by themselves, with the record in the folder, and pages that phones reach. */
export const environmentIn = (folder: string): Environment =>
  readEnvironment({
    DATA_DIR: folder,
    ...(onPostgresql() && { DATABASE_URL: databaseFor(folder) }),
    PORT: '0',
    QINGLIAN_CONFIG: join(folder, 'rules.yaml'),
    PUBLIC_URL: 'https://ledger.example.cn',
  });

/** The same for a record that is to be begun: on a server its database must be there. */
export async function emptyRecordIn(folder: string): Promise<Environment> {
  const environment = environmentIn(folder);
  if (onPostgresql()) await createDatabase(environment.databaseUrl);
  return environment;
}
