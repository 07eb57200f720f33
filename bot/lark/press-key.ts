import type { Rows, Store } from '../../ledger/store.ts';
import { LARK } from './accounts.ts';
import type { Press } from './receiving/lark-events.ts';

/** Two presses of a hurried finger are one; later, the same button may be meant once more. */
const DOUBLE_CLICK_MS = 5000;

/**
 * Names what was meant by a press. The platform gives every click an id of its own, so that a double click would be two; here a
 * press of the same button of the same card is the same until the person did something else, or something has come to him a
 * while ago.
 */
export async function pressKey(store: Store, press: Press, line: string, now: Date): Promise<string> {
  const { openId, messageId, formValue } = press;
  const { rows } = store.database;
  const byPerson = `${LARK}:press:${openId}:`;
  const ofButton = `${byPerson}${messageId}:${digest(store.keys, line)}:`;
  const before = [await latestMessage(rows, openId, now), await latestOther(rows, byPerson, ofButton)];
  return `${ofButton}${digest(store.keys, formValue ?? null, ...before)}`;
}

/** Keyed: there are few lines that a button may have, and whoever reads the tables could try them all. */
const digest = (keys: Store['keys'], ...parts: unknown[]): string =>
  keys.mark(`press/${JSON.stringify(parts)}`);

async function latestMessage(rows: Rows, openId: string, now: Date): Promise<string | null> {
  const account = await rows.account.findUnique({
    where: { platform_externalId: { platform: LARK, externalId: openId } },
  });
  const latest = await rows.outbox.findFirst({
    where: {
      personId: account?.personId ?? '',
      createdAt: { lt: new Date(now.getTime() - DOUBLE_CLICK_MS) },
    },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  return latest?.id ?? null;
}

/** What the person pressed last, apart from this button. */
async function latestOther(rows: Rows, byPerson: string, ofButton: string): Promise<string | null> {
  const latest = await rows.request.findFirst({
    where: { key: { gte: byPerson, lt: `${byPerson}~` }, NOT: { key: { startsWith: ofButton } } },
    orderBy: { settledAt: 'desc' },
    select: { key: true },
  });
  return latest?.key ?? null;
}
