import { aboutInbox } from '../ledger/sealed-places.ts';
import type { Row, Rows } from '../ledger/store.ts';
import { type FileFetching, openFileFetching } from './file-fetching.ts';
import type { House } from './house.ts';
import type { Inbound } from './platform.ts';
import { giveUp, receive } from './receive.ts';
import { inRounds } from './rounds.ts';
import { isWanted } from './take-file.ts';

/** After so many faults with one message it is answered with a fixed line. */
const MAX_ATTEMPTS = 3;

/** The wait after nothing could be settled at all, such as on a full disk. */
const PAUSE_MS = 1000;

type InboxRow = Row.InboxModel;

/** The messages that came in and are not settled yet. */
export interface Inbox {
  /** Resolves once the message is stored durably. One that is known already is not stored again. */
  store(inbound: Inbound): Promise<void>;
  /** There may be something to settle. What cannot be settled now is tried again after a pause. */
  kick(): void;
  /** Settles everything that waits, in the order in which it came. */
  work(): Promise<void>;
  /** The same, and waits for the files that are fetched meanwhile. */
  idle(): Promise<void>;
  /** Settles what waits and starts nothing more. What still comes is stored, for the next start. */
  stop(): Promise<void>;
}

/** @param settled called after something was settled: there may be messages to deliver */
export function openInbox(house: House, settled: () => void): Inbox {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const fetching = openFileFetching(house, () => kick());
  const work = inRounds(async () => {
    // What comes in meanwhile asks for a round of its own.
    while (!stopped && (await settleSome(house, fetching, () => stopped, settled)));
  });
  const kick = () => {
    work().catch((fault) => {
      house.log.error({ err: fault }, 'nothing can be settled now');
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(kick, PAUSE_MS);
    });
  };
  let arriving: Inbound[] = [];
  // What comes in while others are being stored is stored with the next commit, all of it at once.
  const storeArriving = inRounds(async () => {
    const batch = arriving;
    arriving = [];
    await storeAll(house, batch);
  });
  return {
    store(inbound) {
      arriving.push(inbound);
      return storeArriving();
    },
    kick,
    work,
    async idle() {
      await work();
      while (fetching.underWay.size > 0) {
        await fetching.idle();
        await work();
      }
    },
    async stop() {
      await work().catch((fault) => house.log.error({ err: fault }, 'messages wait for the next start'));
      stopped = true;
      clearTimeout(timer);
      await fetching.stop();
      await work();
    },
  };
}

async function storeAll({ store }: House, batch: readonly Inbound[]): Promise<void> {
  const byKey = new Map(batch.map((inbound) => [inbound.key, inbound]));
  const among = { where: { key: { in: [...byKey.keys()] } }, select: { key: true } };
  const data = [...byKey].map(([key, inbound]) => ({
    key,
    receivedAt: inbound.at,
    attempts: 0,
    sealed: store.keys.seal(inbound, aboutInbox(key)),
  }));
  const work = async (rows: Rows) => {
    const known = [...(await rows.request.findMany(among)), ...(await rows.inbox.findMany(among))];
    const isNew = ({ key }: { key: string }) => !known.some((row) => row.key === key);
    await rows.inbox.createMany({ data: data.filter(isNew) });
  };
  await store.database.write(work, { urgent: true });
}

/** Messages that are taken together: it costs as much as taking one. */
const BATCH = 10;

/**
 * Settles the oldest, in the order in which they came.
 * @returns whether there may be more of what was there
 * @throws when nothing can be settled now, whatever it is
 */
async function settleSome(
  house: House,
  fetching: FileFetching,
  isStopping: () => boolean,
  settled: () => void,
): Promise<boolean> {
  const taken = await takeOldest(house, fetching);
  for (const row of taken.rows) {
    const isWell = await settleOne(house, fetching, row);
    settled();
    // What met a fault comes again before what came after it.
    if (!isWell || isStopping()) return true;
  }
  return taken.isPart;
}

interface Taken {
  rows: InboxRow[];
  /** There may be more. */
  isPart: boolean;
}

/**
 * Takes the oldest. Only the first counts as tried: one that brings the process down is the first in the next life, and
 * those behind it lose nothing by it. What was tried before is taken alone.
 */
async function takeOldest({ store }: House, { underWay }: FileFetching): Promise<Taken> {
  const { rows, write } = store.database;
  const oldest = await rows.inbox.findMany({
    // What waits for its file lets others go first.
    where: { key: { notIn: [...underWay] } },
    orderBy: [{ receivedAt: 'asc' }, { key: 'asc' }],
    take: BATCH,
  });
  const [first] = oldest;
  if (!first) return { rows: [], isPart: false };
  await write(({ inbox }) =>
    inbox.updateMany({ where: { key: first.key }, data: { attempts: { increment: 1 } } }),
  );
  const tried = oldest.findIndex(({ attempts }) => attempts > 0);
  if (tried === -1) return { rows: oldest, isPart: oldest.length === BATCH };
  return { rows: oldest.slice(0, Math.max(tried, 1)), isPart: true };
}

/**
 * @param row as it was before it was taken
 * @returns whether it is settled
 */
async function settleOne(house: House, fetching: FileFetching, row: InboxRow): Promise<boolean> {
  const inbound = opened(house, row);
  if (!inbound) {
    await house.store.database.write(({ inbox }) => inbox.deleteMany({ where: { key: row.key } }));
    return true;
  }
  try {
    if (row.attempts >= MAX_ATTEMPTS) await giveUp(house, inbound);
    else if (!(await isToBeFetched(house, fetching, inbound))) await receive(house, inbound);
    return true;
  } catch (fault) {
    if (row.attempts >= MAX_ATTEMPTS) throw fault;
    const { platform } = inbound;
    house.log.error({ err: fault, platform, attempt: row.attempts + 1 }, 'a message met a fault');
    return false;
  }
}

/** A message whose file the platform still holds comes again once the file is here, or it is known why it is not. */
async function isToBeFetched(house: House, fetching: FileFetching, inbound: Inbound): Promise<boolean> {
  const { file } = inbound;
  if (!file || file.keptAs !== undefined || file.refused !== undefined) return false;
  const personId = await isWanted(house, inbound, file);
  if (personId !== undefined) fetching.fetch(inbound, file, personId);
  return personId !== undefined;
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
