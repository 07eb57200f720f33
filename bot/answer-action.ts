import { setTimeout as wait } from 'node:timers/promises';
import { text } from '../ledger/message.ts';
import { enqueue } from '../ledger/outbox.ts';
import type { House } from './house.ts';
import type { ActionAnswer, Inbound } from './platform.ts';
import { FAULT_ANSWER, receive } from './receive.ts';
import { noteShown } from './shown-anew.ts';

/** Platforms give up on an answer after 3 s. */
const PATIENCE_MS = 2000;

const BUSY = '系统正忙，这次操作还没有结果，稍后会告诉您。请不要重复操作。';

/**
 * Carries the action out and answers it. What takes too long is not said to be done: its result comes later, on the
 * card itself or as a message.
 */
export async function answerAction(
  house: House,
  inbound: Inbound,
  patienceMs = PATIENCE_MS,
): Promise<ActionAnswer> {
  const over = new AbortController();
  const working = carryOut(house, inbound);
  const late = wait(patienceMs, undefined, { signal: over.signal }).catch(() => undefined);
  const first = await Promise.race([working, late]);
  over.abort();
  if (first) return first;
  void working.then((answer) => tellLater(house, inbound, answer));
  return { toast: BUSY, pending: true };
}

async function carryOut(house: House, inbound: Inbound): Promise<ActionAnswer> {
  try {
    const { answer } = await receive(house, inbound);
    if (answer.card) await noteShown(house, inbound, answer.card);
    return answer;
  } catch (fault) {
    house.log.error({ err: fault, platform: inbound.platform }, 'an action met a fault');
    return FAULT_ANSWER;
  } finally {
    house.wake();
  }
}

async function tellLater(house: House, inbound: Inbound, { toast, card }: ActionAnswer): Promise<void> {
  const { messageId, platform, account, at } = inbound;
  const address = { platform, externalId: account, isGroup: false };
  try {
    const update = house.platforms.find(({ name }) => name === platform)?.update;
    if (card && messageId !== undefined && update) {
      const updated = await update({ messageId, address, sentAt: at, content: card });
      if (updated === 'updated') return;
    }
    const content = card ?? (toast === undefined ? undefined : text(toast));
    if (!content) return;
    await house.store.database.write((rows) =>
      enqueue(house.store, rows, house.now(), {
        key: `late:${inbound.key}`,
        personId: '',
        content,
        address,
        notBefore: house.now(),
      }),
    );
    house.wake();
  } catch (fault) {
    house.log.error({ err: fault, platform }, 'the late result of an action was not told');
  }
}
