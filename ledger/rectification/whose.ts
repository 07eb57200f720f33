import type { Entry, Notice } from '../define.ts';
import type { Directory } from '../directory.ts';
import type { Content } from '../message.ts';

/** Who takes a part in it, by ids. */
export const taking = ({ people }: Pick<Entry, 'people'>, part: string): string[] =>
  people.filter((each) => each.part === part).map(({ personId }) => personId);

/** To everybody who was given the item, once, whatever parts he takes; one that was not given out yet is nobody's. */
export function toWhoseItIs(entry: Entry, directory: Directory, content: Content): Notice[] {
  if (entry.state === 'unassigned') return [];
  const ids = new Set(entry.people.map(({ personId }) => personId));
  return [...ids]
    .filter((person) => directory.byId(person)?.active)
    .map((person) => ({ to: { person }, content }));
}
