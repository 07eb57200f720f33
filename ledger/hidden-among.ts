import type { Person } from './directory.ts';
import { entriesFor } from './entry.ts';
import type { Rows, Store } from './store.ts';

/** Of what looks like refs, such as in somebody's words, those whose entries there are and are hidden from the person. */
export async function hiddenAmong(
  store: Store,
  rows: Rows,
  person: Person,
  refs: readonly string[],
): Promise<Set<string>> {
  const hidden = new Set<string>();
  if (refs.length === 0) return hidden;
  const entries = entriesFor(store, rows, person);
  for (const { ref } of await entriesFor(store, rows, 'bureau').list({ refs }))
    if (await entries.isHidden(ref)) hidden.add(ref);
  return hidden;
}
