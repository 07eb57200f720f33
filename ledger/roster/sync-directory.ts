import type { PassedOn } from '../leave.ts';
import type { Operation } from '../operation.ts';
import { Refusal } from '../refusal.ts';
import { openDepartments } from './departments.ts';
import { tidy } from './display-name.ts';
import { hasAccountOn, openRoll } from './roll.ts';
import { settlePeople } from './settle-people.ts';
import type { DirectorySnapshot, SnapshotPerson } from './snapshot.ts';
import { namesake, numberTwice } from './sync-conflicts.ts';
import { syncDepartments } from './sync-departments.ts';
import { syncHeads } from './sync-heads.ts';
import { type Syncing, syncPerson } from './sync-person.ts';
import { whoLeaves } from './who-leaves.ts';

export type { DirectorySnapshot, SnapshotPerson } from './snapshot.ts';

/** What a sync did: names, as the record has them. */
export interface DirectorySync extends PassedOn {
  added: string[];
  changed: string[];
  /** Known by their staff number, and have an account now. */
  bound: string[];
  left: string[];
  /** Are here again, without the roles that they had. */
  returned: string[];
  unchanged: number;
  /** What somebody has to clear up, in Chinese, for operators. */
  conflicts: string[];
}

/**
 * Brings the record in line with what a platform's directory says, and does what follows from it: recusals are asked
 * anew, and what leavers had passes on. Somebody is known by his account, else by his staff number, never by his name.
 * Roles are ours and are not taken from there. Who has no account on that platform is left alone. The same snapshot a
 * second time changes nothing.
 * @throws Refusal `invalid-input` for a snapshot that would empty the bureau
 */
export async function syncDirectory(operation: Operation, given: DirectorySnapshot): Promise<DirectorySync> {
  if (given.people.length === 0) throw new Refusal('invalid-input', EMPTY);
  const snapshot = { ...given, people: tidied(given.people) };
  const syncing = await beginning(operation, snapshot);
  const { roll, departments, conflicts } = syncing;
  conflicts.push(...(await syncDepartments(departments, snapshot)));
  const { leavers, movers } = whoLeaves(roll, snapshot, syncing.numbersTwice);
  for (const { id } of [...leavers, ...movers]) await roll.letGo(id);
  for (const person of snapshot.people) if (!person.hasLeft) await syncPerson(syncing, person);
  await syncHeads(syncing);
  conflicts.push(...namesakes(syncing));
  const left = leavers.map(({ id }) => id);
  const touched = [syncing.added, syncing.changed, syncing.bound, syncing.returned, left];
  const isChanged = touched.some((ids) => [...ids].length > 0);
  const passedOn = isChanged ? await settlePeople(operation, left) : { passedOn: [], orphaned: [] };
  return { ...resultOf(syncing, left), ...passedOn };
}

const EMPTY = '通讯录里没有读到任何人：请检查应用的通讯录权限范围。未作任何变更。';

/** Each account once, in an order that does not depend on the platform's. */
function tidied(people: readonly SnapshotPerson[]): SnapshotPerson[] {
  const once = new Map(people.map((person) => [person.externalId, person]));
  return [...once.values()]
    .map(({ staffNumber, ...person }) => {
      const number = tidy(staffNumber ?? '').normalize('NFKC');
      return { ...person, ...(number && { staffNumber: number }) };
    })
    .sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
}

async function beginning(operation: Operation, snapshot: DirectorySnapshot): Promise<Syncing> {
  const numbers = snapshot.people.flatMap(({ hasLeft, staffNumber }) => (hasLeft ? [] : (staffNumber ?? [])));
  const numbersTwice = new Set(numbers.filter((number, index) => numbers.indexOf(number) !== index));
  return {
    operation,
    snapshot,
    roll: await openRoll(operation),
    departments: await openDepartments(operation),
    numbersTwice,
    ...{ added: new Set(), changed: new Set(), bound: new Set(), returned: new Set() },
    conflicts: [...numbersTwice].map(numberTwice),
  };
}

/** People without a number who are called like somebody that waits for his account. */
function namesakes({ roll, snapshot }: Syncing): string[] {
  const { platform } = snapshot;
  const waiting = roll.everybody().filter((each) => each.active && !hasAccountOn(each, platform));
  return snapshot.people
    .filter(({ hasLeft, staffNumber }) => !hasLeft && staffNumber === undefined)
    .flatMap(({ externalId }) => roll.withAccount({ platform, externalId }) ?? [])
    .flatMap((person) =>
      waiting.filter(({ name }) => name === person.name).map((other) => namesake(person, other)),
    );
}

function resultOf(syncing: Syncing, left: readonly string[]): Omit<DirectorySync, keyof PassedOn> {
  const { roll, snapshot, added, changed, bound, returned, conflicts } = syncing;
  const names = (ids: Iterable<string>) => [...ids].map((id) => roll.get(id).name);
  const isTouched = (id: string) => [added, changed, bound, returned].some((ids) => ids.has(id));
  const here = snapshot.people.flatMap(
    ({ externalId }) => roll.withAccount({ platform: snapshot.platform, externalId }) ?? [],
  );
  return {
    added: names(added),
    changed: names([...changed].filter((id) => !added.has(id) && !returned.has(id))),
    bound: names(bound),
    left: names(left),
    returned: names(returned),
    unchanged: here.filter(({ id, active }) => active && !isTouched(id)).length,
    conflicts,
  };
}
