import { sizeForPeople } from '../attachment.ts';
import type { Calendar } from '../calendar.ts';
import type { ItemData } from './data.ts';
import { currentFiles } from './require-evidence.ts';
import { short } from './wording.ts';

/** Files that a message names; the rest is counted. */
const IN_MESSAGE = 5;

/** The files that prove the closing, in a message to who reviews: name, size, and the day on which each came. */
export function evidenceLines(item: Pick<ItemData, 'files' | 'relapsedAt'>, calendar: Calendar): string[] {
  const files = currentFiles(item);
  if (files.length === 0) return [];
  const lines = files
    .slice(0, IN_MESSAGE)
    .map(
      ({ name, size, at }, index) =>
        `${index + 1}. ${short(name)}（${sizeForPeople(size)}，${calendar.dateOf(new Date(at))}）`,
    );
  const more = files.length - IN_MESSAGE;
  return [
    `佐证文件 ${files.length} 个：`,
    ...lines,
    ...(more > 0 ? [`… 另有 ${more} 个，请点「查看」`] : []),
  ];
}
