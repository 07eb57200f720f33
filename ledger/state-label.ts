import type { Prisma } from '../prisma/database.ts';
import type { Entry, Ledger, State } from './define.ts';
import type { Person } from './directory.ts';
import { TAKEN_OUT } from './taken-out.ts';

/** Whether it is the person's own entry, such as the report that he filed. */
export const isOwnedBy = ({ ownedBy }: Ledger, entry: Entry, { id }: Pick<Person, 'id'>): boolean =>
  entry.people.some(({ personId, part }) => personId === id && ownedBy?.includes(part));

/** What a state is called to whose entry it is. */
export const ownerLabel = (state: State): string => state.ownerLabel ?? state.label;

/** What the entry's state is called to this reader: whose entry it is may be told less of it than who handles it. */
export function stateLabel(ledger: Ledger, entry: Entry, reader: Pick<Person, 'id'>): string {
  const { topLabel } = ledger.states[entry.state] ?? {};
  if (topLabel !== undefined && entry.parentId === null) return topLabel;
  return labelOf(ledger, entry.state, isOwnedBy(ledger, entry, reader));
}

/** The same of any state, to whose entry it is or to others. */
export function labelOf({ states }: Ledger, name: string, isOwn: boolean): string {
  const state = states[name];
  if (!state) return name;
  return isOwn ? ownerLabel(state) : state.label;
}

/** What was taken out is meant by its whole name only: 「已」 does not bring it back. */
const shown = (states: Ledger['states'], word: string, called: (state: State) => string): string[] =>
  Object.entries(states).flatMap(([name, state]) =>
    (name === TAKEN_OUT ? called(state) === word : called(state).includes(word)) || state.also?.includes(word)
      ? [name]
      : [],
  );

const officially = ({ label }: State): string => label;

/** Whether a state of some ledger is called so, by anybody. */
export const isLabel = (ledgers: readonly Ledger[], word: string): boolean =>
  ledgers.some(({ states }) =>
    [officially, ownerLabel].some((called) => shown(states, word, called).length > 0),
  );

/** Whether the word is the whole name of a state, and nothing else. */
export const isStateName = (ledgers: readonly Ledger[], word: string): boolean =>
  ledgers.some(({ states }) =>
    Object.values(states).some((state) =>
      [state.label, ownerLabel(state), ...(state.also ?? [])].includes(word),
    ),
  );

/** The ledger's entries whose state is called so to the viewer: he finds his own by no name that he is not told. */
export function labelled(
  { name, states, ownedBy }: Ledger,
  viewer: { id: string } | 'bureau',
  word: string,
): Prisma.EntryWhereInput[] {
  const named = { officially: shown(states, word, officially), toOwner: shown(states, word, ownerLabel) };
  if (viewer === 'bureau' || !ownedBy) return [{ ledger: name, state: { in: named.officially } }];
  const own = { people: { some: { personId: viewer.id, part: { in: [...ownedBy] } } } };
  return [
    { ledger: name, state: { in: named.officially }, NOT: own },
    { ledger: name, state: { in: named.toOwner }, ...own },
  ];
}
