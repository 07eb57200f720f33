import type { Speaking } from '../define.ts';
import type { Person } from '../directory.ts';
import type { INTERCESSOR_KINDS } from './fields.ts';
import { namesOfDepartment, plain, titledOnly } from './named-persons.ts';

interface NamedInSentence {
  sentence: string;
  /** As it was typed: 唐文澜, 唐干事, 小唐, 孟局. */
  name: string;
  /** Where it was said with the name: 局长. */
  post: string | undefined;
}

/**
 * Who of the bureau a sentence means by a name in full or in short, where it can be one person only, and nobody who is said to
 * be of another unit. The speaker does not mean himself.
 */
export function colleagueMeant(named: NamedInSentence, { directory, person }: Speaking): Person | undefined {
  const name = plain(named.name);
  const others = directory.people.filter(({ id }) => id !== person.id);
  const fully = others.filter((each) => plain(each.name) === name);
  const found =
    fully.length > 0 ? fully : others.filter((each) => isBegunBy(each, name) && titledOnly(each, name));
  const [meant] = found;
  return meant && found.length === 1 && !isOfAnotherUnit(named, others) ? meant : undefined;
}

/** So that of ten thousand people few are looked at. */
const isBegunBy = (person: Person, name: string): boolean => name.includes(plain(person.name).slice(0, 1));

const UNIT = /(?:局|委|办|厅|院|所|校|大学|公司|集团|协会|学会|中心|单位|科|处|室|部)的?$/u;
const OWN_UNIT = /(?:我们?|本|咱们?|咱)(?:局|单位|科|处|室|部)的?$/u;

/** 县科技局孟局长: what stands right before the name, and is neither this bureau nor a department of it. */
function isOfAnotherUnit({ sentence, name, post = '' }: NamedInSentence, people: readonly Person[]): boolean {
  const before = sentence.slice(0, Math.max(0, sentence.indexOf(name)));
  const ahead = post !== '' && before.endsWith(post) ? before.slice(0, -post.length) : before;
  if (!UNIT.test(ahead) || OWN_UNIT.test(ahead)) return false;
  const unit = ahead.replace(/的$/u, '');
  return !people.some(({ department }) => namesOfDepartment(department).some((own) => unit.endsWith(own)));
}

/** 人员类别 of somebody of the bureau, for the speaker; the 派驻纪检组 is neither above nor beside him, and left open. */
export function kindOfColleague(meant: Person, speaker: Person): keyof typeof INTERCESSOR_KINDS | undefined {
  const leads = ({ roles }: Person) => roles.includes('secretary') || roles.includes('leader');
  if (meant.roles.includes('resident')) return undefined;
  if (meant.roles.includes('upper')) return 'superior';
  if (leads(meant)) return 'own-leader';
  if (leads(speaker)) return 'subordinate';
  const isHis = speaker.isHead && speaker.departmentId === meant.departmentId;
  return isHis ? 'subordinate' : 'colleague';
}
