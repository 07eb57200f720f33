import { entriesFor } from '../../../ledger/entry.ts';
import { noteFileTaken } from '../../../ledger/note-file-taken.ts';
import type { Store } from '../../../ledger/store.ts';
import { personNamed } from '../../sample-record.ts';

/** Somebody takes a file of the item away, as from its page. */
export async function openEvidence(store: Store, name: string, ref: string, at: Date): Promise<void> {
  const person = await personNamed(store, name);
  const entries = entriesFor(store, store.database.rows, person);
  await noteFileTaken({ store, at, entries }, person, await entries.get(ref));
}
