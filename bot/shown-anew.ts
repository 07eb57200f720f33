import { readDirectory } from '../ledger/directory.ts';
import { findHeldCard, holdCard } from '../ledger/held-card.ts';
import type { Content } from '../ledger/message.ts';
import { stillShown } from './as-things-stand.ts';
import { askingAs } from './asking.ts';
import type { House } from './house.ts';
import { personIdOf } from './identify.ts';
import type { ActionAnswer, Inbound } from './platform.ts';
import type { Outcome } from './settle.ts';
import { view } from './view.ts';

/**
 * A card that can be shown anew is shown as things stand after one of its buttons was pressed. What the button did is
 * done: where the card cannot be shown any more, the answer stays what it was. Nobody sees with another's eyes: where
 * somebody else pressed, the card stays the holder's.
 */
export async function shownAnew(house: House, inbound: Inbound, outcome: Outcome): Promise<Outcome> {
  const { answer } = outcome;
  if (inbound.kind !== 'action' || inbound.messageId === undefined) return outcome;
  const held = await findHeldCard(house.store, inbound.platform, inbound.messageId);
  if (!held) return outcome;
  const owner = await personIdOf(house.store.database.rows, house.platforms, inbound);
  if (held.row.externalId !== inbound.account || held.row.personId !== owner)
    return { ...outcome, answer: withoutCard(answer) };
  if (answer.toast === undefined || !('refresh' in held.kept.content)) return outcome;
  const directory = await readDirectory(house.store.database.rows);
  const holder = directory.byId(held.row.personId);
  if (!holder?.active) return outcome;
  const asking = askingAs(house, holder, directory, house.now(), inbound);
  const content = await stillShown(asking, held);
  const line = content && 'refresh' in content ? content.refresh : undefined;
  const card = line ? await view(house, asking, line) : undefined;
  return card ? { ...outcome, answer: { ...answer, card } } : outcome;
}

const NOT_YOURS = '这张卡片不是发给您的。请直接对我说，或发送「帮助」。';

/** What somebody is answered who pressed a button on another's card. */
export function withoutCard({ card: _, ...answer }: ActionAnswer): ActionAnswer {
  return answer.toast === undefined ? { toast: NOT_YOURS, refused: true } : answer;
}

/** The message whose button was pressed shows this card from now on. */
export async function noteShown(house: House, inbound: Inbound, card: Content): Promise<void> {
  const { messageId, platform, account, group } = inbound;
  if (messageId === undefined || group !== undefined) return;
  const { store } = house;
  const before = await findHeldCard(store, platform, messageId);
  const personId = await personIdOf(store.database.rows, house.platforms, inbound);
  if (personId === undefined) return;
  const at = house.now();
  await store.database.write(async (rows) => {
    await holdCard(store, rows, {
      address: { platform, externalId: account, isGroup: false },
      messageId,
      personId,
      content: card,
      isAnswer: true,
      madeAt: at,
      sentAt: before?.row.sentAt ?? at,
    });
    // Who looks at what it showed before may put that in its place yet.
    if (before?.row.leaseUntil)
      await rows.heldCard.updateMany({
        where: { platform, messageId },
        data: { staleAt: at, isAsSent: false },
      });
  });
}
