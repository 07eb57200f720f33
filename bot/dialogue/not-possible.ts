import type { Asking, Command } from '../../handlers/define.ts';
import { closeDraft, type Draft, findDraft } from '../../handlers/draft.ts';
import { dropFilesOf } from '../../ledger/attachment.ts';
import type { Content } from '../../ledger/message.ts';
import type { Refusal } from '../../ledger/refusal.ts';
import type { Rows } from '../../ledger/store.ts';
import { handedBack } from '../handed-back.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';
import type { Outcome } from '../settle.ts';
import { replied } from './replied.ts';
import { endAsking } from './running.ts';

/** A form that is not possible any more, and why. */
export interface Dead {
  command: Command | undefined;
  draft: Draft;
  refusal: Refusal;
}

/**
 * The form cannot be asked any more: what was typed is handed back, so that it can be used elsewhere, and the form is closed,
 * unless what was typed must not stand in this chat.
 * @throws the refusal itself, where nothing is handed back
 */
export async function notPossible(
  house: House,
  inbound: Inbound,
  asking: Asking,
  dead: Dead,
): Promise<Outcome> {
  if (mayHandBack(asking, dead))
    return replied(house, inbound, asking, (rows) => closeDead(house, rows, asking, dead));
  await house.store.database.write((rows) => endAsking(rows, dead.draft.id));
  throw dead.refusal;
}

const mayHandBack = ({ keepsBack }: Asking, dead: Dead): dead is Dead & { command: Command } =>
  dead.command !== undefined && !(dead.command.sealed && keepsBack);

async function closeDead(
  { store }: House,
  rows: Rows,
  asking: Asking,
  { command, draft, refusal }: Dead & { command: Command },
): Promise<Content> {
  const content = handedBack(command, asking, draft, refusal);
  await endAsking(rows, draft.id);
  // It may have been sent from its page a moment ago.
  if ((await findDraft(store, rows, asking.person, draft.id)).state !== 'open') return content;
  await closeDraft(store, rows, draft, { state: 'abandoned', answer: content, at: asking.at });
  await dropFilesOf(rows, draft.id);
  return content;
}

/** What is said of a dead form that is passed over. It is closed where what was typed can be handed back. */
export async function passOver(house: House, rows: Rows, asking: Asking, dead: Dead): Promise<string[]> {
  const why = `上次没填完的一份现在不能办理：${dead.refusal.message}`;
  if (!mayHandBack(asking, dead)) {
    await endAsking(rows, dead.draft.id);
    return [why];
  }
  const content = await closeDead(house, rows, asking, dead);
  const sections = content.kind === 'notice' ? content.sections : [];
  return [why, ...sections.flatMap(({ heading = '', lines }) => [heading, ...lines])];
}
