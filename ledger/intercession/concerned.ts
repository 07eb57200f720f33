import type { Directory, Person } from '../directory.ts';
import type { IntercessionContents } from './contents.ts';

/** A post that is named in so many characters is somebody's in particular. */
const POST_LENGTH = 4;

/**
 * 回避: whom a report concerns, as far as its words tell: whoever bears a name that stands in it, or a surname with a
 * title that is his (唐干事), or whose post it gives. Rather one too many than one too few: being left out costs nobody
 * anything.
 */
export function concerned(directory: Directory, { report, supplements }: IntercessionContents): string[] {
  const said = (name: string) => plain(typeof report[name] === 'string' ? report[name] : '');
  const names = [said('intercessorName'), said('goBetween')];
  const texts = [
    ...names,
    said('recuse'),
    said('beneficiary'),
    said('content'),
    ...supplements.map(({ text }) => plain(text)),
  ];
  const post = said('intercessorPost');
  const isMeant = (person: Person) =>
    texts.some((text) => text.includes(person.name)) ||
    names.some((name) => hasTitle(person, name)) ||
    (post.length >= POST_LENGTH && plain(person.post).includes(post));
  return directory.people.filter(isMeant).map(({ id }) => id);
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '');

/** 姜书记 is somebody called 姜 in whose post 书记 stands. */
function hasTitle(person: Person, name: string): boolean {
  const title = name.slice(1);
  return title.length >= 2 && person.name.startsWith(name.slice(0, 1)) && person.post.includes(title);
}
