import type { Row, Rows } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { instantIn, places, plain } from './plain.ts';

// The cards that stand in people's chats, and which entries each of them shows.

export type CardId = Pick<Row.HeldCardModel, 'platform' | 'messageId'>;

/** A card that somebody holds, and the entries that it shows. */
export type HeldCardRow = Row.HeldCardModel & { entries: readonly ShownRow[] };

type ShownRow = Pick<Row.HeldCardEntryModel, 'ref' | 'version' | 'isFollowed'>;

/** A card that somebody has begun to hold. */
export type NewHeldCard = Pick<HeldCardRow, (typeof CARDS.columns)[number] | 'entries'>;

const CARDS = {
  table: 'HeldCard',
  columns: [
    ...(['platform', 'messageId', 'externalId', 'personId', 'line', 'isLatest'] as const),
    ...(['canBeOvertaken', 'sealed', 'sentAt', 'staleAt'] as const),
  ],
} as const;
const ENTRIES = {
  table: 'HeldCardEntry',
  columns: ['platform', 'messageId', 'ref', 'version', 'isFollowed'],
} as const;
const IS_CARD = '"platform" = ? AND "messageId" = ?';

const isCard = ({ platform, messageId }: CardId): unknown[] => [platform, messageId];

/** Of each platform, which cards they are. */
export const ofPlatforms = (cards: readonly CardId[]) =>
  [...Map.groupBy(cards, ({ platform }) => platform)].map(([platform, some]) => ({
    are: `"platform" = ? AND "messageId" IN ${places(some)}`,
    values: [platform, ...some.map(({ messageId }) => messageId)] as unknown[],
  }));

/** Adds the cards, and what they show. */
export async function insertHeldCards(rows: Rows, cards: readonly NewHeldCard[]): Promise<void> {
  await insertRows(rows, CARDS, cards);
  const shown = cards.flatMap(({ platform, messageId, entries }) =>
    entries.map((entry) => ({ platform, messageId, ...entry })),
  );
  await insertRows(rows, ENTRIES, shown);
}

/** Nobody holds these any more. */
export async function forgetCards(rows: Rows, cards: readonly CardId[]): Promise<void> {
  const { change } = plain(rows);
  for (const { are, values } of ofPlatforms(cards))
    await change(`DELETE FROM "HeldCard" WHERE ${are}`, values);
}

/** There is a later copy of what this line shows: what those before it show is looked at when somebody may not see it any more. */
export async function followNoMoreOf(
  rows: Rows,
  { platform, personId, line }: Pick<HeldCardRow, 'platform' | 'personId' | 'line'>,
): Promise<void> {
  const { ask, change } = plain(rows);
  const found = await ask(
    `SELECT "messageId" FROM "HeldCard"
     WHERE "platform" = ? AND "personId" = ? AND "line" = ? AND "isLatest" = ?`,
    [platform, personId, line, true],
  );
  const cards = found.map(([messageId]) => ({ platform, messageId: String(messageId) }));
  for (const { are, values } of ofPlatforms(cards)) {
    await change(`UPDATE "HeldCard" SET "isLatest" = ? WHERE ${are}`, [false, ...values]);
    await change(`UPDATE "HeldCardEntry" SET "isFollowed" = ? WHERE ${are}`, [false, ...values]);
  }
}

/** The cards that show the entry, and are looked at when it changes. */
async function cardsShowing(rows: Rows, ref: string, evenOvertaken: boolean): Promise<CardId[]> {
  const followed = evenOvertaken ? [true, false] : [true];
  const found = await plain(rows).ask(
    `SELECT "platform", "messageId" FROM "HeldCardEntry" WHERE "ref" = ? AND "isFollowed" IN ${places(followed)}`,
    [ref, ...followed],
  );
  return found.map(([platform, messageId]) => ({
    platform: String(platform),
    messageId: String(messageId),
  }));
}

/** An answer to whoever acts is about to be overtaken by the next one: so long it is waited for that. */
const OVERTAKEN_WITHIN_MS = 10_000;

/** What is known of a change when the cards that show its entry are looked for. */
export interface Changing {
  /** Somebody may not see the entry any more: those too that later ones have overtaken. */
  evenOvertaken: boolean;
  /** Whose act it is. */
  by?: string | undefined;
}

/** The entry changed at that time: cards that show it are to be shown anew. */
export async function markStale(rows: Rows, ref: string, at: Date, changing: Changing): Promise<void> {
  const { change } = plain(rows);
  const { evenOvertaken, by } = changing;
  // First which cards these are: asked for within the change, every card there is would be gone through.
  for (const { are, values } of ofPlatforms(await cardsShowing(rows, ref, evenOvertaken))) {
    await change(`UPDATE "HeldCard" SET ${isStaleSince('?')} WHERE ${are}`, [at, ...values]);
    if (by === undefined || evenOvertaken) continue;
    const overtakenBy = new Date(at.getTime() + OVERTAKEN_WITHIN_MS);
    const theirs = `${are} AND "personId" = ? AND "canBeOvertaken" = ?`;
    await change(`UPDATE "HeldCard" SET "notBefore" = ? WHERE ${theirs}`, [overtakenBy, ...values, by, true]);
  }
}

/** What there is to be set where what a card is to show changed. */
export const isStaleSince = (at: string): string =>
  `"staleAt" = ${at}, "changes" = "changes" + 1, "notBefore" = NULL, "attempts" = 0`;

export async function findCard(rows: Rows, card: CardId): Promise<HeldCardRow | undefined> {
  const found = await plain(rows).askModels<Row.HeldCardModel>(
    `SELECT * FROM "HeldCard" WHERE ${IS_CARD}`,
    isCard(card),
  );
  return (await withEntries(rows, found))[0];
}

async function withEntries(rows: Rows, cards: readonly Row.HeldCardModel[]): Promise<HeldCardRow[]> {
  const { ask } = plain(rows);
  const shown: unknown[][] = [];
  for (const { are, values } of ofPlatforms(cards))
    shown.push(
      ...(await ask(
        `SELECT "messageId", "platform", "ref", "version", "isFollowed" FROM "HeldCardEntry" WHERE ${are}`,
        values,
      )),
    );
  return cards.map((card) => ({
    ...card,
    entries: shown
      .filter(([messageId, platform]) => messageId === card.messageId && platform === card.platform)
      .map(([, , ref, version, isFollowed]) => ({
        ref: String(ref),
        version: Number(version),
        isFollowed: Boolean(isFollowed),
      })),
  }));
}

/** What is to be shown anew and nobody has taken. What is merely not empty SQLite looks for in the whole table. */
const STALE = `"staleAt" > ? AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?)`;
const EVER = new Date(0);

/** When the first card is to be shown anew; `undefined` where none is. */
export async function firstStaleAt(rows: Rows, now: Date): Promise<Date | undefined> {
  const { ask } = plain(rows);
  const stale = `SELECT "notBefore" FROM "HeldCard" WHERE ${STALE}`;
  // Mostly there is one that need not wait: it is found without looking at all the others.
  const unhindered = await ask(`${stale} AND "notBefore" IS NULL LIMIT 1`, [EVER, now]);
  if (unhindered.length > 0) return now;
  const [first] = await ask(`${stale} ORDER BY "notBefore" LIMIT 1`, [EVER, now]);
  return first && (instantIn(first[0]) ?? now);
}

/** Cards that are to be shown anew by now, the longest stale first. */
export async function staleCards(rows: Rows, now: Date, most: number): Promise<HeldCardRow[]> {
  const found = await plain(rows).askModels<Row.HeldCardModel>(
    `SELECT * FROM "HeldCard" WHERE ${STALE} AND ("notBefore" IS NULL OR "notBefore" <= ?)
     ORDER BY "staleAt" LIMIT ${most}`,
    [EVER, now, now],
  );
  return withEntries(rows, found);
}

/** They are taken until then, which counts as an attempt. */
export async function takeCards(rows: Rows, cards: readonly CardId[], leaseUntil: Date): Promise<void> {
  const { change } = plain(rows);
  for (const { are, values } of ofPlatforms(cards))
    await change(
      `UPDATE "HeldCard" SET "leaseUntil" = ?, "attempts" = "attempts" + 1, "isAsSent" = FALSE WHERE ${are}`,
      [leaseUntil, ...values],
    );
}

/**
 * It shows what is so, unless something changed since it was read.
 * @param said where it says something else now
 * @returns whether it is still that one's who took it: not where it was pressed meanwhile, or taken by somebody else
 */
export async function settleCard(
  rows: Rows,
  card: CardId & Pick<HeldCardRow, 'changes' | 'leaseUntil'>,
  said: { sealed?: Uint8Array; isAsSent: boolean },
): Promise<boolean> {
  const set = said.sealed ? '"sealed" = ?, "isAsSent" = ?, ' : '"isAsSent" = ?, ';
  const count = await plain(rows).change(
    `UPDATE "HeldCard" SET ${set}"leaseUntil" = NULL, "attempts" = 0,
     "staleAt" = CASE WHEN "changes" = ? THEN NULL ELSE "staleAt" END WHERE ${IS_CARD} AND "leaseUntil" = ?`,
    [...(said.sealed ? [said.sealed] : []), said.isAsSent, card.changes, ...isCard(card), card.leaseUntil],
  );
  return count > 0;
}

/** It shows these entries from now on, where somebody still holds it. */
export async function watchAnew(rows: Rows, card: CardId, entries: readonly ShownRow[]): Promise<void> {
  const { ask, change } = plain(rows);
  if ((await ask(`SELECT 1 FROM "HeldCard" WHERE ${IS_CARD}`, isCard(card))).length === 0) return;
  await change(`DELETE FROM "HeldCardEntry" WHERE ${IS_CARD}`, isCard(card));
  const { platform, messageId } = card;
  await insertRows(
    rows,
    ENTRIES,
    entries.map((entry) => ({ platform, messageId, ...entry })),
  );
}
