import { Refusal } from '../../refusal.ts';
import { type ANSWERS, AT_WORK, type ItemData, itemData } from '../data.ts';
import type { Here } from './step.ts';

/**
 * Any word about an item answers this week's 周督查 for it.
 * @throws Refusal where it is over its date and said to go by its plan
 */
export function answered(here: Here, answer: keyof typeof ANSWERS, said?: string): ItemData {
  if (answer === 'planned') requireInTime(here);
  const week = here.calendar.weekOf(here.today);
  const difficulty = answer === 'difficult' && said ? { difficulty: { week, text: said } } : {};
  return { ...itemData(here.data), ...difficulty, weekly: { week, answer, ...(said && { text: said }) } };
}

/** The same, with what was told as the latest progress; the one before stays beside it. */
export function withProgress(here: Here, said: string): ItemData {
  const { progress } = itemData(here.data);
  return {
    ...answered(here, 'progress', said),
    ...(progress && { progressBefore: progress }),
    progress: { on: here.today, text: said },
  };
}

/** @throws Refusal where the work is over its date: that is not going by its plan, and what is the matter has to be said */
export function requireInTime({ entry, today }: Here): void {
  const isAtWork = (AT_WORK as readonly string[]).includes(entry.state);
  if (!isAtWork || entry.dueOn === null || entry.dueOn >= today) return;
  throw new Refusal(
    'wrong-state',
    `${entry.ref} 已过 ${entry.dueOn} 的时限，不能答复「按计划」，请答复「进展」「有困难」或「申请暂难」。`,
    {},
    ['进展', '有困难', '申请暂难'].map((word) => ({ action: `${word} ${entry.ref}`, label: word })),
  );
}

/** @throws Refusal where this week's answer for it is the same: it is not written down twice */
export function requireNews(here: Here, answer: keyof typeof ANSWERS, said?: string): void {
  const { weekly } = itemData(here.data);
  if (weekly?.week !== here.calendar.weekOf(here.today) || weekly.answer !== answer) return;
  if (said !== undefined && weekly.text !== said) return;
  throw new Refusal('wrong-state', `${here.entry.ref} 本周的这一答复已经记录，不用再报。`);
}
