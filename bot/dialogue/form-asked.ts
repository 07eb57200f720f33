import type { Asking, Plan } from '../../handlers/define.ts';
import { type Draft, findDraft } from '../../handlers/draft.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { commandOf, planAgain } from '../forms.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import { type AskedForm, stillThere } from './asked-form.ts';
import { formOf } from './begin-asking.ts';
import { asksForms, findRunning, hasLapsed, type Place, type Running } from './running.ts';

/** The form that is being asked where something came in that is no answer, such as a file. */
export interface FormAsked {
  plan: Plan;
  draft: Draft;
  form: AskedForm;
  place: Place;
}

/** @returns nothing where none is asked, or it is not possible any more: that is said with the next answer */
export async function formAsked(
  house: House,
  inbound: Inbound,
  asking: Asking,
): Promise<FormAsked | undefined> {
  if (!asksForms(house, inbound)) return undefined;
  const running = await findRunning(asking.rows, inbound);
  if (!running || hasLapsed(house.store, running, inbound.at)) return undefined;
  return formOfRunning(house, asking, running);
}

/** @returns nothing where it may not be asked here any more */
export async function formOfRunning(
  house: House,
  asking: Asking,
  running: Running,
): Promise<FormAsked | undefined> {
  try {
    const draft = await findDraft(house.store, asking.rows, asking.person, running.draftId);
    if (draft.state !== 'open') return undefined;
    const plan = await planAgain(commandOf(house, asking, draft), asking, draft);
    if (plan.confidential && asking.keepsBack) return undefined;
    const form = await formOf(house, asking.rows, asking, plan, draft);
    return { draft, plan, form, place: stillThere(form, running.place) };
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}
