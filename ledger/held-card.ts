import { hash } from 'node:crypto';
import type { Rows } from '../prisma/database.ts';
import {
  type CardId,
  findCard,
  firstStaleAt,
  followNoMoreOf,
  forgetCards,
  type HeldCardRow,
  insertHeldCards,
  type NewHeldCard,
  settleCard,
  staleCards,
  takeCards,
  watchAnew,
} from '../prisma/held-cards.ts';
import { readDirectory } from './directory.ts';
import { type Content, SHOW } from './message.ts';
import { openOrTell } from './open-or-tell.ts';
import type { Address } from './outbox.ts';
import { overtakeAnswers } from './overtake-answers.ts';
import { entriesShown, type ShownEntry } from './shown-entries.ts';
import { actionsOf } from './shown-targets.ts';
import type { Store } from './store.ts';

export { type HeldCardRow, markStale } from '../prisma/held-cards.ts';
export { actionsOf, formIn, refsIn, refsNamed, targetsIn, wordsOf } from './shown-targets.ts';

/** What a card said when it was sent or last answered, and what it shows since. */
interface Kept {
  content: Content;
  /** SHA-256 of the content that stands in the chat, so that nothing is changed for nothing. */
  shown: string;
}

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
  /** It answers what its holder said or pressed. */
  isAnswer: boolean;
  /** When it was put into words. */
  madeAt: Date;
  sentAt: Date;
}

/** The place that a held card is bound to. */
export const aboutCard = ({ platform, messageId }: CardId) => `card/${platform}/${messageId}`;

const fingerprint = (content: Content): string => hash('sha256', JSON.stringify(content), 'base64url');

/** Remembers who holds the card, where it shows entries: whatever stood for this message before is forgotten. */
export const holdCard = (store: Store, rows: Rows, held: Held): Promise<void> =>
  holdCards(store, rows, [held]);

/** The same for several, each of another message. */
export async function holdCards(store: Store, rows: Rows, cards: readonly Held[]): Promise<void> {
  await forgetCards(
    rows,
    cards.map(({ address: { platform }, messageId }) => ({ platform, messageId })),
  );
  const shown = cards.filter(({ address }) => !address.isGroup);
  if (shown.length === 0) return;
  const directory = await readDirectory(rows);
  const held: NewHeldCard[] = [];
  for (const card of shown) {
    const entries = await entriesShown(store, rows, card, directory);
    if (entries.length > 0) held.push(rowOf(store, card, entries));
  }
  // Of a list that was asked for again only the latest copy is looked at, unless something is hidden that stands in another.
  const lists = new Map(held.flatMap((card) => (isList(card) ? [[nameOf(card), card] as const] : [])));
  for (const list of lists.values()) await followNoMoreOf(rows, list);
  const begun = held.map((card) =>
    isList(card) && lists.get(nameOf(card)) !== card ? withLaterCopy(card) : card,
  );
  await insertHeldCards(rows, begun);
  await overtakeAnswers(rows, begun);
}

const isList = ({ line }: NewHeldCard): boolean => line !== null && !line.startsWith(SHOW);
const nameOf = ({ platform, personId, line }: NewHeldCard): string =>
  JSON.stringify([platform, personId, line]);

const withLaterCopy = (card: NewHeldCard): NewHeldCard => ({
  ...card,
  isLatest: false,
  entries: card.entries.map((entry) => ({ ...entry, isFollowed: false })),
});

function rowOf(store: Store, held: Held, entries: readonly ShownEntry[]): NewHeldCard {
  const { address, messageId, personId, content, isAnswer, sentAt } = held;
  const { platform, externalId } = address;
  const words = wordsKept(content);
  const kept: Kept = { content: words, shown: fingerprint(words) };
  return {
    platform,
    messageId,
    externalId,
    personId,
    line: lineOf(content),
    isLatest: true,
    canBeOvertaken: isAnswer && onlyTells(content),
    sealed: store.keys.seal(kept, aboutCard({ platform, messageId })),
    sentAt,
    staleAt: entries.some(({ isStale }) => isStale) ? sentAt : null,
    entries,
  };
}

/** It says what was done, and nothing on it does anything: of a view and of a form that is not so. */
const onlyTells = (content: Content): boolean =>
  content.kind === 'notice' &&
  lineOf(content) === null &&
  actionsOf(content).every(({ action }) => shows(action));

const shows = (action: string): boolean => action.startsWith(`${SHOW} `);

/** A form is never drawn anew: what it says, and what was typed into it, is not kept twice. */
const wordsKept = (content: Content): Content =>
  content.kind === 'form' ? { ...content, intro: [], fields: [] } : content;

/** What shows a view anew; of anything else the words stay. */
const lineOf = (content: Content): string | null =>
  ('isView' in content && content.isView && content.refresh) || null;

export async function findHeldCard(
  store: Store,
  platform: string,
  messageId: string,
): Promise<HeldCard | undefined> {
  const row = await findCard(store.database.rows, { platform, messageId });
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
  const nextDueAt = await firstStaleAt(store.database.rows, now);
  if (!nextDueAt || nextDueAt > now) return { cards: [], nextDueAt };
  const take = async (rows: Rows) => {
    const found = await staleCards(rows, now, most);
    const cards = found.flatMap((row) => opened(store, row) ?? []);
    // What a card says is nowhere else: one that does not open can never be shown anew.
    await forgetCards(
      rows,
      found.filter((row) => !cards.some((card) => card.row === row)),
    );
    await takeCards(
      rows,
      cards.map(({ row }) => row),
      leaseUntil,
    );
    return cards.map(({ row, kept }) => ({ kept, row: { ...row, leaseUntil, attempts: row.attempts + 1 } }));
  };
  return { cards: await store.database.write(take, { isOnlyProgress: true }), nextDueAt: now };
}

/** Whether a later one tells its holder about the same: then nobody looks here for how things stand. */
export const isOvertaken = ({ row }: HeldCard): boolean =>
  row.entries.length > 0 && row.entries.every(({ isFollowed }) => !isFollowed);

/** Whether that is what stands in the chat already. */
export const showsAlready = ({ row, kept }: HeldCard, content: Content): boolean =>
  kept.shown === fingerprint(content) &&
  // Whoever took it before and said nothing of it may have changed it.
  (row.isAsSent || kept.shown !== fingerprint(kept.content));

/** A card, and what it shows from now on. */
export interface ShownCard {
  card: HeldCard;
  shown: Content;
}

/** They show what is so, unless something changed meanwhile: then they are looked at once more. */
export async function settleShown(store: Store, all: readonly ShownCard[]): Promise<void> {
  const work = async (rows: Rows) => {
    for (const { card, shown } of all) {
      const { personId, line, staleAt, sentAt, leaseUntil } = card.row;
      const isOurs = await settleCard(rows, card.row, saidSince(store, card, shown));
      if (line === null || !isOurs) continue;
      // A view that was shown anew may be about other entries than before.
      const said = { personId, content: shown, madeAt: staleAt ?? sentAt, sentAt: leaseUntil ?? sentAt };
      const entries = await entriesShown(store, rows, said);
      await watchAnew(
        rows,
        card.row,
        card.row.isLatest ? entries : entries.map((entry) => ({ ...entry, isFollowed: false })),
      );
    }
  };
  await store.database.write(work, { isOnlyProgress: true });
}

/** What there is to keep of it, where it shows something else than before. */
function saidSince(store: Store, { row, kept }: HeldCard, content: Content) {
  const shown = fingerprint(content);
  if (shown === kept.shown) return { isAsSent: shown === fingerprint(kept.content) };
  return {
    sealed: store.keys.seal({ ...kept, shown } satisfies Kept, aboutCard(row)),
    isAsSent: shown === fingerprint(kept.content),
  };
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
export const forgetCard = (rows: Rows, card: CardId): Promise<void> => forgetCards(rows, [card]);
