import { NotChecked, once } from '../../bot/lark/doctor/check.ts';
import type { Environment } from '../../config/environment.ts';
import { openKeyFile } from '../../ledger/key-file.ts';
import { keysInUse } from '../../ledger/keys-in-use.ts';
import type { Rows } from '../../prisma/database.ts';
import { readDatabase } from '../../prisma/read-database.ts';

/** The bureau's record, opened for looking at when the first check asks for it. */
export interface HouseRecord {
  /** @throws Error when it cannot be opened */
  open(): Promise<Rows>;
  /** The same for whoever depends on it. @throws NotChecked */
  rows(): Promise<Rows>;
  close(): Promise<void>;
}

export function houseRecord({ databaseUrl }: Environment): HouseRecord {
  const opened = once(() => readDatabase(databaseUrl));
  let isAsked = false;
  const open = async () => {
    isAsked = true;
    return (await opened()).rows;
  };
  return {
    open,
    rows: () =>
      open().catch(() => {
        throw new NotChecked('先解决「台账」');
      }),
    async close() {
      if (isAsked)
        await opened().then(
          (database) => database.close(),
          () => undefined,
        );
    },
  };
}

/** @returns whether every key of the record is at hand @throws Error when one is missing */
export async function hasKey(rows: Rows, { keyFile }: Environment): Promise<boolean> {
  const inUse = await keysInUse(rows);
  // Without a known id a missing key file would be made.
  if (inUse.length === 0) return false;
  await openKeyFile(keyFile, inUse);
  return true;
}
