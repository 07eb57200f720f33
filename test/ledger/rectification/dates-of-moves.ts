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

/** The ISO week of a day, such as 2026-W47: that of its Thursday. */
function weekOf(on: string): string {
  const day = new Date(`${on}T00:00:00Z`);
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * 86_400_000);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The same was not answered already this week. */
export const isNews = ({ weekly }: Item, { today }: Said, answer: string, text?: unknown): boolean =>
  weekly?.week !== weekOf(today) || weekly.answer !== answer || (text !== undefined && weekly.text !== text);

/** The same day so many months later, or the last one of a month that is too short for it. */
export function monthsLater(on: string, months: number): string {
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  lastDay.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return lastDay.toISOString().slice(0, 10);
}

/** What is set aside has a later date than it had, not behind, and at most six months from it, or from today. */
export const isUntil = (until: string, today: string, dueOn: string): boolean =>
  until >= today && until > dueOn && until <= monthsLater(today > dueOn ? today : dueOn, 6);
