import type { Operation } from '../operation.ts';
import type { Departments } from './departments.ts';
import { displayName, tidy } from './display-name.ts';
import {
  type Account,
  hasAccountOn,
  type PersonData,
  type RecordedPerson,
  type Roll,
  rolesOf,
} from './roll.ts';
import { type DirectorySnapshot, ROOT, type SnapshotPerson } from './snapshot.ts';
import * as conflict from './sync-conflicts.ts';

/** A sync under way. */
export interface Syncing {
  operation: Operation;
  snapshot: DirectorySnapshot;
  roll: Roll;
  departments: Departments;
  /** Staff numbers that several people of the snapshot have: nobody is known by them. */
  numbersTwice: ReadonlySet<string>;
  /** Ids. */
  added: Set<string>;
  changed: Set<string>;
  bound: Set<string>;
  returned: Set<string>;
  conflicts: string[];
}

/** Finds or adds the person, and brings what the record says of him in line. */
export async function syncPerson(syncing: Syncing, person: SnapshotPerson): Promise<void> {
  const { roll, snapshot } = syncing;
  const account = { platform: snapshot.platform, externalId: person.externalId };
  const known = roll.withAccount(account);
  const id = known ? await renumbered(syncing, person, known) : await boundByNumber(syncing, person, account);
  if (id === undefined) await add(syncing, person, account);
  else await update(syncing, person, roll.get(id));
}

/** What he is numbered by where the platform gives no number that he could have. */
const standInNumber = ({ platform, externalId }: Account): string => `${platform}:${externalId}`;

/** A number by which somebody may be known: not one that several have, nor another account's stand-in. */
function numberOf({ numbersTwice, snapshot }: Syncing, { staffNumber }: SnapshotPerson): string | undefined {
  const isUsable =
    staffNumber !== undefined &&
    !numbersTwice.has(staffNumber) &&
    !staffNumber.startsWith(`${snapshot.platform}:`);
  return isUsable ? staffNumber : undefined;
}

/**
 * Somebody whose account is known keeps his number: it is what roles were given by. Only in the place of a stand-in comes
 * the number that the platform gives; where it is that of a person without an account, who was entered beside him, the
 * account goes over to that person.
 * @returns whose account it is
 */
async function renumbered(syncing: Syncing, person: SnapshotPerson, known: RecordedPerson): Promise<string> {
  const { roll, snapshot, conflicts } = syncing;
  const account = { platform: snapshot.platform, externalId: person.externalId };
  const staffNumber = numberOf(syncing, person);
  if (staffNumber === undefined || staffNumber === known.staffNumber) return known.id;
  if (known.staffNumber !== standInNumber(account)) {
    conflicts.push(conflict.numberDiffers(known, staffNumber));
    return known.id;
  }
  const holder = roll.withNumber(staffNumber);
  if (!holder) {
    await roll.change(known.id, { staffNumber });
    syncing.changed.add(known.id);
    return known.id;
  }
  const why = whyNot(syncing, person, holder) ?? (await whyNotMerge(syncing, known, holder));
  if (why !== undefined) {
    conflicts.push(why);
    return known.id;
  }
  await roll.unbind(known.id, account);
  await roll.letGo(known.id);
  return bind(syncing, holder, account);
}

async function whyNotMerge(
  { operation }: Syncing,
  known: RecordedPerson,
  holder: RecordedPerson,
): Promise<string | undefined> {
  const parts = await operation.entries.count({ personId: known.id });
  return parts > 0 || rolesOf(known).some((role) => role !== 'head')
    ? conflict.twoPersons(known, holder)
    : undefined;
}

/** @returns the person of that number, who has the account now; `undefined`: nobody of that number may have it */
async function boundByNumber(
  syncing: Syncing,
  person: SnapshotPerson,
  account: Account,
): Promise<string | undefined> {
  const staffNumber = numberOf(syncing, person);
  const holder = staffNumber === undefined ? undefined : syncing.roll.withNumber(staffNumber);
  if (!holder) return undefined;
  const why = whyNot(syncing, person, holder);
  if (why === undefined) return bind(syncing, holder, account);
  syncing.conflicts.push(why);
  return undefined;
}

/** Why an account may not be given to the person of that number: somebody else's roles and reports hang on it. */
function whyNot({ snapshot }: Syncing, person: SnapshotPerson, holder: RecordedPerson): string | undefined {
  if (holder.active && hasAccountOn(holder, snapshot.platform)) return conflict.numberBound(person, holder);
  // Who has left has a history that nobody else may have: to come back, he must be called as he was.
  const isNamed = person.name === undefined ? holder.active : displayName(person.name) === holder.name;
  return !isNamed ? conflict.numberOfAnother(person, holder) : undefined;
}

/** An account that its owner left behind goes: whoever had it would be him. */
async function bind(syncing: Syncing, holder: RecordedPerson, account: Account): Promise<string> {
  for (const old of holder.accounts.filter(({ platform }) => platform === account.platform)) {
    await syncing.roll.unbind(holder.id, old);
  }
  await syncing.roll.bind(holder.id, account);
  syncing.bound.add(holder.id);
  return holder.id;
}

async function add(syncing: Syncing, person: SnapshotPerson, account: Account): Promise<void> {
  const wanted = numberOf(syncing, person);
  const isFree = wanted !== undefined && !syncing.roll.withNumber(wanted);
  const staffNumber = isFree ? wanted : standInNumber(account);
  const { id } = await syncing.roll.add(
    {
      staffNumber,
      name: person.name === undefined ? staffNumber : displayName(person.name),
      departmentId: (await departmentOf(syncing, person)) ?? (await bureauOf(syncing)),
      post: tidy(person.post ?? ''),
      roles: [],
      isHead: false,
    },
    account,
  );
  syncing.added.add(id);
}

async function update(syncing: Syncing, person: SnapshotPerson, known: RecordedPerson): Promise<void> {
  const { roll, returned, changed } = syncing;
  const departmentId = await departmentOf(syncing, person);
  const moves = departmentId !== undefined && departmentId !== known.departmentId;
  const change: Partial<PersonData> = {
    ...nameOf(syncing, person, known),
    ...(person.post !== undefined && { post: tidy(person.post) }),
    ...(moves && { departmentId, isHead: false }),
  };
  if (!known.active) {
    const back = { ...change, active: true, roles: [], isHead: false };
    await roll.change(known.id, back, { action: 'roster.return' });
    returned.add(known.id);
  } else if (await roll.change(known.id, change)) changed.add(known.id);
}

/**
 * A display name is chosen by people, and recusal goes by names: who decides about others by a role is not called
 * otherwise because of it.
 */
function nameOf(syncing: Syncing, person: SnapshotPerson, known: RecordedPerson): { name?: string } {
  if (person.name === undefined) return {};
  const name = displayName(person.name);
  if (name === known.name || rolesOf(known).every((role) => role === 'head')) return { name };
  syncing.conflicts.push(conflict.nameDiffers(known, name));
  return {};
}

/** @returns `undefined` where the snapshot says nothing of it, or names a department that nobody knows */
async function departmentOf(syncing: Syncing, { departmentId }: SnapshotPerson): Promise<string | undefined> {
  if (departmentId === undefined) return undefined;
  if (departmentId === ROOT) return bureauOf(syncing);
  return syncing.departments.linkedTo(syncing.snapshot.platform, departmentId)?.id;
}

const bureauOf = async ({ departments, operation }: Syncing): Promise<string> =>
  (await departments.ensure(operation.store.rules.bureau.name)).id;
