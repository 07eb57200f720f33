import { type ANSWERS, type ItemData, itemData } from '../data.ts';
import type { Here } from './step.ts';

/** Any word about an item answers this week's 周督查 for it. */
export function answered(here: Here, answer: keyof typeof ANSWERS, said?: string): ItemData {
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
