import { LOCAL } from '../bot/local/local.ts';
import { REPLACED } from '../bot/local/messages.ts';
import type { ActionAnswer } from '../bot/platform.ts';
import type { Environment } from '../config/environment.ts';
import { verify } from '../ledger/audit/verify.ts';
import { entriesFor } from '../ledger/entry.ts';
import { ledgers } from '../ledger/ledgers.ts';
import { type Content, headline } from '../ledger/message.ts';
import type { Store } from '../ledger/store.ts';
import { WITHIN } from '../ledger/within.ts';
import { openStore } from '../open-store.ts';

/** A message that the service sent or is to send. */
export interface Sent {
  id: string;
  key: string;
  state: string;
}

/** A step that stands in the chain, with all that was filled in for it. */
export interface Step {
  action: string;
  ref: string;
  filledIn: string;
}

/** What the service left in its database, read after it stopped. */
export interface ServiceRecord {
  /** The keys of what it settled, with what an action was answered. */
  settled: Map<string, ActionAnswer>;
  /** What is still waiting to be settled. */
  inbox: number;
  outbox: Sent[];
  /** By message id: what stands in the windows of the local chat. */
  windows: Map<string, { fromBot: boolean; said: string }>;
  steps: Step[];
  chain: { records: number; problems: string[] };
}

/** Reads the whole record; changes nothing. */
export async function readRecord(environment: Environment): Promise<ServiceRecord> {
  const store = await openStore(environment, ledgers);
  try {
    const { rows } = store.database;
    const { records, problems } = await verify(rows, [], store.keys);
    return {
      settled: await settledBy(store),
      inbox: await rows.inbox.count(),
      outbox: await rows.outbox.findMany({
        where: { state: { not: WITHIN } },
        select: { id: true, key: true, state: true },
      }),
      windows: await windowsOf(store),
      steps: await stepsOf(store),
      chain: { records, problems: [...problems, ...(await store.database.damage())] },
    };
  } finally {
    await store.database.close();
  }
}

async function settledBy({ database, keys }: Store): Promise<ServiceRecord['settled']> {
  const requests = await database.rows.request.findMany();
  return new Map(
    requests.map(({ key, sealed }) => [
      key,
      sealed ? keys.unseal<ActionAnswer>(sealed, `request/${key}`) : {},
    ]),
  );
}

async function windowsOf({ database, keys }: Store): Promise<ServiceRecord['windows']> {
  const messages = await database.rows.localMessage.findMany({
    where: { messageId: { not: { startsWith: REPLACED } } },
  });
  return new Map(
    messages.map(({ messageId, authorId, sealed }) => {
      const content = keys.unseal<Content>(sealed, `${LOCAL}/${messageId}`);
      return [messageId, { fromBot: authorId === null, said: headline(content) }];
    }),
  );
}

/** Every step of every entry. What is filed is filled into the entry itself. */
async function stepsOf(store: Store): Promise<Step[]> {
  const entries = entriesFor(store, store.database.rows, 'bureau');
  const steps: Step[] = [];
  for (const entry of await entries.list({})) {
    const { contents } = entries.read(entry);
    for (const { action, values } of await entries.history(entry)) {
      const filledIn = JSON.stringify([values, action.endsWith('.file') ? contents : undefined]);
      steps.push({ action, ref: entry.ref, filledIn });
    }
  }
  return steps;
}
