import type { Entry, Situation } from './define.ts';
import type { Person } from './directory.ts';
import { entriesFor } from './entry.ts';
import { noteReading } from './entry-history.ts';
import { situationOf } from './move.ts';
import type { Operation } from './operation.ts';
import { Refusal } from './refusal.ts';

/**
 * What an entry says, for showing it to the person. Where it has a sealed part and is not his own, that he reads it is
 * recorded first.
 * @throws Refusal where it stays closed to him, or is hidden from him by now
 */
export async function reveal(
  asked: Pick<Operation, 'store' | 'at' | 'today' | 'directory' | 'entries'>,
  person: Person,
  entry: Entry,
): Promise<Situation> {
  const { store, at, entries } = asked;
  const ledger = entries.ledgerOf(entry);
  const situation = situationOf(asked, person, entry);
  if (!ledger.contents) return situation;
  const closed = ledger.closedTo?.(situation);
  if (closed !== undefined) throw new Refusal('not-permitted', closed);
  const isOwn = entry.people.some(
    ({ personId, part }) => personId === person.id && ledger.ownedBy?.includes(part),
  );
  if (isOwn) return situation;
  await store.database.write(async (rows) => {
    // Between the looking up and this he may have been recused.
    const still = await entriesFor(store, rows, person).get(entry.ref);
    await noteReading(store, rows, still, person, at);
  });
  return situation;
}
