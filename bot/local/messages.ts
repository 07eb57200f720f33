import { randomUUID } from 'node:crypto';
import { goneFrom } from '../../ledger/local-window.ts';
import type { Content } from '../../ledger/message.ts';
import { DOES_NOT_OPEN, openOrTell } from '../../ledger/open-or-tell.ts';
import { aboutLocalMessage } from '../../ledger/sealed-places.ts';
import type { Rows, Store } from '../../ledger/store.ts';

/** The window that everybody sees. */
export const GROUP = 'group';

export interface LocalMessage {
  /**
   * Its place among all that was said or changed in what this person sees: a number that counted what others see too
   * would tell him how much they were told.
   */
  seq: number;
  messageId: string;
  at: Date;
  authorId: string | null;
  isGroup: boolean;
  /** When it was last shown anew without anybody's press. */
  changedAt?: Date;
  content: Content;
}

/** Begins the id of what was replaced. */
export const REPLACED = 'replaced:';
/** The most that one call hands out; the caller goes on from the last seq. */
const PAGE = 200;

export type NewMessage = Pick<LocalMessage, 'messageId' | 'at' | 'authorId' | 'content'> & { window: string };

/** A message with the same id is kept as it is: sending twice sends once. */
export async function addMessage(
  store: Store,
  { messageId, window, authorId, at, content }: NewMessage,
): Promise<void> {
  const sealed = store.keys.seal(content, aboutLocalMessage(messageId));
  await store.database.write(async (rows) => {
    if (await rows.localMessage.findUnique({ where: { messageId }, select: { seq: true } })) return;
    await rows.localMessage.create({ data: { messageId, window, authorId, at, sealed } });
  });
}

/**
 * The message shows something else from now on; it gets a new place in the order of changes.
 * @returns whether there is such a message
 */
export async function replaceContent(store: Store, messageId: string, content: Content): Promise<boolean> {
  return store.database.write(async (rows) => {
    const found = await rows.localMessage.findUnique({ where: { messageId } });
    if (!found) return false;
    const { seq, ...row } = found;
    // The place it had stays taken, so that nobody's count goes back.
    const old = `${REPLACED}${randomUUID()}`;
    const nothing = store.keys.seal({ kind: 'text', text: '' } satisfies Content, aboutLocalMessage(old));
    await rows.localMessage.update({
      where: { seq },
      data: { messageId: old, sealed: nothing, changedAt: null },
    });
    const sealed = store.keys.seal(content, aboutLocalMessage(messageId));
    await rows.localMessage.create({ data: { ...row, sealed } });
    return true;
  });
}

/** The message shows something else from now on, though nobody pressed anything on it: it keeps its place. */
export async function showAnew(
  store: Store,
  messageId: string,
  content: Content,
  changedAt: Date,
): Promise<boolean> {
  const sealed = store.keys.seal(content, aboutLocalMessage(messageId));
  const { count } = await store.database.write((rows) =>
    rows.localMessage.updateMany({ where: { messageId }, data: { sealed, changedAt } }),
  );
  return count > 0;
}

/**
 * What stands in the person's window and in the group, after `seq`, in the order of changes.
 * @param changedAfter also what was shown anew after that moment
 */
export async function messagesAfter(
  store: Store,
  personId: string,
  seq: number,
  changedAfter?: Date,
): Promise<LocalMessage[]> {
  const { rows } = store.database;
  const seen = { window: { in: [personId, GROUP] } };
  const last = seq > 0 ? await placed(rows, seen, seq) : undefined;
  const anew = changedAfter ? [{ changedAt: { gt: changedAfter } }] : [];
  const found = await rows.localMessage.findMany({
    where: {
      ...seen,
      messageId: { not: { startsWith: REPLACED } },
      OR: [{ seq: { gt: last ?? (seq > 0 ? Number.MAX_SAFE_INTEGER : 0) } }, ...anew],
    },
    orderBy: { seq: 'asc' },
    take: PAGE,
  });
  return placesOf(
    rows,
    seen,
    found.map((row) => opened(store, row)),
  );
}

type Seen = { window: { in: string[] } };

/** Which message has that place among them; 0: it is gone. */
async function placed(rows: Rows, seen: Seen, place: number): Promise<number | undefined> {
  const gone = await goneFrom(rows, seen.window.in);
  if (place <= gone) return 0;
  const [row] = await rows.localMessage.findMany({
    where: seen,
    orderBy: { seq: 'asc' },
    skip: place - gone - 1,
    take: 1,
    select: { seq: true },
  });
  return row?.seq;
}

/** The messages, in their order, with their places among all that the person sees. */
async function placesOf(rows: Rows, seen: Seen, messages: readonly LocalMessage[]): Promise<LocalMessage[]> {
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) return [];
  const gone = await goneFrom(rows, seen.window.in);
  const before = gone + (await rows.localMessage.count({ where: { ...seen, seq: { lt: first.seq } } }));
  const between = await rows.localMessage.findMany({
    where: { ...seen, seq: { gte: first.seq, lte: last.seq } },
    orderBy: { seq: 'asc' },
    select: { seq: true },
  });
  const places = new Map(between.map(({ seq }, index) => [seq, before + index + 1]));
  return messages.map((message) => ({ ...message, seq: places.get(message.seq) ?? 0 }));
}

/** @returns the message, if it stands in the person's window or in the group */
export async function messageSeenBy(
  store: Store,
  rows: Rows,
  personId: string,
  messageId: string,
): Promise<LocalMessage | undefined> {
  const row = await rows.localMessage.findUnique({ where: { messageId } });
  return row && [personId, GROUP].includes(row.window) ? opened(store, row) : undefined;
}

/** The latest change in the person's own window, by its place in the order of changes. */
export async function latestSeq(store: Store, personId: string): Promise<number> {
  const latest = await store.database.rows.localMessage.findFirst({
    where: { window: personId },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  return latest?.seq ?? 0;
}

const BROKEN: Content = { kind: 'text', text: `（${DOES_NOT_OPEN}）` };

function opened(
  store: Store,
  row: Awaited<ReturnType<Rows['localMessage']['findUniqueOrThrow']>>,
): LocalMessage {
  const { seq, messageId, at, authorId, window, changedAt, sealed } = row;
  const open = () => store.keys.unseal<Content>(sealed, aboutLocalMessage(messageId));
  const content = openOrTell(store, `Message ${messageId} of the local chat`, open) ?? BROKEN;
  return {
    seq,
    messageId,
    at,
    authorId,
    isGroup: window === GROUP,
    ...(changedAt && { changedAt }),
    content,
  };
}
