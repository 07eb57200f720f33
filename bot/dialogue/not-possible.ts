import type { Asking, Command } from '../../handlers/define.ts';
import type { Draft } from '../../handlers/draft.ts';
import type { Refusal } from '../../ledger/refusal.ts';
import { handedBack } from '../handed-back.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { replied } from './replied.ts';
import { endAsking } from './running.ts';

/**
 * The form cannot be asked any more: what was typed is handed back, so that it can be used elsewhere, unless it must not
 * stand in this chat.
 * @throws the refusal itself, where nothing is handed back
 */
export async function notPossible(
  house: House,
  inbound: Inbound,
  asking: Asking,
  { command, draft, refusal }: { command: Command | undefined; draft: Draft; refusal: Refusal },
): Promise<Outcome> {
  if (command && !(command.sealed && asking.keepsBack)) {
    return replied(house, inbound, asking, async (rows) => {
      await endAsking(rows, draft.id);
      return handedBack(command, asking, draft, refusal);
    });
  }
  await house.store.database.write((rows) => endAsking(rows, draft.id));
  throw refusal;
}
