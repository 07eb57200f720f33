import type { Asking } from '../handlers/define.ts';
import { type Directory, type Person, readDirectory } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import { reveal } from '../ledger/reveal.ts';
import type { House } from './house.ts';
import { identify } from './identify.ts';
import type { Inbound } from './platform.ts';
import { travelsByPage } from './travel.ts';

/** Who speaks, and what he may see and ask for. @throws Refusal `unknown-person` */
export async function ask(house: House, inbound: Inbound, at: Date): Promise<Asking> {
  const { rows } = house.store.database;
  const directory = await readDirectory(rows);
  return askingAs(house, await identify(rows, directory, house.platforms, inbound), directory, at, inbound);
}

const known = new WeakMap<House['handlers'], WeakMap<Person, House['handlers']>>();

/** As long as nobody's data change, persons are the same objects (`readDirectory`). */
function allowedTo({ handlers }: House, person: Person): House['handlers'] {
  const ofHouse = known.get(handlers) ?? new WeakMap<Person, House['handlers']>();
  known.set(handlers, ofHouse);
  const allowed = ofHouse.get(person) ?? handlers.filter((handler) => handler.may(person));
  ofHouse.set(person, allowed);
  return allowed;
}

/** The house as this person sees it, where it is answered to him. */
export function askingAs(
  house: House,
  person: Person,
  directory: Directory,
  at: Date,
  { platform, onPage }: Pick<Inbound, 'platform' | 'onPage'>,
): Asking {
  const { store } = house;
  const { rows } = store.database;
  const today = store.calendar.dateOf(at);
  const entries = entriesFor(store, rows, person);
  return {
    person,
    at,
    today,
    store,
    rows,
    directory,
    entries,
    reveal: (entry) => reveal({ store, at, today, directory, entries }, person, entry),
    platform,
    allowed: allowedTo(house, person),
    chats: house.platforms,
    ...(!onPage && travelsByPage(store.rules, platform) && { keepsBack: true }),
  };
}
