import type { Directory, Person } from '../directory.ts';
import { ROLES, type Role } from '../role.ts';
import { namesOfDepartment, plain, surnamesOf } from './named-persons.ts';

const ALL = '全体|全部|所有|各位|每[个位名]';
const OWN = '(?:本局|我局|局里|本单位|我单位|单位|的)*';

/** What a role is called: 纪检监察员, and whoever else is told from others by nothing but it. */
const WORDS = Object.entries(ROLES) as [Role, string][];

/** 全体纪检监察员, 纪检监察员们: all who have the role, where a text says that it means all of them. */
export const allOfRoleIn = (directory: Directory, text: string): Person[] =>
  WORDS.flatMap(([role, word]) =>
    new RegExp(`(?:${ALL})${OWN}${word}|${word}(?:${ALL}|们|都)`, 'u').test(text)
      ? directory.withRole(role)
      : [],
  );

/** 纪检监察员 in place of a name, or where somebody is to be kept away: which of them is not said, so all are meant. */
export const calledByRole = (directory: Directory, called: string): Person[] =>
  WORDS.flatMap(([role, word]) =>
    new RegExp(`^(?:${ALL})?${OWN}${word}(?:${ALL}|们|都|[一两二三几]?[位人名])?$`, 'u').test(called)
      ? directory.withRole(role)
      : [],
  );

/** 姜某, 机关党委姜某某, 姓姜的: whether a surname alone was given that is his, and, if so, what stands before it. */
function beforeSurname(person: Person, called: string): string | undefined {
  if (!/[某姓]/u.test(called)) return undefined;
  for (const surname of surnamesOf(person)) {
    const found = new RegExp(`^(.*?)(?:${surname}某{1,3}|姓${surname}的?(?:同事|人|那位)?)$`, 'u').exec(
      called,
    );
    if (found) return found[1] ?? '';
  }
  return undefined;
}

const BUREAU = /^(?:本局|我局|局里|本单位|我单位|单位|我们局|咱局)的?$/u;

/** Whether that is the person's own part of the bureau, or the bureau as a whole. */
const isHis = (person: Person, unit: string): boolean =>
  BUREAU.test(unit) ||
  namesOfDepartment(person.department).some(
    (name) => unit.includes(name) || (unit.length >= 2 && name.includes(unit)),
  );

/**
 * Whether a surname alone means him: everybody of that surname who works where it says. 姜某 of nowhere in particular is
 * nobody of the bureau, unless all that can be meant are people of the bureau (`ofBureau`).
 */
export function surnamedOnly(
  person: Person,
  called: string,
  { unit = '', ofBureau = false }: { unit?: string; ofBureau?: boolean },
): boolean {
  const before = beforeSurname(person, called);
  if (before === undefined) return false;
  const where = plain(before) || plain(unit);
  return where === '' ? ofBureau : isHis(person, where);
}
