import type { Asking } from '../../handlers/define.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { showWay, wayToForm } from '../show-way.ts';
import { stillPossible } from './known-form.ts';
import { leftForms } from './left-forms.ts';

/**
 * 继续填写 while a form is asked: whoever has another one open on a page gets a new way there, and the question behind it.
 * @returns nothing where there is none
 */
export async function linkAgain(
  house: House,
  inbound: Inbound,
  asking: Asking,
  notes: readonly string[],
): Promise<Outcome | undefined> {
  if (!asking.keepsBack) return undefined;
  for (const draft of await leftForms(house, asking)) {
    const still = await stillPossible(house, asking, draft);
    if ('plan' in still && still.plan.confidential)
      return showWay(house, inbound, asking, { ...wayToForm(still.plan, draft), notes });
  }
  return undefined;
}
