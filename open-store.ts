import { randomBytes } from 'node:crypto';
import type { Environment } from './config/environment.ts';
import { readRules } from './config/rules.ts';
import { bureauCalendar } from './ledger/calendar.ts';
import type { Ledger } from './ledger/define.ts';
import { installationSecret } from './ledger/installation-secret.ts';
import { openKeyFile } from './ledger/key-file.ts';
import { type KeyRing, keyRing, sealingKeys } from './ledger/key-ring.ts';
import { keepKeysInUse, keysInUse } from './ledger/keys-in-use.ts';
import { newSigningKey, openSigner } from './ledger/receipt/signer.ts';
import type { Store } from './ledger/store.ts';
import type { Database } from './prisma/database.ts';
import { openDatabase } from './prisma/open-database.ts';

/**
 * Opens everything that the record needs, making what is not there yet (data folder, database, key file) unless it must
 * exist.
 * @throws Error in English, for the operator, when the settings, the database or the key file are not right
 */
export async function openStore(
  environment: Environment,
  ledgers: readonly Ledger[],
  options: { mustExist?: boolean; sealBroken?: Store['sealBroken'] } = {},
): Promise<Store> {
  const rules = await readRules(environment.rulesFile);
  const database = await openDatabase(environment.databaseUrl, options);
  try {
    const keys = await openKeys(database, environment.keyFile);
    const signer = openSigner(await installationSecret(database, keys, 'receipt-key', newSigningKey));
    const { sealBroken = () => undefined } = options;
    const calendar = bureauCalendar(rules.bureau.timeZone, rules.calendar);
    return { database, keys, signer, sealBroken, rules, ledgers, calendar };
  } catch (fault) {
    await database.close();
    throw fault;
  }
}

async function openKeys(database: Database, keyFile: string): Promise<KeyRing> {
  const inUse = await keysInUse(database.rows);
  const source = await openKeyFile(keyFile, inUse);
  const keys = sealingKeys(source);
  if (!inUse.includes(keys.id)) {
    await database.write(async (rows) => keepKeysInUse(rows, [...(await keysInUse(rows)), keys.id]));
  }
  // Where people were marked before the marking key was a secret of its own, the marks have to stay what they are.
  const first = source.present().keys.find(({ id }) => id === inUse[0]);
  const marking = await installationSecret(
    database,
    keys,
    'mark-key',
    () => first?.marking ?? randomBytes(32),
  );
  return keyRing(keys, marking);
}
