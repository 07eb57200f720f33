import { entriesFor } from './entry.ts';
import type { Hour } from './hour.ts';
import type { Role } from './role.ts';
import type { Rows, Store } from './store.ts';

/** They follow from rules and calendar alone, and are asked for thousands of people at the same instant. */
const known = new WeakMap<Store, Map<number, readonly Hour[]>>();
const MOST_KNOWN = 50;

/** The hours that are still to come in the week of an instant. */
export function hoursAhead(store: Store): (from: Date) => readonly Hour[] {
  const ofStore = known.get(store) ?? new Map<number, readonly Hour[]>();
  known.set(store, ofStore);
  return (from) => {
    const hours = ofStore.get(from.getTime()) ?? hoursAfter(store, from);
    if (ofStore.size >= MOST_KNOWN) ofStore.clear();
    ofStore.set(from.getTime(), hours);
    return hours;
  };
}

/** As the ledgers tell beforehand, the earliest first. */
function hoursAfter({ ledgers, calendar, rules }: Store, now: Date): Hour[] {
  const monday = calendar.addDays(calendar.mondayOf(calendar.dateOf(now)), 7);
  const end = calendar.instantOf(monday, '00:00');
  return ledgers
    .flatMap((ledger) => ledger.hours?.(calendar.dateOf(now), { calendar, rules }) ?? [])
    .filter(({ at }) => at > now && at < end)
    .sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** Which of them will bring the person something. */
export async function hoursOf(
  store: Store,
  rows: Rows,
  personId: string,
  hours: readonly Hour[],
): Promise<Date[]> {
  const found = hours.length > 0 ? await rows.person.findUnique({ where: { id: personId } }) : null;
  if (!found?.active) return [];
  const person = { id: found.id, roles: found.roles as Role[] };
  const entries = entriesFor(store, rows, 'bureau');
  const expected: Date[] = [];
  for (const { at, tells } of hours) if (await tells(person, entries)) expected.push(at);
  return expected;
}
