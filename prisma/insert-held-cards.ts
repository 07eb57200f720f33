import type { Rows } from './database.ts';
import type { HeldCardEntryModel, HeldCardModel } from './generated/sqlite/models.ts';
import { insertRows } from './insert-rows.ts';

/** A card that somebody has begun to hold, and the entries that it shows. */
export type NewHeldCard = Pick<
  HeldCardModel,
  'platform' | 'messageId' | 'externalId' | 'personId' | 'line' | 'sealed' | 'sentAt' | 'staleAt'
> & { entries: readonly Pick<HeldCardEntryModel, 'ref' | 'version'>[] };

const CARDS = {
  table: 'HeldCard',
  columns: ['platform', 'messageId', 'externalId', 'personId', 'line', 'sealed', 'sentAt', 'staleAt'],
} as const;
const ENTRIES = { table: 'HeldCardEntry', columns: ['platform', 'messageId', 'ref', 'version'] } as const;

/** Adds the cards, and what they show. */
export async function insertHeldCards(rows: Rows, cards: readonly NewHeldCard[]): Promise<void> {
  await insertRows(rows, CARDS, cards);
  const shown = cards.flatMap(({ platform, messageId, entries }) =>
    entries.map((entry) => ({ platform, messageId, ...entry })),
  );
  await insertRows(rows, ENTRIES, shown);
}
