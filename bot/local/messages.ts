import type { Content } from '../../ledger/message.ts';
import type { Rows, Store } from '../../ledger/store.ts';

/** The window that everybody sees. */
export const GROUP = 'group';

export interface LocalMessage {
  /** Grows with every message and every change of one. */
  seq: number;
  messageId: string;
  at: Date;
  authorId: string | null;
  isGroup: boolean;
  /** When it was last shown anew without anybody's press. */
  changedAt?: Date;
  content: Content;
}

const aboutMessage = (messageId: string) => `local/${messageId}`;
/** The most that one call hands out; the caller goes on from the last seq. */
const PAGE = 200;

export type NewMessage = Pick<LocalMessage, 'messageId' | 'at' | 'authorId' | 'content'> & { window: string };

/** A message with the same id is kept as it is: sending twice sends once. */
export async function addMessage(
  store: Store,
  { messageId, window, authorId, at, content }: NewMessage,
): Promise<void> {
  const sealed = store.keys.seal(content, aboutMessage(messageId));
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
    await rows.localMessage.delete({ where: { seq } });
    const sealed = store.keys.seal(content, aboutMessage(messageId));
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
  const sealed = store.keys.seal(content, aboutMessage(messageId));
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
  const later = { seq: { gt: seq } };
  const anew = changedAfter ? [{ changedAt: { gt: changedAfter } }] : [];
  const found = await store.database.rows.localMessage.findMany({
    where: { window: { in: [personId, GROUP] }, OR: [later, ...anew] },
    orderBy: { seq: 'asc' },
    take: PAGE,
  });
  return found.map((row) => opened(store, row));
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

function opened(
  store: Store,
  row: Awaited<ReturnType<Rows['localMessage']['findUniqueOrThrow']>>,
): LocalMessage {
  const { seq, messageId, at, authorId, window, changedAt, sealed } = row;
  const content = store.keys.unseal<Content>(sealed, aboutMessage(messageId));
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
