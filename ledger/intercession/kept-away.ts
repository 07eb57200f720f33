import type { Directory, Person } from '../directory.ts';
import { allOfRoleIn, calledByRole, surnamedOnly } from './named-by-role.ts';
import {
  namedIn,
  namesOfDepartment,
  plain,
  postedIn,
  shortlyTitledIn,
  titledIn,
  whoHasPost,
} from './named-persons.ts';

/**
 * 申请回避对象: whom the reporter wants kept away: by name, surname alone (姜某) or with a title (孟局、唐干), role, post, or
 * department. Only people of the bureau can be kept away, so 姜某 is everybody of that surname. A
 * department stands for its head and its officers, for all of it where he says 全体, or where it has neither.
 */
export function keptAway(directory: Directory, asked: string): Person[] {
  const isEverybody = /全体|全部|所有|整个|每[个位]|都/u.test(asked);
  const whole = plain(asked);
  const named = directory.people.filter((person) => isMeant(person, whole));
  const inParts = asked.split(/[、，,；;。/\s]+/u).flatMap((part) => {
    const item = plain(part).replace(COURTESY, '');
    const posted = [
      ...named.filter((person) => isMeant(person, item)),
      ...whoHasPost(directory, item),
      ...calledByRole(directory, item),
      ...directory.people.filter((person) => surnamedOnly(person, item, { ofBureau: true })),
    ];
    if (posted.length > 0 && !isEverybody) return posted;
    return [...posted, ...ofDepartments(directory, plain(part), isEverybody)];
  });
  return [...new Set([...named, ...allOfRoleIn(directory, whole), ...inParts])];
}

/** What is written around whom it means. */
const COURTESY =
  /^(?:请|让|要求|申请|希望|不要|不让)+|(?:同志|本人|需要|应当|应|回避|接触|查看|知道|等人?)+$/gu;

const isMeant = (person: Person, text: string): boolean =>
  [namedIn, titledIn, shortlyTitledIn, postedIn].some((isIn) => isIn(person, text));

function ofDepartments(directory: Directory, text: string, isEverybody: boolean): Person[] {
  const departments = Map.groupBy(
    directory.people.filter(({ department }) =>
      namesOfDepartment(department).some((name) => text.includes(name)),
    ),
    ({ departmentId }) => departmentId,
  );
  return [...departments.values()].flatMap((members) => {
    const leading = members.filter(({ isHead, roles }) => isHead || roles.some((role) => OFFICERS.has(role)));
    return isEverybody || leading.length === 0 ? members : leading;
  });
}

const OFFICERS: ReadonlySet<string> = new Set(['discipline', 'resident', 'upper']);
