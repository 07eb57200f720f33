import type { Prisma } from '../prisma/database.ts';
import type { KeyRing } from './seal.ts';

/**
 * 回避: an entry that concerns a person adversely does not exist for that person. The link is kept as a keyed hash,
 * so that the tables do not tell who was named.
 */
export const recusalMark = (keys: KeyRing, personId: string): string => keys.mark(`recusal/${personId}`);

/** The entries from which the person is not recused. */
export const notRecused = (keys: KeyRing, personId: string): Prisma.EntryWhereInput => ({
  recusals: { none: { mark: recusalMark(keys, personId) } },
});
