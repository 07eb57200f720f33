import type { Environment } from './config/environment.ts';
import { readRules } from './config/rules.ts';
import { bureauCalendar } from './ledger/calendar.ts';
import type { Ledger } from './ledger/define.ts';
import { openKeyFile } from './ledger/key-file.ts';
import type { KeyRing } from './ledger/seal.ts';
import type { Store } from './ledger/store.ts';
import { type Database, openDatabase } from './prisma/database.ts';

/** Which key sealed what the database holds. */
const KEY_ID = 'key-id';

/**
 * Opens everything that the record needs, making what is not there yet (data folder, database, key file) unless it must
 * exist.
 * @throws Error in English, for the operator, when the settings, the database or the key file are not right
 */
export async function openStore(
  environment: Environment,
  ledgers: readonly Ledger[],
  options: { mustExist?: boolean } = {},
): Promise<Store> {
  const rules = await readRules(environment.rulesFile);
  const database = await openDatabase(environment.databaseUrl, options);
  try {
    const keys = await openKeys(database, environment.keyFile);
    return { database, keys, rules, ledgers, calendar: bureauCalendar(rules.bureau.timeZone) };
  } catch (fault) {
    await database.close();
    throw fault;
  }
}

async function openKeys(database: Database, keyFile: string): Promise<KeyRing> {
  const known = await database.rows.meta.findUnique({ where: { name: KEY_ID } });
  const keys = await openKeyFile(keyFile, known?.value);
  if (!known) await database.write((rows) => rows.meta.create({ data: { name: KEY_ID, value: keys.id } }));
  return keys;
}
