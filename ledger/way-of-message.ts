import type { OutboxRow } from './outbox.ts';
import type { Store } from './store.ts';

/** Platforms that the message is not tried on again, in the order of trying; of one that went out: by which it did not go. */
export const notByOf = ({ notBy }: Pick<OutboxRow, 'notBy'>): string[] => notBy?.split(',') ?? [];

/** As it is kept. */
export const asNotBy = (platforms: readonly string[]): string | null =>
  platforms.length === 0 ? null : [...new Set(platforms)].join(',');

/** A message that was taken, and the platform by which it is about to go. */
export interface Going {
  row: OutboxRow;
  platform: string;
}

/**
 * Notes by which way each goes, before it goes: whoever finds one that was taken and never settled knows where it may have
 * arrived. On another way than before the attempts begin anew.
 * @returns the rows as they are now
 */
export async function noteWays(store: Store, going: readonly Going[]): Promise<OutboxRow[]> {
  const changed = going.filter(({ row, platform }) => row.via !== platform);
  const alike = Map.groupBy(changed, ({ row, platform }) => JSON.stringify([platform, row.via !== null]));
  if (alike.size > 0)
    await store.database.write(async (rows) => {
      for (const some of alike.values())
        await rows.outbox.updateMany({
          where: { id: { in: some.map(({ row }) => row.id) } },
          data: noted(some[0] as Going),
        });
    });
  return going.map((each) => (changed.includes(each) ? { ...each.row, ...noted(each) } : each.row));
}

const noted = ({ row, platform }: Going) => ({ via: platform, ...(row.via !== null && { attempts: 1 }) });

/**
 * The message certainly did not go out by the way that it was tried on, and never will: it is due at once by another. Where
 * the lease ended and somebody else took it meanwhile, it is his to settle.
 */
export async function settleByAnotherWay(
  store: Store,
  row: OutboxRow,
  { platform, reason, at }: { platform: string; reason: string; at: Date },
): Promise<void> {
  const notBy = asNotBy([...notByOf(row), platform]);
  await store.database.write((rows) =>
    rows.outbox.updateMany({
      where: { id: row.id, state: 'waiting', leaseUntil: row.leaseUntil },
      data: { notBy, attempts: 0, leaseUntil: null, notBefore: at, lastError: reason },
    }),
  );
}

/**
 * The platform has been away for too long: what was refused by it and waits to be tried again, and may go by another way, is
 * due at once. What may have gone out stays, and so does what the next attempt could end.
 */
export async function hurryFrom(store: Store, platform: string, at: Date): Promise<void> {
  const { maxAttempts } = store.rules.delivery;
  await store.database.write((rows) =>
    rows.outbox.updateMany({
      where: {
        ...{ state: 'waiting', platform: null, via: platform, uncertainAt: null, leaseUntil: null },
        notBefore: { gt: at },
        attempts: { lt: maxAttempts - 1 },
      },
      data: { notBefore: at },
    }),
  );
}
