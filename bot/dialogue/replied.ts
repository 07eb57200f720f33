import type { Asking } from '../../handlers/define.ts';
import type { Content } from '../../ledger/message.ts';
import type { Rows } from '../../ledger/store.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import { type Outcome, settle, settledBefore } from '../settle.ts';

/** Does it and answers with what it says, once: what it changes and that the message is settled commit together. */
export function replied(
  house: House,
  inbound: Inbound,
  { person, at }: Asking,
  say: (rows: Rows) => Promise<Content>,
): Promise<Outcome> {
  const { store } = house;
  return store.database.write(async (rows) => {
    const before = await settledBefore(store, rows, inbound.key);
    if (before) return before;
    const outcome: Outcome = { reply: await say(rows), answer: {} };
    await settle(house, rows, { inbound, person, outcome, at });
    return outcome;
  });
}
