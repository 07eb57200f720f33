import type { Rows, Store } from '../../ledger/store.ts';
import type { House } from '../house.ts';
import type { Inbound } from '../platform.ts';

/** Where a form stands: at one of its fields, at its files, or looked over as a whole. */
export type Place =
  | {
      at: 'field';
      name: string /** Only this one is amended: the whole is looked over after it. */;
      only: boolean;
    }
  | { at: 'files' }
  | { at: 'summary' };

/** A form that is being asked, one in a chat. */
export interface Running {
  draftId: string;
  place: Place;
  changedAt: Date;
}

type Chat = Pick<Inbound, 'platform' | 'account'>;

/** Whether forms are asked question by question where this was said. */
export function asksForms({ platforms }: House, { platform, group, onPage }: Inbound): boolean {
  if (group !== undefined || onPage) return false;
  return platforms.find(({ name }) => name === platform)?.capabilities.forms === 'asked';
}

export async function findRunning(rows: Rows, { platform, account }: Chat): Promise<Running | undefined> {
  const where = { platform_externalId: { platform, externalId: account } };
  const row = await rows.dialogue.findUnique({ where });
  return row ? { draftId: row.draftId, place: placeOf(row.field), changedAt: row.changedAt } : undefined;
}

/** Whether too much time has passed for the message to be an answer. */
export function hasLapsed({ rules }: Pick<Store, 'rules'>, { changedAt }: Running, at: Date): boolean {
  return at.getTime() - changedAt.getTime() > rules.dialogue.expiresMinutes * MINUTE_MS;
}

const MINUTE_MS = 60_000;

/** The one that was asked in this chat before, if any, is a mere draft from now on. */
export async function keepRunning(rows: Rows, chat: Chat, running: Running): Promise<void> {
  const { platform, account: externalId } = chat;
  const state = { draftId: running.draftId, field: written(running.place), changedAt: running.changedAt };
  await rows.dialogue.upsert({
    where: { platform_externalId: { platform, externalId } },
    create: { platform, externalId, ...state },
    update: state,
  });
}

/** The form is closed, or cannot be asked any more, wherever it was. */
export async function endAsking(rows: Rows, draftId: string): Promise<void> {
  await rows.dialogue.deleteMany({ where: { draftId } });
}

const ONLY = '=';
const FILES = '#files';

function written(place: Place): string | null {
  if (place.at === 'summary') return null;
  if (place.at === 'files') return FILES;
  return place.only ? `${ONLY}${place.name}` : place.name;
}

function placeOf(field: string | null): Place {
  if (field === null) return { at: 'summary' };
  if (field === FILES) return { at: 'files' };
  return field.startsWith(ONLY)
    ? { at: 'field', name: field.slice(ONLY.length), only: true }
    : { at: 'field', name: field, only: false };
}
