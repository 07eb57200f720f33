import type { Item, Said } from './rules-of-moves.ts';

const QUARTERS = ['03-31', '06-30', '09-30', '12-31'];

/** The ends of quarters from a day on, this one's first. */
function quarterEnds(from: string): string[] {
  const year = Number(from.slice(0, 4));
  return [year, year + 1]
    .flatMap((each) => QUARTERS.map((end) => `${each}-${end}`))
    .filter((end) => end >= from);
}

/** The date that the item has after the word was accepted. */
export function dueAfter(item: Item, { word, values, today }: Said, noticeFrom: string): string | undefined {
  if (word === '指派') return values.dueOn === undefined ? quarterEnds(noticeFrom)[0] : String(values.dueOn);
  if (word === '准予延期') return item.deferredTo;
  if (word === '同意暂难') return item.stallUntil;
  if (word === '恢复整改' || word === '反弹') return String(values.dueOn);
  const isTold =
    word === '进展' || (word === '电话' && values.answer === 'progress' && item.state !== 'stalled');
  if (!isTold || item.category !== 'lasting' || item.dueOn === undefined) return item.dueOn;
  const [soonest = '', latest = ''] = quarterEnds(today);
  const moved = quarterEnds(item.dueOn)[1] ?? '';
  return [soonest, moved, latest].sort()[1];
}
