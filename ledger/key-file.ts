import { randomBytes } from 'node:crypto';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { type KeyRing, keyRing } from './seal.ts';

const fileSchema = z.object({ key: z.base64() });

/**
 * The key ring in the file at `path`; the file is made with mode 0600 when it is absent.
 * @param expectedId the id of the key that sealed what the database holds, if it holds anything
 * @throws Error in English, for the operator: absent though the database needs it, another key, or not a key file
 */
export async function openKeyFile(path: string, expectedId: string | undefined): Promise<KeyRing> {
  if (!(await exists(path))) {
    if (expectedId)
      throw new Error(`Key file ${path} is missing, and the database needs key ${expectedId}: restore it`);
    await makeKeyFile(path);
  }
  const ring = await readKeyFile(path);
  if (expectedId && ring.id !== expectedId) {
    throw new Error(`Key file ${path} holds key ${ring.id}, but the database needs key ${expectedId}`);
  }
  return ring;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function makeKeyFile(path: string): Promise<void> {
  const content = JSON.stringify({ key: randomBytes(32).toString('base64') });
  const beside = `${path}.${process.pid}`;
  // Whole or not at all: an empty key file would stop every later start.
  await writeFile(beside, `${content}\n`, { mode: 0o600, flush: true });
  await rename(beside, path);
}

async function readKeyFile(path: string): Promise<KeyRing> {
  const { mode } = await stat(path);
  if (mode & 0o077) {
    throw new Error(
      `Key file ${path} has mode ${(mode & 0o777).toString(8)}, expected 600: others can read it`,
    );
  }
  try {
    const { key } = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return keyRing(Buffer.from(key, 'base64'));
  } catch {
    throw new Error(`Key file ${path} is not one: expected {"key": "<32 bytes in base64>"}`);
  }
}
