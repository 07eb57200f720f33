import type { Rows } from './database.ts';
import { type CardId, type HeldCardRow, isStaleSince, ofPlatforms } from './held-cards.ts';
import { places, plain } from './plain.ts';

// The answers in people's chats, and whether the entries that they show are followed.

/** An answer that somebody holds, and what it shows. */
export type AnswerHeld = Pick<HeldCardRow, 'platform' | 'messageId' | 'externalId' | 'personId'> & {
  refs: readonly string[];
};

/** The answers to these people that show one of these entries and can be overtaken, as far as they were not yet. */
export async function answersAbout(
  rows: Rows,
  personIds: readonly string[],
  refs: readonly string[],
): Promise<AnswerHeld[]> {
  const found = await plain(rows).ask(
    `SELECT card."platform", card."messageId", card."externalId", card."personId", shown."ref"
     FROM "HeldCardEntry" about
     JOIN "HeldCard" card ON card."platform" = about."platform" AND card."messageId" = about."messageId"
     JOIN "HeldCardEntry" shown ON shown."platform" = about."platform" AND shown."messageId" = about."messageId"
       AND shown."isFollowed" = about."isFollowed"
     WHERE about."ref" IN ${places(refs)} AND about."isFollowed" = ?
       AND card."personId" IN ${places(personIds)} AND card."canBeOvertaken" = ?`,
    [...refs, true, ...personIds, true],
  );
  const answers = Map.groupBy(found, ([platform, messageId]) => JSON.stringify([platform, messageId]));
  return [...answers.values()].map((shown) => {
    const [platform, messageId, externalId, personId] = (shown[0] ?? []).map(String) as [
      string,
      string,
      string,
      string,
    ];
    return { platform, messageId, externalId, personId, refs: shown.map(([, , , , ref]) => String(ref)) };
  });
}

/**
 * What these show is followed no more. Those that may show something else than they were sent with are to be shown anew; of the
 * others only those are still looked at whose words name something, since that may have been hidden.
 */
export async function followNoMore(rows: Rows, cards: readonly CardId[], at: Date): Promise<void> {
  const { change } = plain(rows);
  for (const { are, values } of ofPlatforms(cards)) {
    await change(
      `UPDATE "HeldCard" SET ${isStaleSince('NULL')}
       WHERE ${are} AND "isAsSent" = ? AND "staleAt" IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM "HeldCardEntry" named WHERE named."platform" = "HeldCard"."platform"
           AND named."messageId" = "HeldCard"."messageId" AND named."isFollowed" = ?)`,
      [...values, true, false],
    );
    await change(`UPDATE "HeldCardEntry" SET "isFollowed" = ? WHERE ${are}`, [false, ...values]);
    await change(`UPDATE "HeldCard" SET ${isStaleSince('?')} WHERE ${are} AND "isAsSent" = ?`, [
      at,
      ...values,
      false,
    ]);
  }
}
