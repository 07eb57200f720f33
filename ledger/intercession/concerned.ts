import type { Rules } from '../../config/rules.ts';
import type { Directory, Person } from '../directory.ts';
import type { IntercessionContents } from './contents.ts';
import { isElsewhere, namedIn, plain, postNamed, titledIn, titledOnly } from './named-persons.ts';

/**
 * 回避: whom a report concerns. Whoever bears a name that stands anywhere in its words, or a surname with a title that is
 * his (唐干事), or whose post it gives, and whom the officers found to be meant; and with whoever asked the favour or
 * passed it on, where the rules say so, the head and the officers of his own department. Rather one too many than one
 * too few: being left out costs nobody anything.
 */
export function concerned(
  directory: Directory,
  contents: IntercessionContents,
  { recusal }: Pick<Rules, 'recusal'>,
): string[] {
  const asked = directory.people.filter(whoAsked(directory, contents));
  const texts = textsOf(contents);
  const mentioned = directory.people.filter(
    (person) => texts.some((text) => namedIn(person, text)) || texts.some((text) => titledIn(person, text)),
  );
  const beside = isElsewhere(directory, said(contents, 'intercessorUnit'))
    ? asked.filter(({ id }) => contents.identified.includes(id))
    : asked;
  const departments = new Set(beside.map(({ departmentId }) => departmentId));
  const withThem = directory.people.filter(
    (person) => departments.has(person.departmentId) && isRecusedWithHisOwn(person, recusal),
  );
  return [...new Set([...asked, ...mentioned, ...withThem].map(({ id }) => id))];
}

const said = ({ report }: IntercessionContents, name: string): string =>
  plain(typeof report[name] === 'string' ? report[name] : '');

/** 过问干预人, 转达人, and whoever was found to be one of them. */
function whoAsked(directory: Directory, contents: IntercessionContents): (person: Person) => boolean {
  const names = [said(contents, 'intercessorName'), said(contents, 'goBetween')];
  const post = { unit: said(contents, 'intercessorUnit'), post: said(contents, 'intercessorPost') };
  const isPost = postNamed(directory, post);
  return (person) =>
    contents.identified.includes(person.id) ||
    names.some((name) => namedIn(person, name) || titledOnly(person, name)) ||
    isPost(person);
}

/** All that anybody wrote into it freely: the reporter was promised that whose name he writes out does not see it. */
function textsOf({ report, supplements, questions, objections }: IntercessionContents): string[] {
  const typed = Object.values(report).filter((value) => typeof value === 'string');
  const added = [...supplements, ...objections, ...questions].map(({ text }) => text);
  const answers = questions.flatMap(({ answer }) => answer?.text ?? []);
  return [...typed, ...added, ...answers].map(plain);
}

const isRecusedWithHisOwn = ({ isHead, roles }: Person, rule: Rules['recusal']): boolean =>
  (rule.departmentHead && isHead) ||
  (rule.departmentOfficers && (roles.includes('discipline') || roles.includes('resident')));
