import type { Reading } from '../define.ts';
import type { Directory, Person } from '../directory.ts';
import type { IntercessionContents, IntercessionData } from './contents.ts';

/**
 * Whether it was handed over, 移送 or 上报, to others than this person, who still work here: it is theirs to answer. What
 * was sent out of the house stays with the officers.
 */
export function isWithOthers(
  { entry, data, directory }: Reading<IntercessionData, IntercessionContents> & { directory: Directory },
  { id }: Pick<Person, 'id'>,
): 'transfer' | 'escalate' | undefined {
  const { disposal } = data;
  if (entry.state !== 'disposing' || (disposal !== 'transfer' && disposal !== 'escalate')) return undefined;
  const having = entry.people.filter(
    ({ part, personId }) => part === 'receiver' && directory.byId(personId)?.active,
  );
  return having.length > 0 && !having.some(({ personId }) => personId === id) ? disposal : undefined;
}

/** The same of what was read of an entry; what does not open is nobody's in particular. */
export const isAnsweredByOthers = (
  reading: Reading | undefined,
  directory: Directory,
  person: Pick<Person, 'id'>,
): boolean =>
  reading !== undefined &&
  isWithOthers({ ...(reading as Reading<IntercessionData, IntercessionContents>), directory }, person) !==
    undefined;
