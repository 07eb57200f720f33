import type { Database, Rows } from '../prisma/database.ts';
import type { SealingKeys } from './key-ring.ts';

/**
 * A secret that the installation keeps for good in its own database, sealed, such as the key that signs receipts. It is
 * made the first time that it is asked for; rotation of the keys wraps it anew and changes nothing of it.
 * @param name ends in `-key`
 * @throws SealBroken when the stored bytes were changed
 */
export async function installationSecret(
  database: Database,
  keys: SealingKeys,
  name: SecretName,
  make: () => Uint8Array,
): Promise<Uint8Array> {
  const known = await readSecret(database.rows, keys, name);
  if (known) return known;
  return database.write(async (rows) => {
    // Another process may have been quicker.
    const others = await readSecret(rows, keys, name);
    if (others) return others;
    const secret = make();
    await rows.meta.create({ data: { name, value: sealed(keys, name, secret) } });
    return secret;
  });
}

/** Keeps a secret that changes, such as what a platform remembers of its login, in place of the one before. */
export async function keepSecret(
  database: Database,
  keys: SealingKeys,
  name: SecretName,
  secret: Uint8Array,
): Promise<void> {
  const value = sealed(keys, name, secret);
  await database.write((rows) =>
    rows.meta.upsert({ where: { name }, create: { name, value }, update: { value } }),
  );
}

export type SecretName = `${string}-key`;

/** How a row of Meta that is a secret is told from the open facts beside it. */
export const SECRET_NAME_END = '-key';

/** The place that a secret is bound to. */
export const aboutSecret = (name: string): string => `secret/${name}`;

const sealed = (keys: SealingKeys, name: SecretName, secret: Uint8Array): string =>
  Buffer.from(keys.sealBytes(secret, aboutSecret(name))).toString('base64');

/** @returns undefined: there is none yet. @throws SealBroken when the stored bytes were changed */
export async function readSecret(
  rows: Rows,
  keys: SealingKeys,
  name: SecretName,
): Promise<Uint8Array | undefined> {
  const row = await rows.meta.findUnique({ where: { name } });
  return row ? keys.unsealBytes(Buffer.from(row.value, 'base64'), aboutSecret(name)) : undefined;
}
