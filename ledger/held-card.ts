import { createHash } from 'node:crypto';
import type { Row, Rows } from '../prisma/database.ts';
import { cardsShowing } from '../prisma/every-message.ts';
import { insertHeldCards, type NewHeldCard } from '../prisma/insert-held-cards.ts';
import { readDirectory } from './directory.ts';
import { type Content, SHOW } from './message.ts';
import { openOrTell } from './open-or-tell.ts';
import type { Address } from './outbox.ts';
import { entriesShown, type ShownEntry } from './shown-entries.ts';
import type { Store } from './store.ts';

export { actionsOf, formIn, refsIn, targetsIn } from './shown-targets.ts';

/** What a card said when it was sent or last answered, and what it shows since. */
interface Kept {
  content: Content;
  /** SHA-256 of the content that stands in the chat, so that nothing is changed for nothing. */
  shown: string;
}

export type HeldCardRow = Row.HeldCardModel & { entries: readonly { ref: string; version: number }[] };

/** A card that somebody holds. */
export interface HeldCard {
  row: HeldCardRow;
  kept: Kept;
}

export interface Held {
  address: Address;
  messageId: string;
  personId: string;
  content: Content;
  /** When it was put into words. */
  madeAt: Date;
  sentAt: Date;
}

type CardId = Pick<HeldCardRow, 'platform' | 'messageId'>;

/** The place that a held card is bound to. */
export const aboutCard = ({ platform, messageId }: CardId) => `card/${platform}/${messageId}`;

const fingerprint = (content: Content): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url');

/** Remembers who holds the card, where it shows entries: whatever stood for this message before is forgotten. */
export const holdCard = (store: Store, rows: Rows, held: Held): Promise<void> =>
  holdCards(store, rows, [held]);

/** The same for several, each of another message. */
export async function holdCards(store: Store, rows: Rows, cards: readonly Held[]): Promise<void> {
  for (const [platform, some] of Map.groupBy(cards, ({ address }) => address.platform))
    await rows.heldCard.deleteMany({
      where: { platform, messageId: { in: some.map(({ messageId }) => messageId) } },
    });
  const shown = cards.filter(({ address }) => !address.isGroup);
  if (shown.length === 0) return;
  const directory = await readDirectory(rows);
  const held: NewHeldCard[] = [];
  for (const card of shown) {
    const entries = await entriesShown(store, rows, card, directory);
    if (entries.length > 0) held.push(rowOf(store, card, entries));
  }
  // Of a list that was asked for again only the latest copy is looked at.
  const lists = held.filter(({ line }) => line !== null && !line.startsWith(SHOW));
  for (const { platform, personId, line } of lists)
    await rows.heldCard.deleteMany({ where: { platform, personId, line } });
  const latest = new Map(
    lists.map((card) => [JSON.stringify([card.platform, card.personId, card.line]), card]),
  );
  await insertHeldCards(
    rows,
    held.filter((card) => !lists.includes(card) || [...latest.values()].includes(card)),
  );
}

function rowOf(store: Store, held: Held, entries: readonly ShownEntry[]): NewHeldCard {
  const { address, messageId, personId, content, sentAt } = held;
  const { platform, externalId } = address;
  const words = wordsKept(content);
  const kept: Kept = { content: words, shown: fingerprint(words) };
  return {
    platform,
    messageId,
    externalId,
    personId,
    line: lineOf(content),
    sealed: store.keys.seal(kept, aboutCard({ platform, messageId })),
    sentAt,
    staleAt: entries.some(({ isStale }) => isStale) ? sentAt : null,
    entries: asRows(entries),
  };
}

/** A form is never drawn anew: what it says, and what was typed into it, is not kept twice. */
const wordsKept = (content: Content): Content =>
  content.kind === 'form' ? { ...content, intro: [], fields: [] } : content;

/** What shows a view anew; of anything else the words stay. */
const lineOf = (content: Content): string | null =>
  ('isView' in content && content.isView && content.refresh) || null;

const asRows = (entries: readonly ShownEntry[]) => entries.map(({ ref, version }) => ({ ref, version }));

/** The entry changed: whoever holds a card that shows it is to see it as it is. */
export async function markStale(rows: Rows, ref: string, at: Date): Promise<void> {
  // First which cards these are: asked for within the change, every card there is would be gone through.
  const cards = await cardsShowing(rows, ref);
  if (cards.length === 0) return;
  await rows.heldCard.updateMany({
    where: { OR: cards },
    data: { staleAt: at, changes: { increment: 1 }, notBefore: null, attempts: 0 },
  });
}

export async function findHeldCard(
  store: Store,
  platform: string,
  messageId: string,
): Promise<HeldCard | undefined> {
  const row = await store.database.rows.heldCard.findUnique({
    where: { platform_messageId: { platform, messageId } },
    include: { entries: true },
  });
  return row ? opened(store, row) : undefined;
}

function opened(store: Store, row: HeldCardRow): HeldCard | undefined {
  const open = () => store.keys.unseal<Kept>(row.sealed, aboutCard(row));
  const kept = openOrTell(store, `Card ${row.messageId} on ${row.platform}`, open);
  return kept && { row, kept };
}

/** Cards that were taken to be shown anew. */
export interface Stale {
  cards: HeldCard[];
  /** When there will be more, as far as is known: at once, where something was taken. */
  nextDueAt: Date | undefined;
}

/** Takes up to `most` cards that are to be shown anew, so that nobody else does it for the length of the lease. */
export async function claimStale(store: Store, now: Date, most: number): Promise<Stale> {
  const leaseUntil = new Date(now.getTime() + store.rules.delivery.leaseSeconds * 1000);
  // Asked for as what is later than ever, since what is merely not empty SQLite looks for in the whole table.
  const stale = { staleAt: { gt: new Date(0) }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] };
  const due = { AND: [stale, { OR: [{ notBefore: null }, { notBefore: { lte: now } }] }] };
  const next = await store.database.rows.heldCard.findFirst({
    where: stale,
    orderBy: { notBefore: { sort: 'asc', nulls: 'first' } },
    select: { notBefore: true },
  });
  if (!next || (next.notBefore && next.notBefore > now))
    return { cards: [], nextDueAt: next?.notBefore ?? undefined };
  const cards = await store.database.write(async (rows) => {
    const found = await rows.heldCard.findMany({
      where: due,
      orderBy: { staleAt: 'asc' },
      take: most,
      include: { entries: true },
    });
    const cards = found.flatMap((row) => opened(store, row) ?? []);
    // What a card says is nowhere else: one that does not open can never be shown anew.
    const lost = found.filter((row) => !cards.some((card) => card.row === row));
    for (const card of lost) await forgetCard(rows, card);
    await rows.heldCard.updateMany({
      where: { OR: cards.map(({ row }) => idOf(row)) },
      data: { leaseUntil, attempts: { increment: 1 } },
    });
    return cards.map(({ row, kept }) => ({ kept, row: { ...row, leaseUntil, attempts: row.attempts + 1 } }));
  });
  return { cards, nextDueAt: now };
}

/** Whether that is what stands in the chat already. */
export const showsAlready = ({ kept }: HeldCard, content: Content): boolean =>
  kept.shown === fingerprint(content);

const idOf = ({ platform, messageId }: CardId): CardId => ({ platform, messageId });

/** A card, and what it shows from now on. */
export interface ShownCard {
  card: HeldCard;
  shown: Content;
}

/** They show what is so, unless something changed meanwhile: then they are looked at once more. */
export async function settleShown(store: Store, all: readonly ShownCard[]): Promise<void> {
  await store.database.write(async (rows) => {
    for (const { card, shown } of all.filter((each) => !showsAlready(each.card, each.shown))) {
      const sealed = store.keys.seal(
        { ...card.kept, shown: fingerprint(shown) } satisfies Kept,
        aboutCard(card.row),
      );
      await rows.heldCard.updateMany({ where: idOf(card.row), data: { sealed } });
    }
    await rows.heldCard.updateMany({
      where: { OR: all.map(({ card }) => idOf(card.row)) },
      data: { leaseUntil: null, attempts: 0 },
    });
    await rows.heldCard.updateMany({
      where: { OR: all.map(({ card: { row } }) => ({ ...idOf(row), changes: row.changes })) },
      data: { staleAt: null },
    });
    for (const { card, shown } of all) {
      const { personId, line, staleAt, sentAt } = card.row;
      if (line === null) continue;
      const said = { personId, content: shown, madeAt: staleAt ?? sentAt };
      await watchAnew(rows, card.row, await entriesShown(store, rows, said));
    }
  });
}

/** A view that was shown anew may be about other entries than before. */
async function watchAnew(
  rows: Rows,
  { platform, messageId }: CardId,
  entries: readonly ShownEntry[],
): Promise<void> {
  if ((await rows.heldCard.count({ where: { platform, messageId } })) === 0) return;
  await rows.heldCardEntry.deleteMany({ where: { platform, messageId } });
  const data = asRows(entries).map((entry) => ({ platform, messageId, ...entry }));
  await rows.heldCardEntry.createMany({ data });
}

/** It could not be shown: again at `notBefore`. @param isAttempt whether the platform was tried at all */
export async function postponeShown(
  store: Store,
  { row }: HeldCard,
  notBefore: Date,
  isAttempt: boolean,
): Promise<void> {
  const { platform, messageId } = row;
  const attempts = isAttempt ? {} : { attempts: { decrement: 1 } };
  await store.database.write((rows) =>
    rows.heldCard.updateMany({
      where: { platform, messageId },
      data: { notBefore, leaseUntil: null, ...attempts },
    }),
  );
}

/** Nobody holds it any more. */
export async function forgetCard(rows: Rows, { platform, messageId }: CardId): Promise<void> {
  await rows.heldCard.deleteMany({ where: { platform, messageId } });
}
