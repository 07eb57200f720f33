import type { Rules } from '../../config/rules.ts';
import type { CalendarDate } from '../calendar.ts';
import type { WeeklyData } from './data.ts';

/** An item as far as it matters for putting it off. */
interface Asked {
  ref: string;
  dueOn: string | null;
  data: Pick<WeeklyData, 'category' | 'deferral' | 'deferredFrom' | 'stall'>;
}

/**
 * 申请延期 is for once, before the date, and not while another request waits; what has no closing date cannot be put off.
 * @returns why it cannot be asked for now, in a sentence for who asks; nothing where it can
 */
export function whyNoDeferral(
  { ref, dueOn, data: { category, deferral, stall, deferredFrom = [] } }: Asked,
  today: CalendarDate,
  { rectification: { deferrals, deferralsSource } }: Rules,
): string | undefined {
  if (category === 'lasting') return `${ref} 是长期坚持事项，按季度报进展，不需要延期。`;
  if (deferral) return `${ref} 已申请延期至 ${deferral.to}，正等责任领导审批。`;
  if (stall) return `${ref} 已申请列为暂难整改，正等责任领导审批。`;
  if (deferredFrom.length >= deferrals)
    return `${ref} 已延期 ${deferrals} 次，不能再延期（依据：${deferralsSource}）。`;
  if (dueOn && today > dueOn)
    return `${ref} 已于 ${dueOn} 到期，延期须在到期前申请。请发送「申请暂难 ${ref}」，或请督查员重新指派时限。`;
  return undefined;
}
