import type { EntryKey, KeyOrder, KeyPlace } from '../prisma/entry-keys.ts';
import type { EntryFilter } from './entry-filter.ts';

/** A part of a table that is told apart from the others: by state, by department, by who takes a part. */
export type Stretch = Pick<EntryFilter, 'states' | 'departmentId' | 'elsewhere' | 'held'>;

/** A key in one of the stretches of a table. */
export type Placed<K extends KeyPlace = EntryKey> = K & { stretch: number };

/** The keys stretch by stretch, each in the order, behind the place where the page before ended. One may stand in several. */
export function inStretches(
  keys: readonly EntryKey[],
  stretches: readonly Stretch[],
  order: KeyOrder,
  after: Placed<KeyPlace> | undefined,
): Placed[] {
  const compare = (one: Placed<KeyPlace>, other: Placed<KeyPlace>) =>
    one.stretch - other.stretch || COMPARED[order](one, other);
  return keys
    .flatMap((key) =>
      stretches.flatMap((stretch, index) => (belongs(key, stretch) ? [{ ...key, stretch: index }] : [])),
    )
    .filter((key) => !after || compare(after, key) < 0)
    .sort(compare);
}

function belongs(
  { state, departmentId, holders }: EntryKey,
  { states, departmentId: wanted, elsewhere, held }: Stretch,
): boolean {
  if (states && !states.includes(state)) return false;
  if (wanted !== undefined && departmentId !== wanted) return false;
  if (elsewhere === null && departmentId !== null) return false;
  if (elsewhere && (departmentId === null || elsewhere.includes(departmentId))) return false;
  return !held || (held.by === null ? holders.length === 0 : holders.includes(held.by));
}

const byRef = (one: KeyPlace, other: KeyPlace): number =>
  one.refOrder < other.refOrder ? -1 : Number(one.refOrder > other.refOrder);
/** Behind every date. */
const NO_DATE = '~';
const dueBy = ({ dueOn }: KeyPlace): string => dueOn ?? NO_DATE;
const COMPARED: Readonly<Record<KeyOrder, (one: KeyPlace, other: KeyPlace) => number>> = {
  ref: byRef,
  due: (one, other) => (dueBy(one) === dueBy(other) ? byRef(one, other) : dueBy(one) < dueBy(other) ? -1 : 1),
  changed: (one, other) => other.changedAt.getTime() - one.changedAt.getTime() || byRef(one, other),
};
