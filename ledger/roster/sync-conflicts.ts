import type { RecordedPerson } from './roll.ts';
import type { SnapshotPerson } from './snapshot.ts';

/** What operators are told of what a sync left undone, one function a sentence. */

const who = ({ name, staffNumber }: Pick<RecordedPerson, 'name' | 'staffNumber'>): string =>
  `${name}（${staffNumber}）`;
const called = ({ name, externalId }: SnapshotPerson): string => name ?? externalId;

const BIND_BY_ROSTER = '若是同一人，请在花名册的「飞书账号」一列填上其账号后重新导入。';

export const numberTwice = (staffNumber: string): string =>
  `通讯录里有几个人的工号都是 ${staffNumber}：都未按工号登记，请在通讯录更正。`;

export const numberBound = (person: SnapshotPerson, holder: RecordedPerson): string =>
  `通讯录里「${called(person)}」的工号是 ${holder.staffNumber}，而这个工号已由${who(holder)}的另一账号登记：未改登记，请核对。`;

export const numberOfAnother = (person: SnapshotPerson, holder: RecordedPerson): string =>
  `通讯录里「${called(person)}」的工号是 ${holder.staffNumber}，而台账里这个工号是${who(holder)}：姓名不符，未按工号登记。${BIND_BY_ROSTER}`;

export const numberDiffers = (person: RecordedPerson, staffNumber: string): string =>
  `${who(person)}在通讯录里的工号是 ${staffNumber}：以台账为准，请核对。`;

export const twoPersons = (person: RecordedPerson, holder: RecordedPerson): string =>
  `${who(person)}在通讯录里的工号是 ${holder.staffNumber}，台账里另有${who(holder)}；前者已有角色或事项，未合并。${BIND_BY_ROSTER}`;

export const nameDiffers = (person: RecordedPerson, name: string): string =>
  `${who(person)}在通讯录里名为「${name}」：担任角色的人以台账姓名为准，若确已更名请改花名册后重新导入。`;

export const namesake = (person: RecordedPerson, other: RecordedPerson): string =>
  `通讯录里的${person.name}没有工号，台账里另有${who(other)}还没有账号：未合并。${BIND_BY_ROSTER}`;

export const twoHeads = (head: RecordedPerson, department: string): string =>
  `「${department}」在台账里的负责人${who(head)}还没有账号，通讯录里的负责人是另一人：以台账为准，请核对。`;
