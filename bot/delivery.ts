import { readDirectory } from '../ledger/directory.ts';
import {
  type Address,
  claim,
  contentOf,
  nextDueAt,
  type OutboxRow,
  settleFailed,
  settleSent,
} from '../ledger/outbox.ts';
import type { House } from './house.ts';
import { type ChatPlatform, SendFailure } from './platform.ts';

/** Messages taken at a time. */
const BATCH = 20;

/** Sends what is due until nothing is. @returns how many were sent */
export async function deliver(house: House): Promise<number> {
  let sent = 0;
  for (;;) {
    const rows = await claim(house.store, house.now(), BATCH);
    if (rows.length === 0) return sent;
    for (const row of rows) if (await sendOne(house, row)) sent += 1;
  }
}

async function sendOne(house: House, row: OutboxRow): Promise<boolean> {
  const { store, log } = house;
  try {
    const { platform, address } = await destination(house, row);
    await platform.send({ id: row.id, address, content: contentOf(store, row) });
    await settleSent(store, row, house.now());
    return true;
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    const lasting = fault instanceof SendFailure && fault.lasting;
    log.warn({ outbox: row.id, attempt: row.attempts, lasting, reason }, 'a message was not delivered');
    await settleFailed(store, row, house.now(), { reason, lasting });
    return false;
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

/** The longest sleep: the clock may be moved meanwhile. */
const MAX_SLEEP_MS = 1000;

export function openDelivery(house: House): Delivery {
  let running: Promise<number> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const round = async () => {
    let sent = 0;
    do {
      again = false;
      sent += await deliver(house);
    } while (again && !stopped);
    return sent;
  };
  const run = () => {
    again = true;
    running ??= round().finally(() => {
      running = undefined;
      void sleep();
    });
    return running;
  };
  const kick = () => {
    if (!stopped) run().catch((fault) => house.log.error({ err: fault }, 'delivery met a fault'));
  };
  const sleep = async () => {
    const dueAt = await nextDueAt(house.store).catch(() => undefined);
    if (stopped || !dueAt) return;
    clearTimeout(timer);
    timer = setTimeout(kick, Math.max(50, Math.min(dueAt.getTime() - house.now().getTime(), MAX_SLEEP_MS)));
  };
  return {
    kick,
    run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running?.catch(() => 0);
      clearTimeout(timer);
    },
  };
}
