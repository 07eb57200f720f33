import type { Calendar, CalendarDate } from '../../calendar.ts';
import { Refusal } from '../../refusal.ts';
import type { Here } from './step.ts';

/** The latest date that may be asked for, why in a sentence for who is about to ask, and the clause. */
interface Longest {
  to: CalendarDate;
  sentence: string;
  source: string;
}

/** How far one 申请延期 may put the date off. */
export function longestDeferral({ entry, today, calendar, rules }: Here): Longest {
  const from = entry.dueOn ?? today;
  const { deferralMaxMonths: months, deferralMaxSource: source } = rules.rectification;
  const to = calendar.addMonths(from, months);
  const sentence = `${entry.ref} 原时限 ${from}，一次延期最多 ${months} 个月，最迟可延至 ${to}。`;
  return { to, sentence, source };
}

/** How long one 申请暂难 may set an item aside: then it is looked at anew. What is over its date counts from today. */
export function longestStall({ entry, today, calendar, rules }: Here): Longest {
  const from = entry.dueOn && entry.dueOn > today ? entry.dueOn : today;
  const { stallMaxMonths: months, stallMaxSource: source } = rules.rectification;
  const to = calendar.addMonths(from, months);
  const sentence = `${entry.ref} 自 ${from} 起，一次暂难最多 ${months} 个月，恢复整改的日期最迟为 ${to}，到期复核。`;
  return { to, sentence, source };
}

/**
 * @param asking what is asked for, before its date: 申请延期至
 * @throws Refusal when more is asked for than the rules allow, with both
 */
export function requireWithinLimit(
  { to, sentence, source }: Longest,
  field: string,
  [asking, on]: readonly [asking: string, on: CalendarDate],
): void {
  if (on <= to) return;
  const why = `${asking} ${on}，超过上限：${sentence.slice(0, -1)}（依据：${source}）`;
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
