import type { Rows } from './store.ts';

/** Under which name it is kept how many messages are gone from a window: the places of those that follow stay what they are. */
const nameOf = (window: string): string => `local-chat-gone/${window}`;

/** How many messages are gone from the beginning of these windows of the local chat. */
export async function goneFrom(rows: Rows, windows: readonly string[]): Promise<number> {
  const found = await rows.meta.findMany({ where: { name: { in: windows.map(nameOf) } } });
  return found.reduce((sum, { value }) => sum + Number(value), 0);
}

/**
 * Takes up to `most` messages off the beginning of the local chat: those that stand before everything that was said since
 * that moment.
 * @returns whether something is left for another turn
 */
export async function sweepLocalChat(rows: Rows, before: Date, most: number): Promise<boolean> {
  const oldest = await rows.localMessage.findMany({
    orderBy: { seq: 'asc' },
    take: most,
    select: { seq: true, at: true, window: true },
  });
  const young = oldest.findIndex(({ at }) => at >= before);
  const gone = young === -1 ? oldest : oldest.slice(0, young);
  const last = gone.at(-1);
  if (!last) return false;
  await rows.localMessage.deleteMany({ where: { seq: { lte: last.seq } } });
  for (const [window, messages] of Map.groupBy(gone, (message) => message.window)) {
    const name = nameOf(window);
    const value = String((await goneFrom(rows, [window])) + messages.length);
    await rows.meta.upsert({ where: { name }, create: { name, value }, update: { value } });
  }
  return young === -1 && gone.length === most;
}
