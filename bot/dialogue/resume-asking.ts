import type { Asking, Plan } from '../../handlers/define.ts';
import { type Draft, findDraft } from '../../handlers/draft.ts';
import { type Content, text } from '../../ledger/message.ts';
import type { Rows } from '../../ledger/store.ts';
import type { House } from '../house.ts';
import { linkCard } from '../link-card.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { wayToForm } from '../show-way.ts';
import { beginAsking } from './begin-asking.ts';
import { stillPossible } from './known-form.ts';
import { leftForms } from './left-forms.ts';
import { type Dead, passOver } from './not-possible.ts';
import { replied } from './replied.ts';
import { endAsking, findRunning, type Running } from './running.ts';
import { NOTHING_TO_RESUME } from './wording.ts';

/**
 * 继续填写: takes up the form that was left in this chat, else the one that the person touched last, wherever that was. What is
 * not possible any more is passed over, and said.
 */
export async function resumeAsking(house: House, inbound: Inbound, asking: Asking): Promise<Outcome> {
  const left = await findRunning(asking.rows, inbound);
  const own = left && (await openOne(house, asking, left.draftId));
  const others = (await leftForms(house, asking)).filter(({ id }) => id !== own?.id);
  const dead: Dead[] = [];
  for (const draft of own ? [own, ...others] : others) {
    const still = await stillPossible(house, asking, draft);
    if ('plan' in still) return takeUp(house, inbound, asking, { plan: still.plan, draft, left, dead });
    dead.push(still);
  }
  return replied(house, inbound, asking, async (rows) =>
    text([...(await passAll(house, rows, asking, dead)), NOTHING_TO_RESUME].join('\n')),
  );
}

interface TakenUp {
  plan: Plan;
  draft: Draft;
  left: Running | undefined;
  dead: readonly Dead[];
}

function takeUp(
  house: House,
  inbound: Inbound,
  asking: Asking,
  { plan, draft, left, dead }: TakenUp,
): Promise<Outcome> {
  return replied(house, inbound, asking, async (rows): Promise<Content> => {
    const notes = await passAll(house, rows, asking, dead);
    if (plan.confidential && asking.keepsBack) {
      await endAsking(rows, draft.id);
      const { person, at } = asking;
      return linkCard(house, rows, inbound, { ...wayToForm(plan, draft), notes, personId: person.id, at });
    }
    const place = left?.draftId === draft.id ? left.place : 'elsewhere';
    return beginAsking(house, rows, inbound, asking, { plan, draft, left: place, notes });
  });
}

async function passAll(house: House, rows: Rows, asking: Asking, dead: readonly Dead[]): Promise<string[]> {
  const said: string[] = [];
  for (const each of dead) said.push(...(await passOver(house, rows, asking, each)));
  return said;
}

async function openOne({ store }: House, { rows, person }: Asking, id: string): Promise<Draft | undefined> {
  const row = await rows.draft.findFirst({ where: { id, personId: person.id, state: 'open' } });
  return row ? findDraft(store, rows, person, id) : undefined;
}
