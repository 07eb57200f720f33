import type { Directory, Person } from '../../directory.ts';

/** Whom a cell names. */
export interface Who {
  /** Ids, each once, in the order in which they are named. */
  ids: string[];
  /** What names nobody, or several, in sentences without a full stop. */
  unread: string[];
}

const SEPARATORS = /[、,，;；/／|｜\n\r]|和(?=\S{2,4}$)/u;
/** What stands behind a name in such cells. */
const TITLES =
  /(?:同志|(?:党组)?(?:成员)?(?:副)?(?:书记|局长|主任|科长|处长|组长|部长|所长|调研员|主席|负责人))+$/u;

/**
 * 「张三、李四」, 「张　三」, 「张三（办公室）」, 「张三 李四」, 「张三副局长」. Of several of one name the one of the department is meant.
 * @param department the id of the one that the row names
 */
export function readWho(text: string, directory: Directory, department?: string): Who {
  const who: Who = { ids: [], unread: [] };
  const plain = text.normalize('NFKC').replace(/\([^()]*\)/g, '');
  for (const piece of plain.split(SEPARATORS)) {
    const name = piece.trim();
    if (name === '' || /^[-—无]+$/u.test(name)) continue;
    const found = namedBy(name, directory, department);
    who.ids.push(...found.ids.filter((id) => !who.ids.includes(id)));
    who.unread.push(...found.unread);
  }
  return who;
}

function namedBy(name: string, directory: Directory, department: string | undefined): Who {
  const whole = people(name.replace(/\s/gu, ''), directory);
  if (whole.length > 0) return chosen(name, whole, department);
  const parts = name.split(/\s+/u);
  if (parts.length === 1) return { ids: [], unread: [`没有找到「${name.slice(0, 20)}」`] };
  // 「张三 李四」, or 「张三 局长」.
  const each = parts.filter((part) => !TITLES.test(part) || people(part, directory).length > 0);
  const found = each.map((part) => chosen(part, people(part, directory), department));
  return { ids: found.flatMap(({ ids }) => ids), unread: found.flatMap(({ unread }) => unread) };
}

function people(name: string, directory: Directory): readonly Person[] {
  const named = directory.named(name);
  return named.length > 0 ? named : directory.named(name.replace(TITLES, ''));
}

function chosen(name: string, found: readonly Person[], department: string | undefined): Who {
  const there = found.filter(({ departmentId }) => departmentId === department);
  const [only] = found.length > 1 && there.length === 1 ? there : found;
  if (!only) return { ids: [], unread: [`没有找到「${name.slice(0, 20)}」`] };
  if (found.length > 1 && there.length !== 1)
    return { ids: [], unread: [`有 ${found.length} 位「${name.slice(0, 20)}」`] };
  return { ids: [only.id], unread: [] };
}
