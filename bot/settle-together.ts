import { setImmediate as breathe } from 'node:timers/promises';
import { type Rows, within } from '../ledger/store.ts';
import type { House } from './house.ts';
import { parse, tidyText } from './parse.ts';
import type { Inbound } from './platform.ts';
import { receive } from './receive.ts';
import { beginTogether, endTogether } from './settle.ts';

/**
 * Whether it may be settled with others in one transaction. What only shows something may take long, and what comes in
 * meanwhile would wait to be stored; a file is looked at by itself.
 */
export function goesTogether({ handlers }: House, { kind, file, group, text }: Inbound): boolean {
  if (kind !== 'message' || file || group !== undefined) return false;
  return parse(tidyText(text), handlers).handler?.kind === 'command';
}

/** For so long they are settled with one commit though something waits to be stored. */
const LEAST_MS = 100;
/** For so long the network is not listened to: SQLite answers without letting go of the thread. */
const DEAF_MS = 4;

/**
 * Settles messages in one transaction, in their order, each in savepoints of its own: what is refused of one leaves the others
 * as they are. Where something waits to be stored (decision 016), it ends after some of them.
 * @param beside whether something waits to be stored, or a crowd that goes first; and what stores it in the same transaction
 * @returns how many were settled
 * @throws what one of them met that nobody may read: then none of them is settled
 */
export async function settleTogether(
  house: House,
  inbounds: readonly Inbound[],
  beside: {
    isHurried: () => boolean;
    isCrowdFirst: () => boolean;
    comeAlong: (rows: Rows) => Promise<void>;
  },
): Promise<number> {
  const { store } = house;
  return store.database.write(async (rows) => {
    const undoing = await beginTogether(
      rows,
      inbounds.map(({ key }) => key),
    );
    const inside: House = { ...house, store: { ...store, database: within(store.database, rows, undoing) } };
    const begun = performance.now();
    const isEnough = (count: number) =>
      count > 0 && beside.isHurried() && (beside.isCrowdFirst() || performance.now() - begun > LEAST_MS);
    let settled = 0;
    let heardAt = begun;
    for (const inbound of inbounds) {
      if (performance.now() - heardAt > DEAF_MS) {
        await breathe();
        heardAt = performance.now();
      }
      if (isEnough(settled)) break;
      await receive(inside, inbound);
      settled += 1;
    }
    await endTogether(house, rows);
    await beside.comeAlong(rows);
    return settled;
  });
}
