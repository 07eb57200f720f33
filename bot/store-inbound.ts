import { aboutInbox } from '../ledger/sealed-places.ts';
import { insertInbound, type Rows, settledAmong } from '../ledger/store.ts';
import type { House } from './house.ts';
import type { Inbound } from './platform.ts';

/**
 * Stores what came in, in one commit; what was settled before, or is stored already, is not stored again.
 * @param options `isOnlyProgress`: it need not be on the disk yet, and whoever stores it waits for that
 */
export async function storeInbound(
  house: House,
  batch: readonly Inbound[],
  { isOnlyProgress }: { isOnlyProgress: boolean },
): Promise<void> {
  const work = (rows: Rows) => storeWithin(house, rows, batch);
  await house.store.database.write(work, { urgent: true, isOnlyProgress });
}

/** The same, within a transaction of something else. */
export async function storeWithin({ store }: House, rows: Rows, batch: readonly Inbound[]): Promise<void> {
  const byKey = new Map(batch.map((inbound) => [inbound.key, inbound]));
  const data = [...byKey].map(([key, inbound]) => ({
    key,
    receivedAt: inbound.at,
    attempts: 0,
    sealed: store.keys.seal(inbound, aboutInbox(key)),
  }));
  const settled = await settledAmong(rows, [...byKey.keys()]);
  await insertInbound(
    rows,
    data.filter(({ key }) => !settled.has(key)),
  );
}
