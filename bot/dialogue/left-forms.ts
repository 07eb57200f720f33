import type { Asking } from '../../handlers/define.ts';
import { type Draft, findDraft } from '../../handlers/draft.ts';
import type { House } from '../house.ts';

const MOST = 20;

/** The forms that somebody has open, wherever that was; the one that he touched last first. */
export async function leftForms({ store }: House, asking: Asking): Promise<Draft[]> {
  const { rows, person, allowed } = asking;
  // Waiting for files is no form.
  const forms = allowed.filter((handler) => handler.kind === 'command' && handler.takesFiles !== 'entry');
  const found = await rows.draft.findMany({
    where: { personId: person.id, state: 'open', handler: { in: forms.map(({ name }) => name) } },
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    select: { id: true },
  });
  return Promise.all(found.map(({ id }) => findDraft(store, rows, person, id)));
}
