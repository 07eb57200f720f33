import type { Asking, Plan } from '../../handlers/define.ts';
import { type Draft, findDraft, keepTyped } from '../../handlers/draft.ts';
import type { RawValues } from '../../ledger/form.ts';
import { text } from '../../ledger/message.ts';
import { abandonForm, submitForm } from '../forms.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { type AskedForm, after, askedForm, stillThere } from './asked-form.ts';
import { besideIn, withBeside, withoutDoubt } from './doubt.ts';
import { replied } from './replied.ts';
import { endAsking, keepRunning, type Place } from './running.ts';
import type { Turn } from './take-turn.ts';
import { question, taken } from './wording.ts';

export interface Step {
  draft: Draft;
  plan: Plan;
  form: AskedForm;
  place: Place;
  turn: Turn;
}

/** Does what the message said to the form, and asks what comes next. What was answered stands in the draft at once. */
export function carryOn(
  house: House,
  inbound: Inbound,
  asking: Asking,
  { draft, plan, form, place, turn }: Step,
): Promise<Outcome> {
  if (turn.does === 'submit') return submitForm(house, inbound, asking, draft.id);
  if (turn.does === 'abandon') return abandonForm(house, inbound, asking, draft.id);
  const { store } = house;
  return replied(house, inbound, asking, async (rows) => {
    // Its page may be open somewhere else.
    const now = await findDraft(store, rows, asking.person, draft.id);
    if (now.state !== 'open') {
      await endAsking(rows, draft.id);
      return now.answer ?? text('这份表单已经结束。');
    }
    now.raw = turned(now.raw, place, turn);
    await keepTyped(store, rows, now, asking.at);
    const next = askedForm(plan, now.raw, asking.directory, form.files);
    const to = nextPlace(next, place, turn);
    await keepRunning(rows, inbound, { draftId: draft.id, place: to, changedAt: asking.at });
    const lines = [...('lines' in turn ? (turn.lines ?? []) : []), ...takenFor(next, to, turn)];
    return text(question(next, to, { ...besideIn(now.raw), lines }));
  });
}

/** Whom a name may mean, and what may be meant by a sentence, is kept for as long as it is asked. */
function turned(raw: RawValues, place: Place, turn: Turn): RawValues {
  const { refused } = besideIn(raw);
  if (turn.does === 'doubt') return withBeside(raw, { refused, doubt: turn.doubt });
  if (turn.does === 'hold') return withBeside(raw, { refused, held: turn.held });
  if (turn.does !== 'go') return raw;
  if (turn.answer) return withoutDoubt({ ...raw, [turn.answer.name]: turn.answer.value });
  return turn.to === place ? raw : withoutDoubt(raw);
}

/** Where all is looked over it stands anyway. */
const takenFor = (form: AskedForm, to: Place, turn: Turn): string[] =>
  turn.does === 'go' && turn.answer && to.at !== 'summary' ? taken(form, turn.answer.name) : [];

function nextPlace(form: AskedForm, place: Place, turn: Turn): Place {
  if (turn.does !== 'go') return stillThere(form, place);
  return turn.to === 'on' ? after(form, place) : stillThere(form, turn.to);
}
