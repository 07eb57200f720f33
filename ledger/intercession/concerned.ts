import type { Rules } from '../../config/rules.ts';
import type { Directory, Person } from '../directory.ts';
import type { IntercessionContents } from './contents.ts';
import { reportFields } from './fields.ts';
import { keptAway } from './kept-away.ts';
import { allOfRoleIn, calledByRole, surnamedOnly } from './named-by-role.ts';
import {
  isElsewhere,
  namedIn,
  plain,
  postedIn,
  postNamed,
  titledIn,
  titledOnly,
  whoHasPost,
} from './named-persons.ts';

/**
 * 回避: whom a report concerns, by all that anybody wrote into it, the reporter or an officer, and by the names of its
 * files: whoever bears a name that stands anywhere in it, or a surname with a title that is his (唐干事), or a post of
 * four characters or more, or a shorter one behind his department; whom the reporter wants kept away (`keptAway`); whom
 * the officers found to be meant; and who asked the favour or passed it on, where also a short post is enough that few
 * have. With these last, where the rules say so, the head and the officers of their own department. A plain title in the
 * middle of a text (主任) is nobody's. Rather one too many than one too few: being left out costs nobody anything.
 */
export function concerned(
  directory: Directory,
  contents: IntercessionContents,
  { recusal }: Pick<Rules, 'recusal'>,
): string[] {
  const asked = directory.people.filter(whoAsked(directory, contents));
  const texts = textsOf(contents);
  const mentioned = [
    ...texts.flatMap((text) => allOfRoleIn(directory, text)),
    ...directory.people.filter((person) =>
      texts.some((text) => namedIn(person, text) || titledIn(person, text) || postedIn(person, text)),
    ),
  ];
  const away = keptAway(directory, typeof contents.report.recuse === 'string' ? contents.report.recuse : '');
  const beside = isElsewhere(directory, said(contents, 'intercessorUnit'))
    ? asked.filter(({ id }) => everFound(contents).has(id))
    : asked;
  const departments = new Set(beside.map(({ departmentId }) => departmentId));
  const withThem = directory.people.filter(
    (person) => departments.has(person.departmentId) && isRecusedWithHisOwn(person, recusal),
  );
  return [...new Set([...asked, ...mentioned, ...away, ...withThem].map(({ id }) => id))];
}

const said = ({ report }: IntercessionContents, name: string): string =>
  plain(typeof report[name] === 'string' ? report[name] : '');

/** 过问干预人, 转达人, and whoever was found to be one of them. */
function whoAsked(directory: Directory, contents: IntercessionContents): (person: Person) => boolean {
  const names = [said(contents, 'intercessorName'), said(contents, 'goBetween')];
  const post = { unit: said(contents, 'intercessorUnit'), post: said(contents, 'intercessorPost') };
  const isPost = postNamed(directory, post);
  const byPost = whoAreCalled(directory, contents);
  const found = everFound(contents);
  const byRole = new Set(names.flatMap((name) => calledByRole(directory, name)));
  const [name = '', goBetween = ''] = names;
  const isOfBureau = OWN_KINDS.has(said(contents, 'intercessorKind'));
  return (person) =>
    found.has(person.id) ||
    names.some((name) => namedIn(person, name) || titledOnly(person, name)) ||
    isPost(person) ||
    byRole.has(person) ||
    surnamedOnly(person, name, { unit: post.unit, ofBureau: isOfBureau }) ||
    surnamedOnly(person, goBetween, {}) ||
    byPost.has(person);
}

/** 人员类别 of people of the bureau; `plain` leaves the hyphen out. */
const OWN_KINDS: ReadonlySet<string> = new Set(['ownleader', 'colleague', 'subordinate']);

/** A finding that was corrected still keeps away: who comes back to a record learns that he had been named. */
const everFound = ({ identified, findings }: IntercessionContents): ReadonlySet<string> =>
  new Set([...identified, ...findings.map(({ person }) => person)]);

/** Those whose post stands where a name was asked for. */
function whoAreCalled(directory: Directory, contents: IntercessionContents): Set<Person> {
  const places = isElsewhere(directory, said(contents, 'intercessorUnit'))
    ? ['goBetween']
    : ['intercessorName', 'goBetween'];
  return new Set(
    places.flatMap((place) => {
      const name = said(contents, place);
      const behind = name.length >= 2 ? directory.people.filter((person) => postedIn(person, name)) : [];
      return [...whoHasPost(directory, name), ...behind];
    }),
  );
}

/** All that anybody wrote into it freely: the reporter was promised that whose name he writes out does not see it. */
function textsOf({ report, ...added }: IntercessionContents): string[] {
  const written = Object.entries(report).filter(([name]) => !isChosen(name));
  return [...written.map(([, value]) => value), added].flatMap(wordsIn).map(plain);
}

const isChosen = (name: string): boolean =>
  Object.entries(reportFields).some(([known, { type }]) => known === name && !TYPED.has(type));

const TYPED: ReadonlySet<string> = new Set(['text', 'textarea']);

/** Every string that there is, so that what is added later is read too. */
function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (NO_WORDS.has(name) ? [] : wordsIn(each)));
}

/** Instants, ids, sums, kinds: what nobody wrote. */
const NO_WORDS: ReadonlySet<string> = new Set(
  ['at', 'until', 'answeredAt'].concat(
    ['id', 'by', 'judgedBy', 'identified', 'person'],
    ['sha256', 'type', 'result'],
  ),
);

const isRecusedWithHisOwn = ({ isHead, roles }: Person, rule: Rules['recusal']): boolean =>
  (rule.departmentHead && isHead) ||
  (rule.departmentOfficers && (roles.includes('discipline') || roles.includes('resident')));
