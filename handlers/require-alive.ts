import type { Entry } from '../ledger/define.ts';
import { type LedgerMove, mayMove, requireMove } from '../ledger/move.ts';
import { Refusal } from '../ledger/refusal.ts';
import { stateLabel } from '../ledger/state-label.ts';
import { TAKEN_OUT } from '../ledger/taken-out.ts';
import type { Asking } from './define.ts';

/**
 * That the move is to be made with this entry now; where it never will be any more, that alone is said, and by what it goes on.
 * @throws Refusal `not-permitted` or `wrong-state`
 */
export async function requireAlive(asking: Asking, chosen: LedgerMove, entry: Entry): Promise<void> {
  const { move } = chosen;
  const { person } = asking;
  const isTakenOut = entry.state === TAKEN_OUT && !move.from.includes(TAKEN_OUT);
  if (isTakenOut && mayMove(move, person, entry))
    throw new Refusal('wrong-state', `${entry.ref} 已作废，不能办理。`);
  const instead = isTakenOut || entry.people.length > 0 ? '' : await partsInstead(asking, chosen, entry);
  if (instead !== '') throw new Refusal('wrong-state', instead);
  requireMove(chosen, person, entry);
}

/** Of a problem that was given out, and then came to stand above measures: what is done now, as far as he may see it. */
async function partsInstead(
  { entries, person }: Asking,
  { ledger, move }: LedgerMove,
  entry: Entry,
): Promise<string> {
  if (move.whole || move.by.parts === undefined || entry.parentId === null) return '';
  const parts = await entries.list({ parentId: entry.id });
  const wasGiven = (await entries.history(entry)).some(({ action }) => action === `${ledger.name}.assign`);
  if (parts.length === 0 || !wasGiven) return '';
  const named = parts.map((part) => `${part.ref} ${part.title}（${stateLabel(ledger, part, person)}）`);
  return `${entry.ref} 已改按措施办理：${named.join('；')}。按问题的指派已撤回；措施指派给您后，请按措施的编号办理。`;
}
