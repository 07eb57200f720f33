import type { Prisma, Rows } from '../prisma/database.ts';
import { markedBetween, recusalMarks } from '../prisma/read-entries.ts';
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

/** What lies ahead of the clock was noted before it went back, and is not between. */
export interface Between {
  after: Date;
  until: Date;
}

/** Those of the refs whose entries are hidden from the person, and came to be so in that time. */
export const hiddenBetween = (
  keys: KeyRing,
  rows: Rows,
  { personId, refs }: { personId: string; refs: readonly string[] },
  between: Between,
): Promise<string[]> => markedBetween(rows, recusalMark(keys, personId), refs, between);
