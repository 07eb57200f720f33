import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { readKeyFile } from '../../../ledger/key-file.ts';
import { type KeyRing, type KeySet, keyRing, sealingKeys } from '../../../ledger/key-ring.ts';
import { type SealingKey, sealingKey } from '../../../ledger/seal.ts';
import { sealedColumns } from '../../../ledger/sealed-columns.ts';
import type { Store } from '../../../ledger/store.ts';
import type { SampleRecord } from '../../sample-record.ts';

/** A value as it was sealed before every value had a data key of its own. */
export function sealedDirectly(
  master: Uint8Array,
  plain: Uint8Array,
  about: string,
): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), 'qinglian seal', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const id = Buffer.from(sealingKey(master).id, 'hex');
  return new Uint8Array(Buffer.concat([Buffer.of(1), id, nonce, cipher.getAuthTag(), body]));
}

/** Keys that stay as they are; the last one seals. */
export function ringOf(...keys: SealingKey[]): KeyRing {
  const current = keys.at(-1);
  if (!current) throw new RangeError('A ring has a key');
  const set: KeySet = { keys, current };
  return keyRing(sealingKeys({ present: () => set, anew: () => set }), randomBytes(32));
}

/** The ids of the keys that something in the database was sealed with. */
export async function keysThatSealed({ database }: Store): Promise<string[]> {
  const ids = new Set<string>();
  for (const column of sealedColumns)
    for await (const page of column.pages(database.rows, 100))
      for (const { sealed } of page) ids.add(Buffer.from(sealed.subarray(1, 5)).toString('hex'));
  return [...ids].sort();
}

export const filedKeys = ({ environment }: Pick<SampleRecord, 'environment'>) =>
  readKeyFile(environment.keyFile);

/** Makes the database and its key file what they were before there was more than one key. */
export async function madeOld({ store, environment }: SampleRecord): Promise<void> {
  const { keys } = filedKeys({ environment });
  const key = keys[0]?.key ?? '';
  const master = Buffer.from(key, 'base64');
  await store.database.write(async (rows) => {
    for (const column of sealedColumns.filter(({ model }) => model !== 'meta'))
      for await (const page of column.pages(rows, 1000))
        for (const { sealed, about, replace } of page)
          await replace(rows, sealedDirectly(master, store.keys.unsealBytes(sealed, about), about));
    await rows.meta.deleteMany({ where: { name: { endsWith: '-key' } } });
  });
  await writeFile(environment.keyFile, `${JSON.stringify({ key })}\n`, { mode: 0o600 });
}
