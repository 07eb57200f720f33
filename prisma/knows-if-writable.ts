import { setTimeout as wait } from 'node:timers/promises';
import type { Database, StoredRows } from './database.ts';
import { isStorageFault } from './storage-fault.ts';

/** Written and taken away again to see whether there is room: what people do is smaller. */
const PROBE = { name: 'room', value: ' '.repeat(64 * 1024) };
/** Who asks whether it can be written does not wait longer for the answer. */
const PROBED_WITHIN_MS = 2000;

/**
 * The same database, which knows whether what is written to it is stored: it can, until a write could not be stored, and
 * then not until another could. While it can, nothing is written to find out.
 */
export function knowsIfWritable(database: StoredRows): StoredRows & Pick<Database, 'isWritable'> {
  let isWritable = true;
  let probing: Promise<void> | undefined;
  const write: Database['write'] = async (work, options) => {
    try {
      return await database.write(work, options);
    } catch (fault) {
      if (isStorageFault(fault)) isWritable = false;
      throw fault;
    }
  };
  const probe = async () => {
    try {
      await database.write(({ meta }) =>
        meta.upsert({ where: { name: PROBE.name }, create: PROBE, update: PROBE }),
      );
      await database.write(({ meta }) => meta.deleteMany({ where: { name: PROBE.name } }));
      isWritable = true;
    } catch {
      // It cannot be written now.
    } finally {
      probing = undefined;
    }
  };
  return {
    ...database,
    write,
    async isWritable() {
      if (isWritable) return true;
      probing ??= probe();
      await Promise.race([probing, wait(PROBED_WITHIN_MS, undefined, { ref: false })]);
      return isWritable;
    },
  };
}
