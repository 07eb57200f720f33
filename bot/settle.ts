import type { Person } from '../ledger/directory.ts';
import type { Content } from '../ledger/message.ts';
import { openOrTell } from '../ledger/open-or-tell.ts';
import { enqueue } from '../ledger/outbox.ts';
import { aboutRequest } from '../ledger/sealed-places.ts';
import type { Rows, Store } from '../ledger/store.ts';
import type { ActionAnswer, Inbound } from './platform.ts';

/** What a message or an action came to. */
export interface Outcome {
  /** To be sent as a message of its own. */
  reply?: Content;
  /** What an action is answered at once. */
  answer: ActionAnswer;
}

/** What the same message or action came to before, if it was settled. */
export async function settledBefore(store: Store, rows: Rows, key: string): Promise<Outcome | undefined> {
  const request = await rows.request.findUnique({ where: { key } });
  if (!request) return undefined;
  const { sealed } = request;
  const open = () => (sealed ? store.keys.unseal<ActionAnswer>(sealed, aboutRequest(key)) : {});
  return { answer: openOrTell(store, `The answer to request ${key}`, open) ?? {} };
}

/**
 * Settles it, inside the transaction of whatever it changed: it is remembered, its reply stands in line, and what came
 * in is not kept any longer.
 */
export async function settle(
  store: Store,
  rows: Rows,
  settled: { inbound: Inbound; person: Person | undefined; outcome: Outcome; at: Date },
): Promise<void> {
  const { inbound, person, outcome, at } = settled;
  const { key } = inbound;
  const hasAnswer = outcome.answer.toast !== undefined || outcome.answer.card !== undefined;
  await rows.request.create({
    data: {
      key,
      settledAt: at,
      sealed: hasAnswer ? store.keys.seal(outcome.answer, aboutRequest(key)) : null,
    },
  });
  await rows.inbox.deleteMany({ where: { key } });
  if (!outcome.reply) return;
  await enqueue(store, rows, at, {
    key: `reply:${key}`,
    personId: person?.id ?? '',
    content: outcome.reply,
    address: {
      platform: inbound.platform,
      externalId: inbound.group ?? inbound.account,
      isGroup: inbound.group !== undefined,
    },
    notBefore: at,
  });
}
