import { readDirectory } from '../../../ledger/directory.ts';
import { operate } from '../../../ledger/operation.ts';
import {
  type DirectorySnapshot,
  type DirectorySync,
  type SnapshotPerson,
  syncDirectory,
} from '../../../ledger/roster/sync-directory.ts';
import type { Store } from '../../../ledger/store.ts';
import { openSampleRecord, type SampleRecord } from '../../sample-record.ts';

export const PLATFORM = 'lark';
export const AT = new Date('2026-11-24T02:00:00Z');

/** Everybody of the record as a chat's directory would name him, with his department and its head. */
export async function snapshotOf(store: Store): Promise<DirectorySnapshot> {
  const { people } = await readDirectory(store.database.rows);
  const departments = [...new Set(people.map(({ department }) => department))];
  return {
    platform: PLATFORM,
    isComplete: true,
    departments: departments.map((name) => {
      const head = people.find(({ isHead, department }) => isHead && department === name);
      return { externalId: departmentIdOf(name), name, headId: head ? accountOf(head.name) : '' };
    }),
    people: people.map(({ staffNumber, name, department, post }) => ({
      ...{ externalId: accountOf(name), staffNumber, name, post },
      departmentId: departmentIdOf(department),
      hasLeft: false,
    })),
  };
}

export const accountOf = (name: string): string => `ou_${Buffer.from(name).toString('hex')}`;
export const departmentIdOf = (name: string): string => `od-${Buffer.from(name).toString('hex')}`;

export const sync = (store: Store, snapshot: DirectorySnapshot, at = AT): Promise<DirectorySync> =>
  operate(store, { actor: `sync:${snapshot.platform}`, at }, (operation) =>
    syncDirectory(operation, snapshot),
  );

/** The sample bureau, in which everybody has his account. */
export async function openBound(): Promise<SampleRecord> {
  const record = await openSampleRecord(AT);
  await sync(record.store, await snapshotOf(record.store));
  return record;
}

/** Somebody of whom the record does not know, as the chat's directory has him unless something else is said. */
export const newcomer = (said: Partial<SnapshotPerson> = {}): SnapshotPerson => ({
  externalId: 'ou_new',
  name: '钱多多',
  hasLeft: false,
  ...said,
});

export const withNewcomer = (
  snapshot: DirectorySnapshot,
  said: Partial<SnapshotPerson> = {},
): DirectorySnapshot => ({
  ...snapshot,
  people: [...snapshot.people, newcomer(said)],
});

/** The same, with something else said of the person. */
export const withPerson = (
  snapshot: DirectorySnapshot,
  name: string,
  said: Partial<SnapshotPerson>,
): DirectorySnapshot => ({
  ...snapshot,
  people: snapshot.people.map((person) =>
    person.externalId === accountOf(name) ? { ...person, ...said } : person,
  ),
});

export const withoutPeople = (snapshot: DirectorySnapshot, ...names: string[]): DirectorySnapshot => ({
  ...snapshot,
  people: snapshot.people.filter(({ externalId }) => !names.map(accountOf).includes(externalId)),
});

/** A person of the record by his staff number, also who has left, with his accounts. */
export const numbered = ({ database }: Store, staffNumber: string) =>
  database.rows.person.findUniqueOrThrow({
    where: { staffNumber },
    include: { accounts: true, department: true },
  });

/** Whose account it is. */
export const ownerOf = async ({ database }: Store, externalId: string) => {
  const where = { platform_externalId: { platform: PLATFORM, externalId } };
  const { person } = await database.rows.account.findUniqueOrThrow({
    where,
    include: { person: { include: { department: true } } },
  });
  return person;
};

export const auditCount = ({ database }: Store): Promise<number> => database.rows.auditRecord.count();
