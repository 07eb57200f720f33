import type { Rows } from '../prisma/database.ts';
import { refsNamed } from './held-card.ts';
import { aboutOutbox, type Kept, keptOf } from './outbox.ts';
import { hiddenFrom, recusalMark } from './recusal.ts';
import type { Store } from './store.ts';
import { withoutEntries } from './without-entries.ts';

interface Part {
  personId: string;
  part: string;
}

/**
 * Whose the entry is, as to 回避: it is never hidden from them. Where a ledger does not say, everybody's who takes part.
 */
const ownersOf = (ownedBy: readonly string[] | undefined, people: readonly Part[]): string[] =>
  people.filter(({ part }) => ownedBy?.includes(part) ?? true).map(({ personId }) => personId);

/** From whom an entry is hidden that begins with these people, and the parts that are left to others. */
export function hidingAtFirst(
  { keys }: Pick<Store, 'keys'>,
  ownedBy: readonly string[] | undefined,
  people: readonly Part[],
  recused: readonly string[],
  since: Date,
): { people: Part[]; marks: { mark: string; since: Date }[] } {
  const owners = ownersOf(ownedBy, people);
  const hidden = [...new Set(recused)].filter((id) => !owners.includes(id));
  return {
    people: people.filter(({ personId }) => !hidden.includes(personId)),
    marks: hidden.map((id) => ({ mark: recusalMark(keys, id), since })),
  };
}

/** What hiding needs of the operation that does it. */
interface Hiding {
  store: Store;
  rows: Rows;
  at: Date;
}

/** Hides the entry from these beside those from whom it was; whoever of them all took a part in it has it no longer. */
export async function hideFrom(
  { store, rows, at: since }: Hiding,
  { id: entryId, ref, ownedBy }: { id: string; ref: string; ownedBy: readonly string[] | undefined },
  recused: readonly string[],
): Promise<void> {
  const { keys } = store;
  const people = await rows.entryPerson.findMany({
    where: { entryId },
    select: { personId: true, part: true },
  });
  const owners = ownersOf(ownedBy, people);
  const isKnown = await hiddenFrom(keys, rows, entryId);
  const added = [...new Set(recused)].filter((id) => !owners.includes(id) && !isKnown(id));
  const marks = added.map((id) => ({ entryId, mark: recusalMark(keys, id), since }));
  await rows.recusal.createMany({ data: marks });
  const leaving = people
    .map(({ personId }) => personId)
    .filter((id) => !owners.includes(id) && (added.includes(id) || isKnown(id)));
  if (leaving.length > 0)
    await rows.entryPerson.deleteMany({ where: { entryId, personId: { in: leaving } } });
  await takeBack(store, rows, ref, added);
}

/** What they were to be told of it and is still in line does not go out; what the same message says of others does. */
async function takeBack(store: Store, rows: Rows, ref: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const waiting = await rows.outbox.findMany({
    where: { state: 'waiting', platform: null, personId: { in: [...personIds] } },
  });
  for (const row of waiting) {
    const { id } = row;
    const kept = keptOf(store, row);
    const left = withoutEntry(kept, ref);
    if (left === kept) continue;
    if (left) {
      const sealed = store.keys.seal(left, aboutOutbox(id));
      await rows.outbox.updateMany({ where: { id, state: 'waiting' }, data: { sealed } });
    } else await rows.outbox.deleteMany({ where: { id } });
  }
}

/** The same where it says nothing of the entry; of what was gathered, each message by itself. */
function withoutEntry(kept: Kept, ref: string): Kept | undefined {
  if (kept.kind !== 'gathered')
    return refsNamed(kept).includes(ref) ? withoutEntries(kept, new Set([ref])) : kept;
  if (!kept.parts.some(({ content }) => refsNamed(content).includes(ref))) return kept;
  const parts = kept.parts.flatMap((part) => {
    const content = withoutEntries(part.content, new Set([ref]));
    return content ? [{ ...part, content }] : [];
  });
  return parts.length > 0 ? { ...kept, parts } : undefined;
}
