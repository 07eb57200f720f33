import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { open, realpath, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { KeySet, KeySource } from './key-ring.ts';
import { sealingKey } from './seal.ts';

/** A key as the file has it. */
export interface FiledKey {
  id: string;
  /** 32 bytes in base64. */
  key: string;
  madeAt: string;
  /** Since when nothing uses it any more; backups of before may. */
  retiredAt?: string | undefined;
}

/** What stands in the key file. The keys stand in the order in which they were made. */
export interface KeyFile {
  /** The id of the key that seals. */
  current: string;
  keys: FiledKey[];
}

const filedKeySchema = z.strictObject({
  id: z.string(),
  key: z.base64(),
  madeAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().optional(),
});
const fileSchema = z.strictObject({ current: z.string(), keys: z.array(filedKeySchema).min(1) });
/** What the file was before there could be several keys. */
const singleSchema = z.strictObject({ key: z.base64() });

/** A file of several lines has the keys' ids beside them for the people who look into it; what counts is the key. */
const KIND =
  'expected {"current": "<id>", "keys": [{"id": "<id>", "key": "<32 bytes in base64>", "madeAt": "<time>"}]}';

/**
 * The keys in the file at `path`, which is looked at again whenever something is sealed; it is made with mode 0600 when
 * it is absent.
 * @param needed the ids of the keys that the database uses
 * @throws Error in English, for the operator: absent though the database needs it, a key lacks, or not a key file
 */
export async function openKeyFile(path: string, needed: readonly string[]): Promise<KeySource> {
  if (!(await exists(path))) {
    if (needed.length > 0)
      throw new Error(
        `Key file ${path} is missing, and the database needs key ${needed.join(', ')}: restore it`,
      );
    await makeKeyFile(path);
  }
  const { keys } = readKeyFile(path);
  const lacking = needed.filter((id) => !keys.some((key) => key.id === id));
  if (lacking.length > 0) {
    const held = keys.map(({ id }) => id).join(', ');
    throw new Error(`Key file ${path} holds key ${held}, but the database needs key ${lacking.join(', ')}`);
  }
  return watched(path);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A key that nobody has had. @param at when it is made */
export function freshKey(at: Date): FiledKey {
  const master = randomBytes(32);
  return { id: sealingKey(master).id, key: master.toString('base64'), madeAt: at.toISOString() };
}

async function makeKeyFile(path: string): Promise<void> {
  await writeWhole(path, (at) => {
    const key = freshKey(at);
    return { current: key.id, keys: [key] };
  });
}

export const writeKeyFile = (path: string, file: KeyFile): Promise<void> => writeWhole(path, () => file);

/** Whole or not at all, and durable: what is sealed with a key that was lost is lost. */
async function writeWhole(named: string, content: (at: Date) => KeyFile): Promise<void> {
  // Where the path is a link, it is what the link leads to that has the keys.
  const path = await realpath(named).catch(() => named);
  const beside = `${path}.${process.pid}`;
  const file = await open(beside, 'w', 0o600);
  try {
    const { mtime, uid } = await file.stat();
    const owner = statSync(path, { throwIfNoEntry: false });
    // Run by another user, such as root, it must not take the file from the service.
    if (owner && owner.uid !== uid) await file.chown(owner.uid, owner.gid);
    await file.writeFile(`${JSON.stringify(content(mtime), null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

/** @throws Error in English, for the operator, when others can read it or it is not a key file */
export function readKeyFile(path: string): KeyFile {
  const { mode, mtime } = statSync(path);
  if (mode & 0o077) {
    const found = (mode & 0o777).toString(8);
    throw new Error(`Key file ${path} has mode ${found}, expected 600: others can read it`);
  }
  let file: KeyFile;
  try {
    file = parsed(JSON.parse(readFileSync(path, 'utf8')), mtime);
    keySet(file);
  } catch (fault) {
    throw new Error(
      `Key file ${path} is not one${fault instanceof Misfit ? `: ${fault.message}` : ''}: ${KIND}`,
    );
  }
  return file;
}

/** Why a file of the right form is none; it quotes no key. */
class Misfit extends Error {}

function parsed(content: unknown, writtenAt: Date): KeyFile {
  const single = singleSchema.safeParse(content);
  if (!single.success) return fileSchema.parse(content);
  const { key } = single.data;
  const { id } = sealingKey(Buffer.from(key, 'base64'));
  return { current: id, keys: [{ id, key, madeAt: writtenAt.toISOString() }] };
}

/** @throws Misfit when an id is not its key's, or the current key is none of them */
function keySet({ current, keys }: KeyFile): KeySet {
  const derived = keys.map(({ id, key }) => {
    const made = sealingKey(Buffer.from(key, 'base64'));
    if (made.id !== id) throw new Misfit(`key ${id} has id ${made.id}`);
    return made;
  });
  const found = derived.find(({ id }) => id === current);
  if (!found) throw new Misfit(`the current key ${current} is not among its keys`);
  return { keys: derived, current: found };
}

/** Whenever the keys are asked for it is looked whether the file changed, though once only for all that is done without a pause. */
function watched(path: string): KeySource {
  let seen = stateOf(path);
  let isFresh = false;
  let keys = keySet(readKeyFile(path));
  const anew = () => {
    seen = stateOf(path);
    try {
      keys = keySet(readKeyFile(path));
    } catch {
      // A file that is gone or spoilt stops the next start; what runs goes on with the keys that it has.
    }
    return keys;
  };
  const present = () => {
    if (isFresh) return keys;
    isFresh = true;
    setImmediate(() => {
      isFresh = false;
    });
    return stateOf(path) === seen ? keys : anew();
  };
  return { anew, present };
}

function stateOf(path: string): string {
  const state = statSync(path, { bigint: true, throwIfNoEntry: false });
  return state ? `${state.ino} ${state.size} ${state.ctimeNs}` : 'absent';
}
