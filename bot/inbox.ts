import type { House } from './house.ts';
import type { Inbound } from './platform.ts';
import { giveUp, receive } from './receive.ts';

const aboutInbox = (key: string) => `inbox/${key}`;

/** After so many faults with one message it is answered with a fixed line. */
const MAX_ATTEMPTS = 3;

/** The messages that came in and are not settled yet. */
export interface Inbox {
  /** Resolves once the message is stored durably. One that is known already is not stored again. */
  store(inbound: Inbound): Promise<void>;
  /** Settles everything that waits, in the order in which it came. */
  work(): Promise<void>;
}

/** @param settled called after something was settled: there may be messages to deliver */
export function openInbox(house: House, settled: () => void): Inbox {
  let working: Promise<void> | undefined;
  let again = false;
  const work = async () => {
    do {
      again = false;
      while (await settleOldest(house)) settled();
    } while (again);
  };
  return {
    async store(inbound) {
      await house.store.database.write(async (rows) => {
        const { key } = inbound;
        if (await rows.request.findUnique({ where: { key }, select: { key: true } })) return;
        if (await rows.inbox.findUnique({ where: { key }, select: { key: true } })) return;
        const sealed = house.store.keys.seal(inbound, aboutInbox(key));
        await rows.inbox.create({ data: { key, receivedAt: inbound.at, attempts: 0, sealed } });
      });
    },
    work() {
      again = true;
      working ??= work().finally(() => {
        working = undefined;
      });
      return working;
    },
  };
}

/** @returns whether there was one */
async function settleOldest(house: House): Promise<boolean> {
  const { store, log } = house;
  const row = await store.database.rows.inbox.findFirst({ orderBy: [{ receivedAt: 'asc' }, { key: 'asc' }] });
  if (!row) return false;
  const sealed = store.keys.unseal<Inbound>(row.sealed, aboutInbox(row.key));
  const inbound = { ...sealed, at: new Date(sealed.at) };
  await store.database.write((rows) =>
    rows.inbox.updateMany({ where: { key: row.key }, data: { attempts: { increment: 1 } } }),
  );
  try {
    if (row.attempts >= MAX_ATTEMPTS) await giveUp(house, inbound);
    else await receive(house, inbound);
  } catch (fault) {
    log.error({ err: fault, platform: inbound.platform, attempt: row.attempts + 1 }, 'a message met a fault');
  }
  return true;
}
