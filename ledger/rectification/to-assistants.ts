import type { Entry, Notice } from '../define.ts';
import type { Directory } from '../directory.ts';
import { assisting } from './item-notice.ts';

/** Who is given the item, and who of them was told before. */
interface Given {
  responsible: readonly string[];
  assistant: readonly string[];
  told: readonly string[];
}

/** Who assists from now on, and is not responsible himself, is told whom; nothing is asked of him. */
export function toAssistants(
  entry: Entry,
  { responsible, assistant, told }: Given,
  directory: Directory,
  due: string,
): Notice[] {
  const whom = responsible.map((id) => directory.byId(id)?.name ?? '（已离开）').join('、');
  return assistant
    .filter((person) => !responsible.includes(person) && !told.includes(person))
    .map((person) => ({ to: { person }, content: assisting(entry, whom, due) }));
}
