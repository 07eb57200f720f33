import type { Asking } from '../../handlers/define.ts';
import { type Draft, findDraft } from '../../handlers/draft.ts';
import { text } from '../../ledger/message.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { beginAsking } from './begin-asking.ts';
import { knownForm } from './known-form.ts';
import { replied } from './replied.ts';
import { findRunning } from './running.ts';
import { NOTHING_TO_RESUME } from './wording.ts';

/** 继续填写: takes up the form that was left in this chat, else the one that the person touched last, wherever that was. */
export async function resumeAsking(house: House, inbound: Inbound, asking: Asking): Promise<Outcome> {
  const left = await findRunning(asking.rows, inbound);
  const draft = (left && (await openOne(house, asking, left.draftId))) ?? (await latest(house, asking));
  if (!draft) return replied(house, inbound, asking, async () => text(NOTHING_TO_RESUME));
  const known = await knownForm(house, inbound, asking, draft);
  if ('outcome' in known) return known.outcome;
  const { plan } = known;
  const place = left?.draftId === draft.id ? left.place : 'elsewhere';
  return replied(house, inbound, asking, (rows) =>
    beginAsking(house, rows, inbound, asking, { plan, draft, left: place }),
  );
}

async function openOne({ store }: House, { rows, person }: Asking, id: string): Promise<Draft | undefined> {
  const row = await rows.draft.findFirst({ where: { id, personId: person.id, state: 'open' } });
  return row ? findDraft(store, rows, person, id) : undefined;
}

async function latest(house: House, asking: Asking): Promise<Draft | undefined> {
  // Waiting for files is no form.
  const forms = asking.allowed.filter(
    (handler) => handler.kind === 'command' && handler.takesFiles !== 'entry',
  );
  const row = await asking.rows.draft.findFirst({
    where: { personId: asking.person.id, state: 'open', handler: { in: forms.map(({ name }) => name) } },
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  return row ? openOne(house, asking, row.id) : undefined;
}
