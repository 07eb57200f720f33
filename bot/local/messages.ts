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

/** The message shows something else from now on; it gets a new place in the order of changes. */
export async function replaceContent(store: Store, messageId: string, content: Content): Promise<void> {
  await store.database.write(async (rows) => {
    const { seq: _, ...row } = await rows.localMessage.delete({ where: { messageId } });
    const sealed = store.keys.seal(content, aboutMessage(messageId));
    await rows.localMessage.create({ data: { ...row, sealed } });
  });
}

/** What stands in the person's window and in the group, after `seq`, in the order of changes. */
export async function messagesAfter(store: Store, personId: string, seq: number): Promise<LocalMessage[]> {
  const found = await store.database.rows.localMessage.findMany({
    where: { window: { in: [personId, GROUP] }, seq: { gt: seq } },
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
  const { seq, messageId, at, authorId, window, sealed } = row;
  const content = store.keys.unseal<Content>(sealed, aboutMessage(messageId));
  return { seq, messageId, at, authorId, isGroup: window === GROUP, content };
}
