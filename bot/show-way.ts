import type { Asking, Plan } from '../handlers/define.ts';
import type { Draft } from '../handlers/draft.ts';
import { targetsIn } from '../ledger/held-card.ts';
import { type Content, ITEM_TABLE, openLine, WHOLE_LEDGER, WORKBOOK } from '../ledger/message.ts';
import type { House } from './house.ts';
import { linkCard, type Way } from './link-card.ts';
import type { Inbound } from './platform.ts';
import { type Outcome, settle, settledBefore } from './settle.ts';

/** Where a page is about, and what the chat calls it. */
export type Whereto = Pick<Way, 'subject' | 'title' | 'form' | 'notes'>;

export const wayToForm = ({ title }: Plan, { id }: Draft): Whereto => ({
  subject: { kind: 'form', draftId: id },
  title,
  form: title,
});

/** The way to what must not stand in the chat, where the content is kept back from it. */
export function wayToEntry({ onPage }: Inbound, content: Content): Whereto | undefined {
  if (content.kind !== 'notice' || !content.confidential || onPage) return undefined;
  const { title } = content;
  if (content.refresh === openLine(WHOLE_LEDGER)) return { subject: { kind: 'ledger' }, title };
  if (content.refresh === openLine(WORKBOOK)) return { subject: { kind: 'workbook' }, title };
  if (content.refresh === openLine(ITEM_TABLE)) return { subject: { kind: 'items' }, title };
  const [target] = targetsIn(content.refresh ?? '');
  return target && { subject: { kind: 'entry', ref: target.ref }, title };
}

/** Answers with the way to a page. Asked again with the same key, it is the same way. */
export async function showWay(
  house: House,
  inbound: Inbound,
  { person, at }: Asking,
  whereto: Whereto,
): Promise<Outcome> {
  const { store } = house;
  return store.database.write(async (rows) => {
    const before = await settledBefore(store, rows, inbound.key);
    if (before) return before;
    const card = await linkCard(house, rows, inbound, { ...whereto, personId: person.id, at });
    const outcome: Outcome = inbound.kind === 'action' ? { answer: { card } } : { reply: card, answer: {} };
    await settle(house, rows, { inbound, person, outcome, at });
    return outcome;
  });
}
