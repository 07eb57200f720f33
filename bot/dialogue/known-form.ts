import type { Asking, Command, Plan } from '../../handlers/define.ts';
import type { Draft } from '../../handlers/draft.ts';
import { Refusal } from '../../ledger/refusal.ts';
import { commandOf, planAgain } from '../forms.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { showWay, wayToForm } from '../show-way.ts';
import type { AskedForm } from './asked-form.ts';
import { formOf } from './begin-asking.ts';
import { type Dead, notPossible } from './not-possible.ts';
import { endAsking } from './running.ts';

export interface Known {
  form: AskedForm;
  plan: Plan;
}

/** Whether a form is still possible for the things' present state. */
export async function stillPossible(
  house: House,
  asking: Asking,
  draft: Draft,
): Promise<{ plan: Plan } | Dead> {
  let command: Command | undefined;
  try {
    command = commandOf(house, asking, draft);
    return { plan: await planAgain(command, asking, draft) };
  } catch (fault) {
    if (fault instanceof Refusal) return { command, draft, refusal: fault };
    throw fault;
  }
}

/**
 * The form for the things' present state. Where it may not be asked in this chat any more, the answer is the way to its
 * page; where it is not possible any more, what was typed.
 * @throws Refusal where nothing may be handed back
 */
export async function knownForm(
  house: House,
  inbound: Inbound,
  asking: Asking,
  draft: Draft,
): Promise<Known | { outcome: Outcome }> {
  const still = await stillPossible(house, asking, draft);
  if ('refusal' in still) return { outcome: await notPossible(house, inbound, asking, still) };
  const { plan } = still;
  if (!plan.confidential || !asking.keepsBack)
    return { form: await formOf(house, asking.rows, asking, plan, draft), plan };
  await house.store.database.write((rows) => endAsking(rows, draft.id));
  return { outcome: await showWay(house, inbound, asking, wayToForm(plan, draft)) };
}
