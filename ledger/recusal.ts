import type { Prisma, Rows } from '../prisma/database.ts';
import { markedSince, recusalMarks } from '../prisma/read-entries.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * 回避: an entry that concerns a person adversely does not exist for that person. The link is kept as a keyed hash,
 * so that the tables do not tell who was named.
 */
export const recusalMark = (keys: KeyRing, personId: string): string => keys.mark(`recusal/${personId}`);

/** The entries from which the person is not recused. */
export const notRecused = (keys: KeyRing, personId: string): Prisma.EntryWhereInput => ({
  recusals: { none: { mark: recusalMark(keys, personId) } },
});

/** Tells from whom the entry is hidden now. */
export async function hiddenFrom(
  keys: KeyRing,
  rows: Rows,
  entryId: string,
): Promise<(personId: string) => boolean> {
  const marks = await recusalMarks(rows, entryId);
  return (personId) => marks.has(recusalMark(keys, personId));
}

/** Those of the refs whose entries are hidden from the person, and were not yet at that time. */
export const hiddenSince = (
  keys: KeyRing,
  rows: Rows,
  { personId, refs }: { personId: string; refs: readonly string[] },
  at: Date,
): Promise<string[]> => markedSince(rows, recusalMark(keys, personId), refs, at);
