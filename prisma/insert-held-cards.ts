import type { Rows } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';
import type { HeldCardEntryModel, HeldCardModel } from './generated/sqlite/models.ts';

/** A card that somebody has begun to hold, and the entries that it shows. */
export type NewHeldCard = Pick<
  HeldCardModel,
  'platform' | 'messageId' | 'externalId' | 'personId' | 'line' | 'sealed' | 'sentAt' | 'staleAt'
> & { entries: readonly Pick<HeldCardEntryModel, 'ref' | 'version'>[] };

/** Adds the cards in one statement, and what they show in another: Prisma works its own out anew for every number of rows. */
export async function insertHeldCards(rows: Rows, cards: readonly NewHeldCard[]): Promise<void> {
  if (cards.length === 0) return;
  const values = cards.map(
    (each) =>
      Prisma.sql`(${each.platform}, ${each.messageId}, ${each.externalId}, ${each.personId}, ${each.line},
        ${each.sealed}, ${each.sentAt}, ${each.staleAt})`,
  );
  await rows.$executeRaw`
    INSERT INTO "HeldCard" ("platform", "messageId", "externalId", "personId", "line", "sealed", "sentAt", "staleAt")
    VALUES ${Prisma.join(values)}`;
  const shown = cards.flatMap(({ platform, messageId, entries }) =>
    entries.map(({ ref, version }) => Prisma.sql`(${platform}, ${messageId}, ${ref}, ${version})`),
  );
  for (let from = 0; from < shown.length; from += AT_ONCE)
    await rows.$executeRaw`
      INSERT INTO "HeldCardEntry" ("platform", "messageId", "ref", "version")
      VALUES ${Prisma.join(shown.slice(from, from + AT_ONCE))}`;
}

/** Rows that one statement takes: a list may show hundreds of entries, and a statement takes so many values. */
const AT_ONCE = 1000;
