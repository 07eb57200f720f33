import { AmbiguousRef } from '../ledger/ambiguous-ref.ts';
import type { Entry } from '../ledger/define.ts';
import { tidyRef } from '../ledger/entry.ts';
import { findTarget, type LedgerMove, situationOf } from '../ledger/move.ts';
import type { Target } from '../ledger/target.ts';
import type { Asking } from './define.ts';

/** Signs that a button says again. */
const SAID_AGAIN = 300;

/**
 * The entry that a ref means behind the word.
 * @param rest what is typed behind the refs
 * @throws AmbiguousRef with a button for each that may be meant, by which the same is said of that one
 */
export async function entryMeant(
  asking: Asking,
  moves: readonly LedgerMove[],
  target: Target,
  rest: string,
): Promise<Entry> {
  const { entries, person } = asking;
  try {
    for (const { ledger, move } of moves) {
      const { fits } = move;
      if (!fits) continue;
      const isMeant = (entry: Entry) =>
        entries.readable(entry) !== undefined && fits(situationOf(asking, person, entry));
      const ref = await ledger.expandRef?.(tidyRef(target.ref), entries, isMeant);
      if (ref !== undefined) return await findTarget(entries, { ...target, ref });
    }
    return await findTarget(entries, target);
  } catch (fault) {
    if (!(fault instanceof AmbiguousRef)) throw fault;
    const word = moves[0]?.move.word ?? '';
    // What was typed must not come back into a chat that carries no contents; and what is long is asked for anew.
    const again = asking.keepsBack || [...rest].length > SAID_AGAIN ? '' : rest;
    throw new AmbiguousRef(fault.typed, fault.meant, (ref) => `${word} ${ref} ${again}`.trim());
  }
}
