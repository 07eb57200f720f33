import { setTimeout as wait } from 'node:timers/promises';
import { freshKey, type KeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
import { keepKeysInUse, keysInUse } from './keys-in-use.ts';
import { operate } from './operation.ts';
import { rewrapAll } from './rewrap-all.ts';
import type { Store } from './store.ts';

export interface Rotation {
  /** The key that seals now. */
  current: string;
  /** The keys that nothing uses any more: they stay in the file for older backups. */
  retired: string[];
  /** Values that were wrapped anew. */
  rewrapped: number;
  /** Records with a value that does not open, and so could not be wrapped anew. */
  broken: string[];
}

export interface RotationWish {
  keyFile: string;
  at: Date;
  /** How long to wait for what a running program sealed before it saw the new key file to be in the database. */
  takenUpMs: number;
  /** Takes sentences in English about how it goes on. */
  say: (sentence: string) => void;
}

/** Who acts, in the audit trail. */
const ACTOR = 'command:key';

/**
 * Puts a new key into the place of the old one and wraps every sealed value anew, beside a running service. Whenever it
 * is killed, the next call goes on where it stopped; every value can be opened at every moment.
 *
 * 1. The new key is written into the key file, not yet to seal with.
 * 2. The database says that it uses it, so that no program starts without it; the act is recorded.
 * 3. It becomes the key that seals; who runs takes it up.
 * 4. All values are wrapped anew, until nothing is left that another key sealed.
 * 5. The other keys are marked as retired, and the database says that it does not use them.
 */
export async function rotateKeys(store: Store, wish: RotationWish): Promise<Rotation> {
  const { keyFile, takenUpMs, say } = wish;
  const next = await beginRotation(store, wish);
  await makeCurrent(store, keyFile, next);
  say(`Key ${next} seals from now on; waiting until running programs have taken it up`);
  await wait(takenUpMs);
  const { rewrapped, broken } = await rewrapAll(store, say);
  return { current: next, retired: await retireOthers(store, wish, next), rewrapped, broken };
}

/** Key files are changed inside a transaction only: so two programs never do it at once. */
const makeCurrent = (store: Store, keyFile: string, next: string): Promise<void> =>
  store.database.write(async () => {
    const file = readKeyFile(keyFile);
    if (file.current !== next) await writeKeyFile(keyFile, { ...file, current: next });
  });

/** @returns the keys that were retired now */
function retireOthers(store: Store, { keyFile, at }: RotationWish, next: string): Promise<string[]> {
  return operate(store, { actor: ACTOR, at }, async ({ rows, trail }) => {
    const file = readKeyFile(keyFile);
    if (file.current !== next || successor(file) !== undefined)
      throw new Error('Another rotation was begun meanwhile: rotate once more to end it');
    const old = file.keys.filter(({ id, retiredAt }) => id !== next && retiredAt === undefined);
    const retired = old.map(({ id }) => id);
    await writeKeyFile(keyFile, withRetired(file, retired, at));
    await keepKeysInUse(rows, [next]);
    await trail.append({ action: 'key.retire', values: { current: next, retired } });
    return retired;
  });
}

/** @returns the id of the key that is to seal, made now unless a rotation was under way */
function beginRotation(store: Store, { keyFile, at, say }: RotationWish): Promise<string> {
  // It may run again when another program holds the database: what is in the file by then is not made twice.
  return operate(store, { actor: ACTOR, at }, async ({ rows, trail }) => {
    const file = readKeyFile(keyFile);
    const inUse = await keysInUse(rows);
    const next = successor(file) ?? (isUnderWay(file, inUse) ? file.current : undefined);
    if (next !== undefined && inUse.includes(next)) {
      say(`Going on with the rotation to key ${next}`);
      return next;
    }
    const made = next ?? (await addKey(keyFile, file, at));
    await keepKeysInUse(rows, [...inUse, made]);
    await trail.append({ action: 'key.rotate', values: { key: made } });
    say(`Key ${made} is in ${keyFile}: back the file up, apart from the database`);
    return made;
  });
}

/** A key that was made to follow the current one and does not seal yet. */
function successor({ keys, current }: KeyFile): string | undefined {
  const newest = keys.at(-1);
  return newest && newest.id !== current && newest.retiredAt === undefined ? newest.id : undefined;
}

/** Whether something may still be sealed with another key than the current one. */
const isUnderWay = ({ keys, current }: KeyFile, inUse: readonly string[]): boolean =>
  keys.some(({ id, retiredAt }) => id !== current && retiredAt === undefined) ||
  inUse.some((id) => id !== current);

async function addKey(keyFile: string, file: KeyFile, at: Date): Promise<string> {
  const key = freshKey(at);
  await writeKeyFile(keyFile, { ...file, keys: [...file.keys, key] });
  return key.id;
}

const withRetired = (file: KeyFile, ids: readonly string[], at: Date): KeyFile => ({
  ...file,
  keys: file.keys.map((key) => (ids.includes(key.id) ? { ...key, retiredAt: at.toISOString() } : key)),
});
