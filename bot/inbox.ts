import type { House } from './house.ts';
import type { Inbound } from './platform.ts';
import { giveUp, receive } from './receive.ts';
import { inRounds } from './rounds.ts';

const aboutInbox = (key: string) => `inbox/${key}`;

/** After so many faults with one message it is answered with a fixed line. */
const MAX_ATTEMPTS = 3;

/** The wait after nothing could be settled at all, such as on a full disk. */
const PAUSE_MS = 1000;

/** The messages that came in and are not settled yet. */
export interface Inbox {
  /** Resolves once the message is stored durably. One that is known already is not stored again. */
  store(inbound: Inbound): Promise<void>;
  /** There may be something to settle. What cannot be settled now is tried again after a pause. */
  kick(): void;
  /** Settles everything that waits, in the order in which it came. */
  work(): Promise<void>;
  /** Settles what waits and starts nothing more. What still comes is stored, for the next start. */
  stop(): Promise<void>;
}

/** @param settled called after something was settled: there may be messages to deliver */
export function openInbox(house: House, settled: () => void): Inbox {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const work = inRounds(async () => {
    while (!stopped && (await settleOldest(house))) settled();
  });
  const kick = () => {
    work().catch((fault) => {
      house.log.error({ err: fault }, 'nothing can be settled now');
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(kick, PAUSE_MS);
    });
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
    kick,
    work,
    async stop() {
      await work().catch((fault) => house.log.error({ err: fault }, 'messages wait for the next start'));
      stopped = true;
      clearTimeout(timer);
      await work();
    },
  };
}

/**
 * @returns whether there was one
 * @throws when nothing can be settled now, whatever it is
 */
async function settleOldest(house: House): Promise<boolean> {
  const { rows, write } = house.store.database;
  const row = await rows.inbox.findFirst({ orderBy: [{ receivedAt: 'asc' }, { key: 'asc' }] });
  if (!row) return false;
  const inbound = opened(house, row);
  if (!inbound) {
    await write(({ inbox }) => inbox.deleteMany({ where: { key: row.key } }));
    return true;
  }
  await write(({ inbox }) =>
    inbox.updateMany({ where: { key: row.key }, data: { attempts: { increment: 1 } } }),
  );
  if (row.attempts >= MAX_ATTEMPTS) {
    await giveUp(house, inbound);
    return true;
  }
  try {
    await receive(house, inbound);
  } catch (fault) {
    const { platform } = inbound;
    house.log.error({ err: fault, platform, attempt: row.attempts + 1 }, 'a message met a fault');
  }
  return true;
}

/** @returns nothing when the stored bytes were changed: who spoke is sealed too, so that nobody can be answered */
function opened({ store, log }: House, row: { key: string; sealed: Uint8Array }): Inbound | undefined {
  try {
    const inbound = store.keys.unseal<Inbound>(row.sealed, aboutInbox(row.key));
    return { ...inbound, at: new Date(inbound.at) };
  } catch (fault) {
    log.error({ err: fault, inbox: row.key }, 'a stored message does not open: it is dropped unanswered');
    return undefined;
  }
}
