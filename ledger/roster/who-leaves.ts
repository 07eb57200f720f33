import { Refusal } from '../refusal.ts';
import { displayName } from './display-name.ts';
import { hasAccountOn, type RecordedPerson, type Roll } from './roll.ts';
import type { DirectorySnapshot, SnapshotPerson } from './snapshot.ts';

/**
 * So many may leave at once, beside half of all who have an account: a scope that was taken from the app must not empty
 * the bureau.
 */
const FEW = 5;

export interface Leaving {
  leavers: RecordedPerson[];
  /** Their account is gone, and somebody of their number and name is there with a new one: they leave and come back. */
  movers: RecordedPerson[];
}

/**
 * Who is here no longer: every account that he has on the platform is gone, be it that the snapshot says so, be it that
 * a complete one does not name it.
 * @throws Refusal `invalid-input` where more than half, and more than a few, would go at once
 */
export function whoLeaves(
  roll: Roll,
  snapshot: DirectorySnapshot,
  numbersTwice: ReadonlySet<string>,
): Leaving {
  const staff = roll.everybody().filter((person) => person.active && hasAccountOn(person, snapshot.platform));
  const hasLeft = new Map(snapshot.people.map((person) => [person.externalId, person.hasLeft]));
  const isGone = (externalId: string) => hasLeft.get(externalId) ?? snapshot.isComplete;
  const going = staff.filter(({ accounts }) =>
    accounts.every(({ platform, externalId }) => platform !== snapshot.platform || isGone(externalId)),
  );
  const newcomers = snapshot.people.filter(
    ({ externalId, hasLeft: left, staffNumber = '' }) =>
      !left &&
      !numbersTwice.has(staffNumber) &&
      !roll.withAccount({ platform: snapshot.platform, externalId }),
  );
  const isBack = (person: RecordedPerson) => newcomers.some((each) => isSame(person, each));
  const leavers = going.filter((person) => !isBack(person));
  if (leavers.length > FEW && leavers.length * 2 > staff.length) {
    throw new Refusal('invalid-input', massLeave(leavers.length, staff.length));
  }
  return { leavers, movers: going.filter(isBack) };
}

const isSame = ({ staffNumber, name }: RecordedPerson, person: SnapshotPerson): boolean =>
  person.staffNumber === staffNumber && person.name !== undefined && displayName(person.name) === name;

const massLeave = (leaving: number, all: number): string =>
  `按通讯录，${all} 人中将有 ${leaving} 人同时离开，未作任何变更：多半是应用的通讯录权限范围变小了，请先检查。` +
  '若确实如此，请用「import roster <文件> --complete」导入完整的花名册。';
