import type { Database } from '../../ledger/store.ts';

/** A clock that can be moved forward, so that a demonstration need not wait. The shift outlives a restart. */
export interface LocalClock {
  now(): Date;
  /** Never goes back: where `to` has passed already, nothing happens. */
  moveTo(to: Date): Promise<void>;
}

const SHIFT = 'local-clock-shift-ms';

export async function openLocalClock(database: Database, systemNow: () => Date): Promise<LocalClock> {
  const kept = await database.rows.meta.findUnique({ where: { name: SHIFT } });
  let shiftMs = Number(kept?.value ?? 0);
  const now = () => new Date(systemNow().getTime() + shiftMs);
  return {
    now,
    async moveTo(to) {
      const byMs = to.getTime() - now().getTime();
      if (byMs <= 0) return;
      shiftMs += byMs;
      const value = String(shiftMs);
      await database.write((rows) =>
        rows.meta.upsert({ where: { name: SHIFT }, create: { name: SHIFT, value }, update: { value } }),
      );
    },
  };
}
