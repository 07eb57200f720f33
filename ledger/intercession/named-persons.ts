import type { Directory, Person } from '../directory.ts';

/** A post that is named in so many characters is somebody's in particular. */
const POST_LENGTH = 4;

/** Without what can be put between the characters of a name: spaces, points, signs that are not seen. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');

/** Whether the person's whole name stands in it. */
export const namedIn = ({ name }: Person, text: string): boolean => text.includes(plain(name));

/** 姜书记, 孟局: whether a name that was given is a surname and a title that the person has. */
export const titledOnly = (person: Person, name: string): boolean =>
  surnamesOf(person).some((surname) => {
    const title = name.startsWith(surname) ? name.slice(surname.length) : '';
    return isTitle(title) && plain(person.post).includes(title);
  });

const isTitle = (title: string): boolean => title.length >= 2 || /^[局处科室所部]$/u.test(title);

/** The same in the middle of a text, where only a title of two characters or more is told from other words. */
export function titledIn(person: Person, text: string): boolean {
  const post = plain(person.post);
  return surnamesOf(person).some((surname) => {
    for (let at = text.indexOf(surname); at !== -1; at = text.indexOf(surname, at + 1)) {
      const title = text.slice(at + surname.length, at + surname.length + 2);
      if (title.length === 2 && post.includes(title)) return true;
    }
    return false;
  });
}

/** One character; of a long name perhaps two. */
function surnamesOf({ name }: Person): string[] {
  const whole = plain(name);
  return [whole.slice(0, 1), ...(whole.length > 2 ? [whole.slice(0, 2)] : [])];
}

/** Whether a post that was given is the person's: a long one whoever has it, a short one with his department. */
export function postNamed(
  directory: Directory,
  { unit, post }: { unit: string; post: string },
): (person: Person) => boolean {
  if (isElsewhere(directory, unit) || post.length < 2) return () => false;
  return (person) => {
    if (!plain(person.post).includes(post)) return false;
    return post.length >= POST_LENGTH || isOneOf(plain(person.department), unit);
  };
}

const isOneOf = (department: string, unit: string): boolean =>
  unit.length >= 2 && (unit.includes(department) || department.includes(unit));

const OTHER_KINDS =
  /公司|集团|大学|学院|学校|中学|小学|研究院|研究所|医院|工厂|协会|学会|银行|事务所|合作社|出版社/u;

/**
 * Whether the unit is clearly no part of the bureau. Who bears the name of somebody of the bureau is still left out, since
 * a unit may be written wrongly; but his namesake's colleagues are not.
 */
export function isElsewhere(directory: Directory, unit: string): boolean {
  return (
    OTHER_KINDS.test(unit) && !directory.people.some(({ department }) => isOneOf(plain(department), unit))
  );
}
