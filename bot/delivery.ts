import { setTimeout as wait } from 'node:timers/promises';
import type { Held } from '../ledger/held-card.ts';
import type { Content } from '../ledger/message.ts';
import {
  type Address,
  claim,
  contentOf,
  type Lane,
  type OutboxRow,
  postpone,
  release,
  settleFailed,
  settleSent,
} from '../ledger/outbox.ts';
import type { House } from './house.ts';
import { type ChatPlatform, SendFailure, type Sent } from './platform.ts';
import { markReached, markUnreachable } from './unreachable.ts';
import { openWorker, type Round, type Worker } from './worker.ts';

/** How soon it is looked for more while something is under way. */
const LOOK_AGAIN_MS = 100;

/** Delivers the messages of one lane, so that an answer need not wait behind a thousand digests. */
export const openLane = (house: House, lane: Lane): Worker =>
  openWorker(house, {
    name: `delivery of ${lane}`,
    round: (isStopping) => deliver(house, lane, isStopping),
  });

/** Sends what is due until nothing is, or until it is told to stop: then it finishes what is under way. */
async function deliver(house: House, lane: Lane, isStopping: () => boolean): Promise<Round> {
  const { concurrency } = house.store.rules.delivery;
  const sending = openSending(house, isStopping);
  const { underWay } = sending;
  let nextDueAt: Date | undefined;
  while (!isStopping() && !sending.fault) {
    const most = concurrency - underWay.size;
    const claimed = await claim(house.store, house.now(), lane, most);
    ({ nextDueAt } = claimed);
    if (claimed.isSuspect) await Promise.all(underWay);
    for (const row of claimed.rows) sending.start(row);
    if (claimed.isSuspect) await Promise.all(underWay);
    // What hangs keeps nobody waiting who comes later.
    else if (claimed.rows.length < most) await Promise.race([Promise.all(underWay), wait(LOOK_AGAIN_MS)]);
    // Whoever puts something in line asks for another round.
    if (claimed.rows.length < most && !claimed.isSuspect && underWay.size === 0) break;
    while (underWay.size > concurrency / 2) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  if (sending.fault) throw sending.fault.value;
  return { done: sending.sent, nextDueAt };
}

/** Messages on their way at the same time; what one person gets comes in the order in which it was said. */
interface Sending {
  /** None of them rejects. */
  readonly underWay: ReadonlySet<Promise<void>>;
  readonly sent: number;
  /** Why nothing can be settled now, such as a full disk. */
  readonly fault: { value: unknown } | undefined;
  start(row: OutboxRow): void;
}

function openSending(house: House, isStopping: () => boolean): Sending {
  const underWay = new Set<Promise<void>>();
  const lastTo = new Map<string, Promise<void>>();
  let sent = 0;
  let fault: Sending['fault'];
  const one = async (row: OutboxRow, before: Promise<void>) => {
    await before;
    try {
      if (isStopping() || fault) await release(house.store, [row]);
      else if (await sendOne(house, row)) sent += 1;
    } catch (value) {
      fault ??= { value };
    }
  };
  return {
    underWay,
    get sent() {
      return sent;
    },
    get fault() {
      return fault;
    },
    start(row) {
      const receiver = row.externalId ?? row.personId;
      const mine = one(row, lastTo.get(receiver) ?? Promise.resolve());
      const done = mine.then(() => {
        underWay.delete(done);
        if (lastTo.get(receiver) === done) lastTo.delete(receiver);
      });
      lastTo.set(receiver, done);
      underWay.add(done);
    },
  };
}

async function sendOne(house: House, row: OutboxRow): Promise<boolean> {
  const { store, log } = house;
  let held: Held;
  let address: Address | undefined;
  try {
    const { platform, personId, ...to } = await destination(house, row);
    address = to.address;
    refuseDoubtful(platform, row, house.now());
    const content = contentOf(store, row);
    const sending = platform.send({ id: row.id, address, content, isAnswer: row.platform !== null });
    const { messageId } = await withinSeconds(store.rules.delivery.leaseSeconds, sending);
    const { createdAt: madeAt } = row;
    held = { address, messageId, personId, content, madeAt, sentAt: house.now() };
  } catch (fault) {
    await settleFault(house, row, fault, address);
    return false;
  }
  const isHeld = holdable(house, held.address, held.content);
  // Not a failure of the message: where this fails, the lease ends and it is sent again under the same id.
  await settleSent(store, row, house.now(), isHeld ? held : undefined);
  if (isHeld) house.wake();
  await markReached(house, held.address).catch((fault) =>
    log.error({ err: fault }, 'an account stays marked'),
  );
  return true;
}

/**
 * A message that may have gone out is sent again only while the platform knows its id: after that a second copy would come.
 * It is shown as not delivered instead, so that somebody asks.
 */
function refuseDoubtful({ remembersIdsForMs }: ChatPlatform, { uncertainAt }: OutboxRow, now: Date): void {
  if (!uncertainAt || remembersIdsForMs === undefined) return;
  if (now.getTime() - uncertainAt.getTime() < remembersIdsForMs) return;
  throw new SendFailure('nobody knows whether it went out, and sending it again could double it', true);
}

/** Only who can be shown something else in the same place holds a card that is kept true. */
function holdable({ platforms }: House, { platform }: Address, { kind }: Content): boolean {
  const shows = platforms.find(({ name }) => name === platform)?.update !== undefined;
  return shows && kind !== 'text';
}

async function settleFault(
  house: House,
  row: OutboxRow,
  fault: unknown,
  address: Address | undefined,
): Promise<void> {
  const { store, log } = house;
  const reason = fault instanceof Error ? fault.message : String(fault);
  const failure = fault instanceof SendFailure ? fault : undefined;
  const lasting = failure?.lasting ?? false;
  log.warn({ outbox: row.id, attempt: row.attempts, lasting, reason }, 'a message was not delivered');
  if (failure?.waitMs !== undefined && !lasting) {
    await postpone(store, row, new Date(house.now().getTime() + failure.waitMs), reason);
    return;
  }
  const uncertain = failure?.uncertain ?? true;
  await settleFailed(store, row, house.now(), { reason, lasting, uncertain });
  if (failure?.unreachable && address)
    await markUnreachable(house, address, { personId: row.personId, content: contentOf(store, row), reason });
}

/** Nobody knows whether the platform did it. */
class NoAnswer extends SendFailure {
  override readonly uncertain = true;
}

/** After the lease somebody else may send it; a platform that never answers must not hold up everything behind it. */
async function withinSeconds(seconds: number, sending: Promise<Sent>): Promise<Sent> {
  const over = new AbortController();
  const late = wait(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new NoAnswer(`the platform did not answer within ${seconds} s`, false);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    over.abort();
  }
}

interface Destination {
  platform: ChatPlatform;
  address: Address;
  personId: string;
}

/** Where the message belongs, or else the person's account on the first platform that has one. */
async function destination(house: House, row: OutboxRow): Promise<Destination> {
  const { personId, externalId, isGroup } = row;
  if (row.platform !== null && externalId !== null) {
    const platform = house.platforms.find(({ name }) => name === row.platform);
    if (!platform) throw new SendFailure(`platform ${row.platform} is not configured`, false);
    return { platform, address: { platform: row.platform, externalId, isGroup }, personId };
  }
  const { rows } = house.store.database;
  const person = await rows.person.findUnique({ where: { id: personId }, include: { accounts: true } });
  if (!person?.active) throw new SendFailure('the person has left', true);
  for (const platform of house.platforms) {
    const bound = person.accounts.find((account) => account.platform === platform.name)?.externalId;
    const account = platform.accounts === 'everybody' ? personId : bound;
    if (account)
      return {
        platform,
        address: { platform: platform.name, externalId: account, isGroup: false },
        personId,
      };
  }
  throw new SendFailure('the person has no account on a configured platform', false);
}
