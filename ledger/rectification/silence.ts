import type { Store } from '../store.ts';
import type { ItemData } from './data.ts';

/** Nothing was heard of it for as many weeks as the rules say: the 督查员 phones. */
export function longSilent(
  { assignedOn, weekly }: ItemData,
  week: string,
  { calendar, rules }: Pick<Store, 'calendar' | 'rules'>,
): boolean {
  const heardIn = weekly?.week ?? (assignedOn && calendar.weekOf(assignedOn));
  return heardIn !== undefined && weeksBetween(heardIn, week) >= rules.weeklySupervision.unansweredWeeks;
}

/** Whole weeks from one ISO week to another. */
function weeksBetween(from: string, to: string): number {
  return Math.round((mondayMs(to) - mondayMs(from)) / (7 * 86_400_000));
}

/** The Monday of an ISO week: the week that has 4 January is the first. */
function mondayMs(week: string): number {
  const [year = 0, number = 1] = week.split('-W').map(Number);
  const fourth = new Date(Date.UTC(year, 0, 4));
  const firstMonday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 86_400_000;
  return firstMonday + (number - 1) * 7 * 86_400_000;
}
