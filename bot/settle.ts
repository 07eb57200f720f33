import type { Person } from '../ledger/directory.ts';
import type { Content } from '../ledger/message.ts';
import { openOrTell } from '../ledger/open-or-tell.ts';
import { enqueueAll, type Outgoing } from '../ledger/outbox.ts';
import { beginReadingOnce, entriesChanged } from '../ledger/read-once.ts';
import { aboutRequest } from '../ledger/sealed-places.ts';
import {
  forgetInbound,
  insertRequests,
  type Rows,
  type Store,
  settledAmong,
  settledRequest,
  type Undoing,
} from '../ledger/store.ts';
import type { House } from './house.ts';
import type { ActionAnswer, Inbound } from './platform.ts';

/** What a message or an action came to. */
export interface Outcome {
  /** To be sent as a message of its own. */
  reply?: Content;
  /** What an action is answered at once. */
  answer: ActionAnswer;
}

/**
 * What is settled within one transaction that settles several: it is read once for all which of them were settled before, and
 * what remembers them is written once for all at the end.
 */
interface Together {
  /** Keys of which it is known that they were not. */
  unsettled: Set<string>;
  settled: Settled[];
}

/** What settling needs of the house. */
type Settling = Pick<House, 'store' | 'takeAnswers'>;

interface Settled {
  inbound: Inbound;
  person: Person | undefined;
  outcome: Outcome;
  at: Date;
}

const together = new WeakMap<Rows, Together>();

/** From now on these are settled together in this transaction, until `endTogether`. */
export async function beginTogether(rows: Rows, keys: readonly string[]): Promise<Undoing> {
  const before = await settledAmong(rows, keys);
  const settled: Settled[] = [];
  beginReadingOnce(rows);
  together.set(rows, { unsettled: new Set(keys.filter((key) => !before.has(key))), settled });
  return {
    mark: () => settled.length,
    undo(mark) {
      settled.length = mark;
      entriesChanged(rows);
    },
  };
}

/** Whether these are the rows of a transaction that settles several. */
export const isTogether = (rows: Rows): boolean => together.has(rows);

export async function endTogether(house: Settling, rows: Rows): Promise<void> {
  const { settled = [] } = together.get(rows) ?? {};
  together.delete(rows);
  await write(house, rows, settled);
}

/** What the same message or action came to before, if it was settled. */
export async function settledBefore(store: Store, rows: Rows, key: string): Promise<Outcome | undefined> {
  if (together.get(rows)?.unsettled.has(key)) return undefined;
  const request = await settledRequest(rows, key);
  if (!request) return undefined;
  const { sealed } = request;
  const open = () => (sealed ? store.keys.unseal<ActionAnswer>(sealed, aboutRequest(key)) : {});
  return { answer: openOrTell(store, `The answer to request ${key}`, open) ?? {} };
}

/**
 * Settles it, inside the transaction of whatever it changed: it is remembered, its reply stands in line, and what came
 * in is not kept any longer.
 */
export async function settle(house: Settling, rows: Rows, settled: Settled): Promise<void> {
  const others = together.get(rows)?.settled;
  if (others) others.push(settled);
  else await write(house, rows, [settled]);
}

async function write(house: Settling, rows: Rows, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  const { store } = house;
  await insertRequests(
    rows,
    settled.map((each) => requestOf(store, each)),
  );
  await forgetInbound(
    rows,
    settled.map(({ inbound }) => inbound.key),
  );
  const replies = settled.flatMap((each) => replyOf(each) ?? []);
  for (const [at, some] of Map.groupBy(replies, ({ notBefore }) => notBefore))
    await enqueueAll(store, rows, at, some);
  if (replies.length > 0) await house.takeAnswers?.(rows);
}

function requestOf({ keys }: Store, { inbound: { key }, outcome: { answer }, at }: Settled) {
  const hasAnswer = answer.toast !== undefined || answer.card !== undefined;
  return { key, settledAt: at, sealed: hasAnswer ? keys.seal(answer, aboutRequest(key)) : null };
}

function replyOf({ inbound, person, outcome, at }: Settled): Outgoing | undefined {
  if (!outcome.reply) return undefined;
  return {
    key: `reply:${inbound.key}`,
    personId: person?.id ?? '',
    content: outcome.reply,
    address: {
      platform: inbound.platform,
      externalId: inbound.group ?? inbound.account,
      isGroup: inbound.group !== undefined,
    },
    notBefore: at,
  };
}
