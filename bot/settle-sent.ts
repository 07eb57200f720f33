import { setTimeout as wait } from 'node:timers/promises';
import { type Address, type SentRow, settleSent } from '../ledger/outbox.ts';
import { isStorageFault } from '../ledger/store.ts';
import type { House } from './house.ts';
import { inGroups } from './rounds.ts';
import { markReached } from './unreachable.ts';

/** A message that went out. */
export type Went = SentRow & { address: Address };

/** Sees to it that it will stand in the record that the message went out. */
export type NoteSent = (went: Went) => void;

/** While others are under way, it is waited for so many of them, so often for so long: they are settled with the same commit. */
const GATHERED = 32;
const GATHER_TIMES = 4;
const GATHER_MS = 25;

/**
 * Several are settled with one commit.
 * @param areOthers whether others are being sent now
 * @returns what resolves once it stands in the record
 */
export function openSettling(house: House, areOthers: () => boolean): (went: Went) => Promise<void> {
  const { store, log } = house;
  const write = async (group: readonly Went[]) => {
    await settleSent(store, group).catch(async (fault) => {
      if (group.length === 1 || isStorageFault(fault)) throw fault;
      await oneByOne(group, (each) => settleSent(store, [each]));
    });
    if (group.some(({ held }) => held)) house.wake();
    await markReached(
      house,
      group.map(({ address }) => address),
    ).catch((fault) => log.error({ err: fault }, 'accounts stay marked'));
  };
  const groups = inGroups(write, async (waiting) => {
    for (let times = 0; times < GATHER_TIMES; times++)
      if (waiting() < GATHERED && areOthers()) await wait(GATHER_MS);
  });
  return groups.add;
}

/** One that cannot be settled keeps no other from it. @throws what the first of these met, once all were tried */
async function oneByOne<T>(all: readonly T[], settle: (each: T) => Promise<void>): Promise<void> {
  const faults: unknown[] = [];
  for (const each of all) await settle(each).catch((fault) => void faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
