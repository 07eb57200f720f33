import { type OutboxRow, release } from '../ledger/outbox.ts';
import { noteWays } from '../ledger/way-of-message.ts';
import type { House } from './house.ts';
import { SendFailure } from './platform.ts';
import { type Chosen, chosenWay, openWatch, type Reachable, waysOf } from './ways.ts';

/** A message that was taken, and where it goes; or why nowhere. */
export type Trip = { row: OutboxRow } & ({ to: Chosen } | { refused: SendFailure });

/** Says where messages go that were taken. */
export interface Routing {
  /** Looks whether platforms are there. */
  look(): Promise<void>;
  /** Before any of them goes, it stands in the record which way it takes. Where that fails, they are given back. */
  route(rows: readonly OutboxRow[]): Promise<Trip[]>;
}

export function openRouting(house: House): Routing {
  const watch = openWatch(house);
  return {
    look: watch.look,
    async route(taken) {
      try {
        const people = await receivers(house, taken);
        return await noted(
          house,
          taken.map((row) => tripOf(house, row, people, watch.isAway)),
        );
      } catch (fault) {
        await release(house.store, taken);
        throw fault;
      }
    },
  };
}

type Receiver = Reachable & { active: boolean };

/** Whoever is to get something that nobody asked for. */
async function receivers(
  { store }: House,
  taken: readonly OutboxRow[],
): Promise<ReadonlyMap<string, Receiver>> {
  const ids = new Set(taken.flatMap(({ platform, personId }) => (platform === null ? [personId] : [])));
  if (ids.size === 0) return new Map();
  const people = await store.database.rows.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, active: true, preferredPlatform: true, accounts: true },
  });
  return new Map(people.map((person) => [person.id, person]));
}

/** An answer goes where it was asked for and nowhere else; what nobody asked for, by one of the person's ways. */
function tripOf(
  { platforms }: House,
  row: OutboxRow,
  people: ReadonlyMap<string, Receiver>,
  isAway: Parameters<typeof chosenWay>[2],
): Trip {
  try {
    return { row, to: row.platform === null ? byAnyWay() : backTo(row.platform) };
  } catch (fault) {
    if (fault instanceof SendFailure) return { row, refused: fault };
    throw fault;
  }

  function byAnyWay(): Chosen {
    const person = people.get(row.personId);
    if (!person?.active) throw new SendFailure('the person has left', true);
    return chosenWay(row, waysOf(platforms, person), isAway);
  }

  function backTo(name: string): Chosen {
    const { externalId, isGroup } = row;
    const platform = platforms.find((each) => each.name === name);
    if (!platform || externalId === null) throw new SendFailure(`platform ${name} is not configured`, false);
    return { platform, address: { platform: name, externalId, isGroup }, passedOver: [], hasOther: false };
  }
}

/** An answer has one way: that need not be written down first. */
async function noted({ store }: House, trips: readonly Trip[]): Promise<Trip[]> {
  const going = trips.flatMap((trip) =>
    'to' in trip && trip.row.platform === null ? [{ row: trip.row, platform: trip.to.platform.name }] : [],
  );
  const rows = new Map((await noteWays(store, going)).map((row) => [row.id, row]));
  return trips.map((trip) => ({ ...trip, row: rows.get(trip.row.id) ?? trip.row }));
}
