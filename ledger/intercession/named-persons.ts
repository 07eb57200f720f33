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
    return (isTitle(title) && plain(person.post).includes(title)) || shortTitlesOf(person).includes(title);
  }) || familiarly(person, '$').test(name);

/** 小唐, 老唐: what a colleague is called, by who stands behind him in the sentence. */
const familiarly = ({ name }: Person, behind: string): RegExp =>
  new RegExp(`[小老阿]${plain(name).slice(0, 1)}(?=${behind})`, 'u');

/** What a person does in the sentences in which he asks; without it, 小方 may be part of 大小方案. */
const DOES =
  '$|打|来|找|托|请|让|要|叫|求|跟|和|给|对|向|约|问|说|在|通过|当面|到|又|发|写|递|塞|转|带|捎|的|也|就|刚|昨|今';

/** 局 of 副局长, 干 of 纪检监察干事: what is left of a title behind a surname. */
const shortTitlesOf = (person: Person): string[] => postsOf(person).map((post) => post.slice(-2, -1));

/** 孟局, 唐干 anywhere in it: for a text that does nothing but name people. */
export const shortlyTitledIn = (person: Person, text: string): boolean =>
  surnamesOf(person).some((surname) =>
    shortTitlesOf(person).some((title) => text.includes(`${surname}${title}`)),
  ) || familiarly(person, '').test(text);

const isTitle = (title: string): boolean => title.length >= 2 || /^[局处科室所部]$/u.test(title);

/** The same in the middle of a text, where only a title of two characters or more is told from other words. */
export function titledIn(person: Person, text: string): boolean {
  const post = plain(person.post);
  if (familiarly(person, DOES).test(text)) return true;
  return surnamesOf(person).some((surname) => {
    for (let at = text.indexOf(surname); at !== -1; at = text.indexOf(surname, at + 1)) {
      const title = text.slice(at + surname.length, at + surname.length + 2);
      if (title.length === 2 && post.includes(title)) return true;
    }
    return false;
  });
}

/** One character; of a long name perhaps two. */
export function surnamesOf({ name }: Person): string[] {
  const whole = plain(name);
  return [whole.slice(0, 1), ...(whole.length > 2 ? [whole.slice(0, 2)] : [])];
}

/** 「党组书记、局长」 are two posts. */
const postsOf = ({ post }: Person): string[] =>
  post
    .split(/[、，,；;/\s]|兼/u)
    .map(plain)
    .filter(({ length }) => length >= 2);

/** 机关党委（纪检监察室） goes by either name. */
export const namesOfDepartment = (department: string): string[] =>
  [department, ...department.split(/[（）()]/u)].map(plain).filter(({ length }) => length >= 2);

/** Whether a post of his stands in it: one of four characters or more, or a shorter one behind his department. */
export const postedIn = (person: Person, text: string): boolean =>
  postsOf(person).some(
    (post) =>
      (post.length >= POST_LENGTH && text.includes(post)) ||
      namesOfDepartment(person.department).some((department) => text.includes(`${department}${post}`)),
  );

/** A short post is somebody's in particular where not more people than these have it. */
const FEW = 3;

/** Whose post it is that was given in place of a name: 机关纪委书记, 局长, 本局副局长. */
export function whoHasPost(directory: Directory, given: string): Person[] {
  if (given.length < 2) return [];
  if (given.length >= POST_LENGTH) {
    const found = directory.people.filter((person) => plain(person.post).includes(given));
    if (found.length > 0) return found;
  }
  const found = directory.people.filter((person) => postsOf(person).some((post) => isSamePost(post, given)));
  return found.length <= FEW ? found : [];
}

/** 书记 is short for 机关纪委书记, and 市某局局长 may be the own 局长; 副局长 is not 局长. */
function isSamePost(post: string, given: string): boolean {
  if (post.endsWith(given)) return !post.slice(0, -given.length).endsWith('副');
  return given.endsWith(post) && /^(?:[本我咱]|.*局)[们的局]*$/u.test(given.slice(0, -post.length));
}

/** Whether a post that was given is the person's: a long one, or one that few have, whoever has it; another with his department. */
export function postNamed(
  directory: Directory,
  { unit, post }: { unit: string; post: string },
): (person: Person) => boolean {
  if (isElsewhere(directory, unit) || post.length < 2) return () => false;
  const having = new Set(whoHasPost(directory, post));
  return (person) => {
    if (having.has(person)) return true;
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
