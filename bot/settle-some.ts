import { aboutInbox } from '../ledger/sealed-places.ts';
import {
  countTry,
  forgetInbound,
  isStorageFault,
  oldestInbound,
  type Row,
  type Rows,
} from '../ledger/store.ts';
import type { FileFetching } from './file-fetching.ts';
import type { House } from './house.ts';
import { messageNumber } from './message-number.ts';
import type { Inbound } from './platform.ts';
import { giveUp, receive } from './receive.ts';
import { goesTogether, settleTogether } from './settle-together.ts';
import { isWanted } from './take-file.ts';

/** After so many faults with one message it is answered with a fixed line. */
const MAX_ATTEMPTS = 3;

/** Messages that are taken together: it costs as much as taking one. */
const BATCH = 32;

/** How the inbox is being worked through. */
export interface Going {
  readonly house: House;
  readonly fetching: FileFetching;
  isStopping(): boolean;
  /** Whether something waits to be stored. */
  isHurried(): boolean;
  /** Whether a crowd comes in that is stored before more are settled. */
  isCrowdFirst(): boolean;
  /** Stores it with this transaction. */
  comeAlong(rows: Rows): Promise<void>;
  settled(): void;
  /** So many more are settled alone: of those that were taken together when the process ended, one may have ended it. */
  alone: number;
  /** How many were taken together last. */
  together: number;
}

/**
 * Settles the oldest, in the order in which they came.
 * @returns whether there may be more of what was there
 * @throws when nothing can be settled now, whatever it is
 */
export async function settleSome(going: Going): Promise<boolean> {
  const { house, fetching, isStopping, settled } = going;
  const taken = await takeOldest(house, fetching, going.alone > 0 ? 1 : BATCH);
  const [first] = taken.rows;
  if (first) going.together = taken.rows.length;
  going.alone = first && first.attempts > 0 ? BATCH : Math.max(0, going.alone - taken.rows.length);
  for (let next = 0; next < taken.rows.length; ) {
    const some = await settleTogetherFrom(going, taken.rows.slice(next));
    const row = taken.rows[next];
    const isWell = some > 0 || !row || (await settleOne(house, fetching, row));
    next += Math.max(some, 1);
    settled();
    // What met a fault comes again before what came after it.
    if (!isWell || isStopping() || going.isCrowdFirst()) return true;
  }
  return taken.isPart;
}

/** @returns how many of the first were settled in one transaction: none where the first goes alone, or one of them met a fault */
async function settleTogetherFrom(going: Going, rows: readonly Waiting[]): Promise<number> {
  const { house } = going;
  const [first] = rows;
  const some: Inbound[] = [];
  for (const row of rows) {
    const { inbound } = row;
    if (row.attempts > 0 || !inbound || !goesTogether(house, inbound)) break;
    some.push(inbound);
  }
  if (!first || some.length < 2) return 0;
  return settleTogether(house, some, going).catch(async (fault) => {
    if (isStorageFault(fault)) {
      await uncount(house, first);
      throw fault;
    }
    house.log.warn(
      { err: fault, messages: some.length },
      'messages are settled one by one: one of them met a fault',
    );
    return 0;
  });
}

/** A message as it was before it was taken. */
interface Waiting extends Pick<Row.InboxModel, 'key' | 'attempts'> {
  /** Nothing where the stored bytes were changed. */
  inbound: Inbound | undefined;
}

interface Taken {
  rows: Waiting[];
  /** There may be more. */
  isPart: boolean;
}

/**
 * Takes the oldest. Only the first counts as tried: one that brings the process down is the first in the next life, and
 * those behind it lose nothing by it. What was tried before is taken alone.
 */
async function takeOldest(house: House, { underWay }: FileFetching, most: number): Promise<Taken> {
  const { rows, write } = house.store.database;
  // What waits for its file lets others go first.
  const oldest = await oldestInbound(rows, [...underWay.keys()], most);
  const [first] = oldest;
  if (!first) return { rows: [], isPart: false };
  await write((inside) => countTry(inside, first.key), { isOnlyProgress: true });
  const tried = oldest.findIndex(({ attempts }) => attempts > 0);
  const taken = tried === -1 ? oldest : oldest.slice(0, Math.max(tried, 1));
  return {
    rows: taken.map((row) => ({ key: row.key, attempts: row.attempts, inbound: opened(house, row) })),
    isPart: tried !== -1 || oldest.length === most,
  };
}

/** @returns whether it is settled */
async function settleOne(house: House, fetching: FileFetching, row: Waiting): Promise<boolean> {
  const { inbound } = row;
  if (!inbound) {
    await house.store.database.write((rows) => forgetInbound(rows, [row.key]));
    return true;
  }
  try {
    if (row.attempts >= MAX_ATTEMPTS) await giveUp(house, inbound);
    else await receiveWithFile(house, fetching, inbound);
    return true;
  } catch (fault) {
    if (isStorageFault(fault)) await uncount(house, row);
    if (row.attempts >= MAX_ATTEMPTS || isStorageFault(fault)) throw fault;
    const { platform } = inbound;
    const message = messageNumber(inbound);
    house.log.error({ err: fault, platform, message, attempt: row.attempts + 1 }, 'a message met a fault');
    return false;
  }
}

/** A message whose file the platform still holds comes again once the file is here, or it is known why it is not. */
async function receiveWithFile(house: House, fetching: FileFetching, inbound: Inbound): Promise<void> {
  const { file } = inbound;
  const isHeld = file && file.keptAs === undefined && file.refused === undefined;
  const personId = isHeld ? await isWanted(house, inbound, file) : undefined;
  if (!file || personId === undefined) return void (await receive(house, inbound));
  const refused = fetching.fetch(inbound, file, personId);
  if (refused !== undefined) await receive(house, { ...inbound, file: { ...file, refused } });
}

/** That nothing can be stored now is no fault of the message: it is not given up for it. */
async function uncount({ store }: House, { key }: Waiting): Promise<void> {
  const counted = { where: { key, attempts: { gt: 0 } }, data: { attempts: { decrement: 1 } } };
  await store.database.write(({ inbox }) => inbox.updateMany(counted)).catch(() => undefined);
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
