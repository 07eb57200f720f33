import type { Asking } from '../handlers/define.ts';
import { type Directory, type Person, readDirectory } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import type { House } from './house.ts';
import { identify } from './identify.ts';
import type { Inbound } from './platform.ts';

/** Who speaks, and what he may see and ask for. @throws Refusal `unknown-person` */
export async function ask(house: House, inbound: Inbound, at: Date): Promise<Asking> {
  const { rows } = house.store.database;
  const directory = await readDirectory(rows);
  return askingAs(house, await identify(rows, directory, house.platforms, inbound), directory, at);
}

/** The house as this person sees it. */
export function askingAs(house: House, person: Person, directory: Directory, at: Date): Asking {
  const { store } = house;
  const { rows } = store.database;
  return {
    person,
    at,
    today: store.calendar.dateOf(at),
    store,
    rows,
    directory,
    entries: entriesFor(store, rows, person),
    allowed: house.handlers.filter((handler) => handler.may(person)),
  };
}
