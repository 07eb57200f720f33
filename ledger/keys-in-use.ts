import type { Rows } from '../prisma/database.ts';

/** Which keys sealed what the database holds: the ids, with a space between. */
const KEY_ID = 'key-id';

/** The ids of the keys that the database may use; none when nothing was sealed yet. The oldest comes first. */
export async function keysInUse(rows: Rows): Promise<string[]> {
  const known = await rows.meta.findUnique({ where: { name: KEY_ID } });
  return known?.value.split(' ') ?? [];
}

/** Has to be kept before something is sealed with a key, and may forget one only when nothing uses it any more. */
export async function keepKeysInUse(rows: Rows, ids: readonly string[]): Promise<void> {
  const value = ids.join(' ');
  await rows.meta.upsert({ where: { name: KEY_ID }, create: { name: KEY_ID, value }, update: { value } });
}
