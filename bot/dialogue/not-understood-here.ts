import { Refusal } from '../../ledger/refusal.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Heard } from './converse.ts';
import { asksForms } from './running.ts';
import { ASKED_ON_CARDS, lapsed, NOTHING_OPEN } from './wording.ts';
import { wordIn } from './words.ts';

/**
 * Whoever is not understood because his form lapsed is told so, and how to take it up; whoever answers no question at all,
 * that there is none.
 * @returns the refusal itself, where there is nothing to add
 */
export function notUnderstoodHere(
  house: House,
  inbound: Inbound,
  heard: Heard | undefined,
  refusal: Refusal,
): Refusal {
  if (refusal.code !== 'unknown-word' || heard?.is !== 'usual') return refusal;
  const isAnswer = wordIn(inbound.text) !== undefined;
  const { code, message, fields, offers } = refusal;
  if (!asksForms(house, inbound)) return isAnswer ? new Refusal(code, ASKED_ON_CARDS) : refusal;
  if (heard.lapsed !== undefined) {
    const line = lapsed(house.store.rules.dialogue.expiresMinutes);
    return isAnswer ? new Refusal(code, line) : new Refusal(code, `${line}\n${message}`, fields, offers);
  }
  return isAnswer ? new Refusal(code, NOTHING_OPEN) : refusal;
}
