import type { Entry } from '../define.ts';
import type { Directory } from '../directory.ts';

/** The names of who takes the part, or a word where nobody does. */
export function namesOf({ people }: Entry, part: string, directory: Directory, nobody = '待分派'): string {
  const names = people
    .filter((each) => each.part === part)
    .map(({ personId }) => directory.byId(personId)?.name ?? '（已离开）');
  return names.join('、') || nobody;
}
