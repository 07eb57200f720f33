import { createHash } from 'node:crypto';
import type { Row, Rows } from '../prisma/database.ts';
import { type Action, type Content, SHOW } from './message.ts';
import type { Address } from './outbox.ts';
import type { Store } from './store.ts';
import { readTargets, type Target } from './target.ts';

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

const aboutCard = ({ platform, messageId }: CardId) => `card/${platform}/${messageId}`;

const fingerprint = (content: Content): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url');

/** Remembers who holds the card, where it shows entries: whatever stood for this message before is forgotten. */
export async function holdCard(store: Store, rows: Rows, held: Held): Promise<void> {
  const { address, messageId, personId, content, sentAt } = held;
  const { platform, externalId, isGroup } = address;
  await forgetCard(rows, { platform, messageId });
  const entries = isGroup ? [] : await entriesIn(rows, held);
  if (entries.length === 0) return;
  const line = lineOf(content);
  const isList = line !== null && !line.startsWith(SHOW);
  // Of a list that was asked for again only the latest copy is looked at.
  if (isList) await rows.heldCard.deleteMany({ where: { platform, personId, line } });
  const kept: Kept = { content, shown: fingerprint(content) };
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

/** The version that no entry has. */
const UNKNOWN = 0;

/** What shows a view anew; of anything else the words stay. */
const lineOf = (content: Content): string | null =>
  ('isView' in content && content.isView && content.refresh) || null;

interface ShownEntry {
  ref: string;
  version: number;
  /** It changed since. */
  isStale: boolean;
}

/** Every entry that the card is about, and the version that it shows. */
async function entriesIn(
  rows: Rows,
  { content, madeAt }: Pick<Held, 'content' | 'madeAt'>,
): Promise<ShownEntry[]> {
  if (content.kind !== 'notice' && content.kind !== 'table') return [];
  const own = content.refresh?.startsWith(SHOW) ? targetsIn(content.refresh) : [];
  const targets = [...actionsOf(content).flatMap(({ action }) => targetsIn(action)), ...own];
  const found = await rows.entry.findMany({
    where: { ref: { in: targets.map(({ ref }) => ref) } },
    select: { ref: true, version: true, changedAt: true },
  });
  return found.map(({ ref, version: current, changedAt }) => {
    const version = versionIn(targets, ref) ?? (changedAt > madeAt ? UNKNOWN : current);
    return { ref, version, isStale: version !== current };
  });
}

const asRows = (entries: readonly ShownEntry[]) => entries.map(({ ref, version }) => ({ ref, version }));

const versionIn = (targets: readonly Target[], ref: string) =>
  targets.find((target) => target.ref === ref && target.version !== undefined)?.version;

export const actionsOf = (content: Content): Action[] => {
  if (content.kind === 'text') return [];
  const inSections = content.kind === 'notice' ? content.sections.flatMap(({ actions = [] }) => actions) : [];
  return [...inSections, ...content.actions];
};

/** `签收 Z1-3@2,Z1-4@1` → what stands behind the word. */
export const targetsIn = (line: string): Target[] => readTargets(line.split(/\s+/u).slice(1).join(','));

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

const opened = (store: Store, row: HeldCardRow): HeldCard => ({
  row,
  kept: store.keys.unseal<Kept>(row.sealed, aboutCard(row)),
});

/** Takes up to `most` cards that are to be shown anew, so that nobody else does it for the length of the lease. */
export async function claimStale(store: Store, now: Date, most: number): Promise<HeldCard[]> {
  const leaseUntil = new Date(now.getTime() + store.rules.delivery.leaseSeconds * 1000);
  const due = {
    staleAt: { not: null },
    AND: [
      { OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
      { OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
    ],
  };
  if (!(await store.database.rows.heldCard.findFirst({ where: due, select: { messageId: true } }))) return [];
  return store.database.write(async (rows) => {
    const found = await rows.heldCard.findMany({
      where: due,
      orderBy: { staleAt: 'asc' },
      take: most,
      include: { entries: true },
    });
    for (const { platform, messageId } of found) {
      await rows.heldCard.update({
        where: { platform_messageId: { platform, messageId } },
        data: { leaseUntil, attempts: { increment: 1 } },
      });
    }
    return found.map((row) => opened(store, { ...row, leaseUntil, attempts: row.attempts + 1 }));
  });
}

/** Whether that is what stands in the chat already. */
export const showsAlready = ({ kept }: HeldCard, content: Content): boolean =>
  kept.shown === fingerprint(content);

/** It shows what is so, unless something changed meanwhile: then it is looked at once more. */
export async function settleShown(store: Store, { row, kept }: HeldCard, shown: Content): Promise<void> {
  const { platform, messageId, changes, line, staleAt, sentAt } = row;
  const sealed = store.keys.seal({ ...kept, shown: fingerprint(shown) } satisfies Kept, aboutCard(row));
  await store.database.write(async (rows) => {
    await rows.heldCard.updateMany({
      where: { platform, messageId },
      data: { sealed, leaseUntil: null, attempts: 0 },
    });
    await rows.heldCard.updateMany({ where: { platform, messageId, changes }, data: { staleAt: null } });
    if (line !== null)
      await watchAnew(rows, row, await entriesIn(rows, { content: shown, madeAt: staleAt ?? sentAt }));
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

/** When the next card is to be shown anew, if one is. */
export async function nextStaleAt(store: Store): Promise<Date | undefined> {
  const next = await store.database.rows.heldCard.findFirst({
    where: { staleAt: { not: null } },
    orderBy: { notBefore: { sort: 'asc', nulls: 'first' } },
    select: { notBefore: true, staleAt: true, leaseUntil: true },
  });
  if (!next?.staleAt) return undefined;
  const free = [next.staleAt, next.notBefore, next.leaseUntil].filter((at) => at !== null);
  return new Date(Math.max(...free.map((at) => at.getTime())));
}
