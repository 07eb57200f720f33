import { type FiledKey, type KeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import { keysInUse } from './keys-in-use.ts';
import { operate } from './operation.ts';
import { usesOfKeys } from './rewrap-all.ts';
import type { Rows, Store } from './store.ts';

/**
 * The key that would be removed: retired, and used by nothing in the database.
 * @throws Error in English, for the operator, when the key is unknown, not retired, or still used by anything
 */
export async function removableKey(store: Store, keyFile: string, id: string): Promise<FiledKey> {
  const uses = (await usesOfKeys(store)).get(id) ?? 0;
  if (uses > 0) throw new Error(`Key ${id} was not removed: ${uses} value(s) of the database need it`);
  return keyIn(store.database.rows, readKeyFile(keyFile), keyFile, id);
}

async function keyIn(rows: Rows, file: KeyFile, keyFile: string, id: string): Promise<FiledKey> {
  const key = file.keys.find((candidate) => candidate.id === id);
  if (!key) throw new Error(`Key file ${keyFile} has no key ${id}`);
  if (id === file.current) throw new Error(`Key ${id} was not removed: it is the one that seals now`);
  if (key.retiredAt === undefined || (await keysInUse(rows)).includes(id))
    throw new Error(`Key ${id} was not removed: it is not retired, "key rotate" does that`);
  return key;
}

/**
 * Takes a retired key out of the key file, for good: a backup that needs it can never be read again.
 * @throws Error in English, for the operator, when the key is unknown, not retired, or still used by anything
 */
export async function removeKey(store: Store, keyFile: string, id: string, at: Date): Promise<void> {
  await removableKey(store, keyFile, id);
  await operate(store, { actor: 'command:key', at }, async ({ rows, trail }) => {
    const file = readKeyFile(keyFile);
    const key = await keyIn(rows, file, keyFile, id);
    await trail.append({ action: 'key.remove', values: { key: id } });
    await writeKeyFile(keyFile, { ...file, keys: file.keys.filter((candidate) => candidate !== key) });
  });
}
