import type { Calendar, CalendarDate } from '../../calendar.ts';
import { Refusal } from '../../refusal.ts';
import type { Here } from './step.ts';

/** How far one 申请延期 may put the date off, and a sentence for who is about to ask. */
export function longestDeferral({ entry, today, calendar, rules }: Here): {
  to: CalendarDate;
  sentence: string;
} {
  const from = entry.dueOn ?? today;
  const months = rules.rectification.deferralMaxMonths;
  const to = calendar.addMonths(from, months);
  return { to, sentence: `${entry.ref} 原时限 ${from}，一次延期最多 ${months} 个月，最迟可延至 ${to}。` };
}

/** @throws Refusal when more is asked for than the rules allow, with both */
export function requireWithinLimit(here: Here, field: string, asked: CalendarDate): void {
  const { to, sentence } = longestDeferral(here);
  if (asked <= to) return;
  const why = `申请延期至 ${asked}，超过上限：${sentence.slice(0, -1)}（依据：${here.rules.rectification.deferralMaxSource}）`;
  throw new Refusal('invalid-input', `${why}。`, { [field]: why });
}

/** The date that is asked to be put off, the new one and the days between, for who decides. */
export function putOffBy(
  { dueOn }: { dueOn: string | null },
  to: CalendarDate,
  calendar: Calendar,
): string[] {
  if (dueOn === null) return [];
  return [`原时限 ${dueOn}，新时限 ${to}，延长 ${calendar.daysBetween(dueOn, to)} 天。`];
}
