import { setTimeout as wait } from 'node:timers/promises';
import { type Content, text } from '../ledger/message.ts';
import { enqueue } from '../ledger/outbox.ts';
import { faultAnswer } from './fault-answer.ts';
import type { House } from './house.ts';
import { personIdOf } from './identify.ts';
import { messageNumber } from './message-number.ts';
import type { ActionAnswer, Inbound } from './platform.ts';
import { receive } from './receive.ts';
import { noteShown } from './shown-anew.ts';

/** Platforms give up on an answer after 3 s. */
const PATIENCE_MS = 2000;

/** Pressing again is harmless: the same press has one effect. */
const BUSY = '系统正忙，这次操作还没有结果，有结果会告诉您。几分钟后仍没有，请再按一次。';

/**
 * Carries the action out and answers it. What takes too long is not said to be done: its result comes later, on the
 * card itself or as a message.
 * @param options `acting`: it stands in there for as long as it is carried out
 */
export async function answerAction(
  house: House,
  inbound: Inbound,
  { acting = new Set() }: { acting?: Set<Promise<unknown>> } = {},
): Promise<ActionAnswer> {
  const over = new AbortController();
  const working = carryOut(house, inbound);
  acting.add(working);
  void working.then(() => acting.delete(working));
  const late = wait(PATIENCE_MS, undefined, { signal: over.signal }).catch(() => undefined);
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
    const message = messageNumber(inbound);
    house.log.error({ err: fault, platform: inbound.platform, message }, 'an action met a fault');
    return faultAnswer(inbound);
  } finally {
    house.wake();
  }
}

async function tellLater(house: House, inbound: Inbound, { toast, card }: ActionAnswer): Promise<void> {
  const { platform, account } = inbound;
  const address = { platform, externalId: account, isGroup: false };
  try {
    if (card && (await isShownOnCard(house, inbound, card))) return;
    const content = card ?? (toast === undefined ? undefined : text(toast));
    if (!content) return;
    await house.store.database.write(async (rows) => {
      const personId = (await personIdOf(rows, house.platforms, inbound)) ?? '';
      const at = house.now();
      const message = { key: `late:${inbound.key}`, personId, content, address, notBefore: at };
      await enqueue(house.store, rows, at, message);
    });
    house.wake();
  } catch (fault) {
    house.log.error(
      { err: fault, platform, message: messageNumber(inbound) },
      'the late result of an action was not told',
    );
  }
}

/** @returns whether the card that was pressed shows it now; where it cannot, a message has to */
async function isShownOnCard(house: House, inbound: Inbound, content: Content): Promise<boolean> {
  const { messageId, platform, account, at } = inbound;
  const update = house.platforms.find(({ name }) => name === platform)?.update;
  if (messageId === undefined || !update) return false;
  const address = { platform, externalId: account, isGroup: false };
  try {
    return (await update({ messageId, address, sentAt: at, content })) === 'updated';
  } catch (fault) {
    house.log.warn({ err: fault, platform }, 'the late result of an action goes out as a message');
    return false;
  }
}
