import { type Operation, operate } from '../../../ledger/operation.ts';
import { ROOT, type SnapshotDepartment, type SnapshotPerson } from '../../../ledger/roster/snapshot.ts';
import {
  type DirectorySnapshot,
  type DirectorySync,
  syncDirectory,
} from '../../../ledger/roster/sync-directory.ts';
import type { Store } from '../../../ledger/store.ts';
import { forgetChanges, keepLastSync, type NotedChange, notedChanges } from './noted-changes.ts';
import { readLarkDepartment, readLarkDirectory, readLarkPerson } from './read-directory.ts';
import type { DirectoryApi } from './read-pages.ts';

/** What reading the directory and writing the record need. */
export interface TakingOver {
  store: Store;
  api: DirectoryApi;
  platform: string;
  now(): Date;
}

/** From so many changed people on it costs less to read everybody. */
const MANY = 20;

/** Reads everybody, and brings the record in line; all that was noted before is done with that. */
export async function takeOverEverything(house: TakingOver): Promise<DirectorySync> {
  const { store, api, platform } = house;
  const noted = await notedChanges(store, platform);
  const snapshot = await readLarkDirectory(api, platform);
  const missed = await missedPeople(house, snapshot);
  const whole = { ...snapshot, people: [...snapshot.people, ...missed] };
  return write(house, whole, noted, async (operation, { conflicts }) => {
    await keepLastSync(operation.rows, platform, { at: operation.at, conflicts });
  });
}

/**
 * Whoever moves to another department while the lists are read may stand in none of them. Nobody has left before he was
 * looked for by himself.
 */
async function missedPeople(
  { store, api, platform }: TakingOver,
  { people }: DirectorySnapshot,
): Promise<SnapshotPerson[]> {
  if (people.length === 0) return [];
  const listed = new Set(people.map(({ externalId }) => externalId));
  const accounts = await store.database.rows.account.findMany({
    where: { platform, person: { active: true } },
    orderBy: { externalId: 'asc' },
  });
  const missed: SnapshotPerson[] = [];
  for (const { externalId } of accounts.filter((account) => !listed.has(account.externalId))) {
    const person = await readLarkPerson(api, externalId);
    if (person !== 'unknown') missed.push(person);
  }
  return missed;
}

/**
 * Reads whom something was noted about, and brings the record in line.
 * @returns `undefined` where nothing was noted
 */
export async function takeOverNoted(house: TakingOver): Promise<DirectorySync | undefined> {
  const noted = await notedChanges(house.store, house.platform);
  const changes = noted.map(({ change }) => change);
  if (changes.length === 0) return undefined;
  if (changes.length > MANY || changes.some(({ kind }) => kind === 'everything'))
    return takeOverEverything(house);
  const people: SnapshotPerson[] = [];
  for (const change of changes) {
    if (change.kind !== 'person') continue;
    const person = await readLarkPerson(house.api, change.openId);
    if (person !== 'unknown') people.push(person);
    else if (change.left) people.push({ externalId: change.openId, hasLeft: true });
  }
  if (people.length === 0) {
    await house.store.database.write((rows) => forgetChanges(rows, noted));
    return undefined;
  }
  const departments = await departmentsOf(house, people);
  if (departments === undefined) return takeOverEverything(house);
  const snapshot = { platform: house.platform, isComplete: false, departments, people };
  return write(house, snapshot, noted, async () => undefined);
}

/** @returns `undefined` where one is new: only the whole tells where it belongs */
async function departmentsOf(
  { store, api, platform }: TakingOver,
  people: readonly SnapshotPerson[],
): Promise<SnapshotDepartment[] | undefined> {
  const here = people.filter(({ hasLeft }) => !hasLeft);
  const ids = [...new Set(here.flatMap(({ departmentId }) => departmentId ?? []))].filter(
    (id) => id !== ROOT,
  );
  const known = await store.database.rows.departmentLink.count({
    where: { platform, externalId: { in: ids } },
  });
  if (known < ids.length) return undefined;
  return Promise.all(ids.map((id) => readLarkDepartment(api, id)));
}

/** The record, and that the notes are done with, or neither. */
const write = (
  { store, platform, now }: TakingOver,
  snapshot: DirectorySnapshot,
  noted: readonly NotedChange[],
  also: (operation: Operation, result: DirectorySync) => Promise<void>,
): Promise<DirectorySync> =>
  operate(store, { actor: `sync:${platform}`, at: now() }, async (operation) => {
    const result = await syncDirectory(operation, snapshot);
    await forgetChanges(operation.rows, noted);
    await also(operation, result);
    return result;
  });
