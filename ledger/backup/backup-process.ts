import { setPriority } from 'node:os';
import { openDatabase } from '../../prisma/open-database.ts';
import { openKeyFile } from '../key-file.ts';
import { sealingKeys } from '../key-ring.ts';
import { keysInUse } from '../keys-in-use.ts';
import type { Asked, Outcome } from './in-own-process.ts';
import { copyPlace, writeBackup } from './write-backup.ts';
import { DiskFull } from './write-whole.ts';

// People are answered first.
setPriority(10);
// Without who asked for it, nobody would take what it makes.
process.once('disconnect', () => process.exit(1));
process.once('message', async (asked: Asked) => {
  process.send?.(await outcomeOf(asked));
  process.disconnect();
});

async function outcomeOf({ databaseUrl, keyFile, file }: Asked): Promise<Outcome> {
  try {
    const database = await openDatabase(databaseUrl, { mustExist: true });
    try {
      const keys = sealingKeys(await openKeyFile(keyFile, await keysInUse(database.rows)));
      return { made: await writeBackup({ database, keys, place: copyPlace(databaseUrl) }, file) };
    } finally {
      await database.close();
    }
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    return { fault: said, isFull: fault instanceof DiskFull };
  }
}
