import type { Asking } from '../../handlers/define.ts';
import { keepTyped } from '../../handlers/draft.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { beginAsking } from './begin-asking.ts';
import { besideIn, withBeside } from './doubt.ts';
import { formOfRunning } from './form-asked.ts';
import { replied } from './replied.ts';
import type { Running } from './running.ts';
import { takeTurn } from './take-turn.ts';
import { takenUp } from './wording.ts';

/**
 * An answer to a question that has lapsed: the form is taken up with it, once that is confirmed. It is kept as sealed as the form,
 * and not repeated.
 * @returns nothing where it answers nothing, or the form may not be asked here any more
 */
export async function takeLate(
  house: House,
  inbound: Inbound,
  asking: Asking,
  running: Running,
): Promise<Outcome | undefined> {
  const late = await formOfRunning(house, asking, running);
  if (late?.place.at !== 'field') return undefined;
  const { draft, plan, form, place } = late;
  const { text } = inbound;
  const { at, store } = asking;
  const turn = takeTurn(form, place, { text, at, calendar: store.calendar, isCommandLine: false });
  const isAnswer = turn.does === 'doubt' || (turn.does === 'go' && turn.answer !== undefined);
  if (!isAnswer) return undefined;
  const held = { name: place.name, said: text };
  return replied(house, inbound, asking, async (rows) => {
    draft.raw = withBeside(draft.raw, { refused: besideIn(draft.raw).refused, held });
    await keepTyped(store, rows, draft, at);
    const notes = [takenUp(store.rules.dialogue.expiresMinutes)];
    return beginAsking(house, rows, inbound, asking, { plan, draft, left: place, notes });
  });
}
