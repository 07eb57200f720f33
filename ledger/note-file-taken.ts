import type { Entry } from './define.ts';
import type { Person } from './directory.ts';
import { entriesFor } from './entry.ts';
import { noteReading } from './entry-history.ts';
import type { Operation } from './operation.ts';

/**
 * Records that the person takes a file of the entry away: as a reading of the entry, once a day for each version. Whose work it is
 * to bring files reads his own, and where there is a sealed part, `reveal` has recorded it already.
 * @throws Refusal where the entry is hidden from him by now
 */
export async function noteFileTaken(
  { store, at, entries }: Pick<Operation, 'store' | 'at' | 'entries'>,
  person: Person,
  entry: Entry,
): Promise<void> {
  const { contents, files } = entries.ledgerOf(entry);
  if (contents) return;
  const isOwn = entry.people.some(
    ({ personId, part }) => personId === person.id && files?.by.parts?.includes(part),
  );
  if (isOwn) return;
  await store.database.write(async (rows) => {
    const still = await entriesFor(store, rows, person).get(entry.ref);
    await noteReading(store, rows, still, person, at);
  });
}
