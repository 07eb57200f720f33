import type { Entry } from '../define.ts';
import type { RectificationData } from './data.ts';
import { isAppliedInTime } from './figures/applied-in-time.ts';
import { progressDue, quarterName } from './quarter.ts';

/** What an item says, or as much of it as has its 类别. */
type Says = Partial<RectificationData>;

type Dated = Pick<Entry, 'state' | 'dueOn' | 'closedAt'>;

const isLasting = (says: Says): boolean => 'category' in says && says.category === 'lasting';

/** 「时限 2026-12-31」, of 长期坚持 「下次进展 2026-12-31，四季度」. */
export const dateWord = (dueOn: string, says: Says): string =>
  isLasting(says) ? `下次进展 ${progressDue(dueOn)}` : `时限 ${dueOn}`;

/** 「时限 2026-12-31」, of 长期坚持 「下次进展 2026-12-31，四季度」, and where that has passed, so. */
export function dueWord({ state, dueOn, closedAt }: Dated, says: Says, today: string): string {
  const isOver = !closedAt && dueOn !== null && dueOn < today;
  const word = dateWord(dueOn ?? '', says);
  if (!isOver) return word;
  // What others have to decide on is not late by who asked for it in time.
  if (isAppliedInTime({ state, dueOn }, says)) return `${word}，已按期申请`;
  return isLasting(says) ? `${quarterName(dueOn)}进展已逾期，应于 ${dueOn} 前报` : `已逾期，${word}`;
}

/** The same as a line of a card: 「整改时限：2026-12-31」. */
export function dueLine(entry: Dated, says: Says, today: string): string {
  const [name, inList] = isLasting(says) ? ['下次进展', '下次进展 '] : ['整改时限', '时限 '];
  return `${name}：${entry.dueOn ? dueWord(entry, says, today).replace(inList, '') : '待分派'}`;
}

/** A date that is told to somebody: 「整改时限：2026-12-31」. */
export const toldDate = (dueOn: string, category: string | undefined): string =>
  category === 'lasting' ? `下次进展：${progressDue(dueOn)}` : `整改时限：${dueOn}`;
