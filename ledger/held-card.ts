import { createHash } from 'node:crypto';
import type { Row, Rows } from '../prisma/database.ts';
import type { Entry } from './define.ts';
import { readPerson } from './directory.ts';
import { entriesFor } from './entry.ts';
import { type Content, SHOW } from './message.ts';
import { openOrTell } from './open-or-tell.ts';
import type { Address } from './outbox.ts';
import { targetsShown } from './shown-targets.ts';
import type { Store } from './store.ts';
import type { Target } from './target.ts';

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
export async function holdCard(store: Store, rows: Rows, held: Held): Promise<void> {
  const { address, messageId, personId, content, sentAt } = held;
  const { platform, externalId, isGroup } = address;
  await forgetCard(rows, { platform, messageId });
  const entries = isGroup ? [] : await entriesIn(store, rows, held);
  if (entries.length === 0) return;
  const line = lineOf(content);
  const isList = line !== null && !line.startsWith(SHOW);
  // Of a list that was asked for again only the latest copy is looked at.
  if (isList) await rows.heldCard.deleteMany({ where: { platform, personId, line } });
  const words = wordsKept(content);
  const kept: Kept = { content: words, shown: fingerprint(words) };
  await rows.heldCard.create({
    data: {
      platform,
      messageId,
      externalId,
      personId,
      line,
      sealed: store.keys.seal(kept, aboutCard({ platform, messageId })),
      sentAt,
      staleAt: entries.some(({ isStale }) => isStale) ? sentAt : null,
      entries: { create: asRows(entries) },
    },
  });
}

/** A form is never drawn anew: what it says, and what was typed into it, is not kept twice. */
const wordsKept = (content: Content): Content =>
  content.kind === 'form' ? { ...content, intro: [], fields: [] } : content;

/** The version that no entry has. */
const UNKNOWN = 0;

/** What shows a view anew; of anything else the words stay. */
const lineOf = (content: Content): string | null =>
  ('isView' in content && content.isView && content.refresh) || null;

/** @property isStale it changed since */
type ShownEntry = { ref: string; version: number; isStale: boolean };

/**
 * With the holder's eyes: what he typed may stand on his card, and were a number on it that he guessed followed, the card
 * would tell him of every change.
 */
async function seenBy(
  store: Store,
  rows: Rows,
  personId: string,
  targets: readonly Target[],
): Promise<Entry[]> {
  const person = targets.length > 0 ? await readPerson(rows, personId) : undefined;
  if (!person) return [];
  return entriesFor(store, rows, person).list({ refs: [...new Set(targets.map(({ ref }) => ref))] });
}

/** Every entry that the card is about and its holder may see, and the version that it shows. */
async function entriesIn(
  store: Store,
  rows: Rows,
  { personId, content, madeAt }: Pick<Held, 'personId' | 'content' | 'madeAt'>,
): Promise<ShownEntry[]> {
  const targets = await targetsShown(rows, personId, content);
  const found = await seenBy(store, rows, personId, targets);
  return found.map(({ ref, version: current, changedAt }) => {
    const version = versionIn(targets, ref) ?? (changedAt > madeAt ? UNKNOWN : current);
    return { ref, version, isStale: version !== current };
  });
}

const asRows = (entries: readonly ShownEntry[]) => entries.map(({ ref, version }) => ({ ref, version }));

const versionIn = (targets: readonly Target[], ref: string) =>
  targets.find((target) => target.ref === ref && target.version !== undefined)?.version;

/** The entry changed: whoever holds a card that shows it is to see it as it is. */
export async function markStale(rows: Rows, ref: string, at: Date): Promise<void> {
  await rows.heldCard.updateMany({
    where: { entries: { some: { ref } } },
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
  const stale = { staleAt: { not: null }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] };
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
    for (const { row } of cards) {
      const { platform, messageId } = row;
      await rows.heldCard.update({
        where: { platform_messageId: { platform, messageId } },
        data: { leaseUntil, attempts: { increment: 1 } },
      });
    }
    return cards.map(({ row, kept }) => ({ kept, row: { ...row, leaseUntil, attempts: row.attempts + 1 } }));
  });
  return { cards, nextDueAt: now };
}

/** Whether that is what stands in the chat already. */
export const showsAlready = ({ kept }: HeldCard, content: Content): boolean =>
  kept.shown === fingerprint(content);

/** It shows what is so, unless something changed meanwhile: then it is looked at once more. */
export async function settleShown(store: Store, { row, kept }: HeldCard, shown: Content): Promise<void> {
  const { platform, messageId, personId, changes, line, staleAt, sentAt } = row;
  const sealed = store.keys.seal({ ...kept, shown: fingerprint(shown) } satisfies Kept, aboutCard(row));
  await store.database.write(async (rows) => {
    await rows.heldCard.updateMany({
      where: { platform, messageId },
      data: { sealed, leaseUntil: null, attempts: 0 },
    });
    await rows.heldCard.updateMany({ where: { platform, messageId, changes }, data: { staleAt: null } });
    if (line !== null)
      await watchAnew(
        rows,
        row,
        await entriesIn(store, rows, { personId, content: shown, madeAt: staleAt ?? sentAt }),
      );
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
