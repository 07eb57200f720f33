import { setTimeout as wait } from 'node:timers/promises';
import { readDirectory } from '../ledger/directory.ts';
import {
  type Address,
  claim,
  contentOf,
  nextDueAt,
  type OutboxRow,
  release,
  settleFailed,
  settleSent,
} from '../ledger/outbox.ts';
import type { House } from './house.ts';
import { type ChatPlatform, SendFailure } from './platform.ts';
import { inRounds } from './rounds.ts';

/** Messages taken at a time. */
const BATCH = 20;

/**
 * Sends what is due until nothing is, or until it is told to stop: then it finishes the message that it is sending.
 * @returns how many were sent
 */
export async function deliver(house: House, isStopping = () => false): Promise<number> {
  let sent = 0;
  while (!isStopping()) {
    const rows = await claim(house.store, house.now(), BATCH);
    if (rows.length === 0) break;
    for (const [index, row] of rows.entries()) {
      if (isStopping()) {
        await release(house.store, rows.slice(index));
        break;
      }
      if (await sendOne(house, row)) sent += 1;
    }
  }
  return sent;
}

async function sendOne(house: House, row: OutboxRow): Promise<boolean> {
  const { store, log } = house;
  try {
    const { platform, address } = await destination(house, row);
    const sending = platform.send({ id: row.id, address, content: contentOf(store, row) });
    await withinSeconds(store.rules.delivery.leaseSeconds, sending);
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    const lasting = fault instanceof SendFailure && fault.lasting;
    log.warn({ outbox: row.id, attempt: row.attempts, lasting, reason }, 'a message was not delivered');
    await settleFailed(store, row, house.now(), { reason, lasting });
    return false;
  }
  // Not a failure of the message: where this fails, the lease ends and it is sent again under the same id.
  await settleSent(store, row, house.now());
  return true;
}

/** After the lease somebody else may send it; a platform that never answers must not hold up everything behind it. */
async function withinSeconds(seconds: number, sending: Promise<void>): Promise<void> {
  const over = new AbortController();
  const late = wait(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new SendFailure(`the platform did not answer within ${seconds} s`, false);
  });
  try {
    await Promise.race([sending, late]);
  } finally {
    over.abort();
  }
}

interface Destination {
  platform: ChatPlatform;
  address: Address;
}

/** Where the message belongs, or else the person's account on the first platform that has one. */
async function destination(house: House, row: OutboxRow): Promise<Destination> {
  if (row.platform !== null && row.externalId !== null) {
    const platform = house.platforms.find(({ name }) => name === row.platform);
    if (!platform) throw new SendFailure(`platform ${row.platform} is not configured`, false);
    return {
      platform,
      address: { platform: row.platform, externalId: row.externalId, isGroup: row.isGroup },
    };
  }
  const { rows } = house.store.database;
  const person = (await readDirectory(rows)).byId(row.personId);
  if (!person?.active) throw new SendFailure('the person has left', true);
  const accounts = await rows.account.findMany({ where: { personId: row.personId } });
  for (const platform of house.platforms) {
    const bound = accounts.find((account) => account.platform === platform.name)?.externalId;
    const externalId = platform.accounts === 'everybody' ? row.personId : bound;
    if (externalId) return { platform, address: { platform: platform.name, externalId, isGroup: false } };
  }
  throw new SendFailure('the person has no account on a configured platform', false);
}

/** Delivers whenever it is called for, and by itself when a message that had to wait falls due. */
export interface Delivery {
  /** There may be something to deliver. */
  kick(): void;
  /** Delivers what is due now. */
  run(): Promise<number>;
  /** Finishes what is under way and starts nothing more. */
  stop(): Promise<void>;
}

/** The longest sleep, since the clock may be moved meanwhile, and the pause after nothing could be delivered at all. */
const MAX_SLEEP_MS = 1000;
const MIN_SLEEP_MS = 50;

export function openDelivery(house: House): Delivery {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const wakeWhenDue = async (pauseMs: number) => {
    const dueAt = await nextDueAt(house.store).catch(() => house.now());
    clearTimeout(timer);
    if (stopped || !dueAt) return;
    const untilDueMs = dueAt.getTime() - house.now().getTime();
    timer = setTimeout(kick, Math.max(pauseMs, Math.min(untilDueMs, MAX_SLEEP_MS)));
  };
  const run = inRounds(async () => {
    let pauseMs = MAX_SLEEP_MS;
    try {
      const sent = await deliver(house, () => stopped);
      pauseMs = MIN_SLEEP_MS;
      return sent;
    } catch (fault) {
      house.log.error({ err: fault }, 'nothing can be delivered now');
      throw fault;
    } finally {
      void wakeWhenDue(pauseMs);
    }
  });
  const kick = () => {
    if (!stopped) run().catch(() => undefined);
  };
  return {
    kick,
    run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await run().catch(() => 0);
    },
  };
}
