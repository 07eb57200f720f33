import type { Figures } from './figures.ts';

/** What share of how many: 「80%（8/10）」; a share of nothing is none. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${Math.round((part * 100) / whole)}%（${part}/${whole}）`;

/** 按期率, 销号率, 延期数, 反弹率, 平均用时, in that order, each with what it was counted over. */
export const QUALITY = ['按期率', '销号率', '延期数', '反弹率', '平均用时'] as const;

export const qualityOf = (figures: Figures): string[] => [
  share(figures.inTime, figures.dated),
  share(figures.closed, figures.items),
  String(figures.deferred),
  share(figures.relapsed, figures.everClosed),
  figures.timed === 0 ? '—' : `${Math.round(figures.days / figures.timed)} 天（${figures.timed} 项）`,
];

/** 事项 and what became of them, in that order: 已销号, 在办, 暂难 and 长期 add up to 事项. */
export const PROGRESS = ['事项', '已销号', '在办', '暂难', '长期', '逾期'] as const;

export const progressOf = (figures: Figures): string[] => [
  ...[figures.items, figures.closed, figures.open, figures.stalled, figures.lasting].map(String),
  overdueWord(figures),
];

/** 「3（含按期申请、待审 1）」: whose closing was asked for by the date is among what is over it, and said apart. */
export const overdueWord = (
  { overdue, appliedInTime }: Pick<Figures, 'overdue' | 'appliedInTime'>,
  unit = '',
): string => `${overdue}${unit}${appliedInTime > 0 ? `（含按期申请、待审 ${appliedInTime}${unit}）` : ''}`;

/** What each figure means: it stands beside the table that has it. */
export const PROGRESS_MEANS: readonly string[] = [
  '事项：期末尚未销号的，加上期内销号的。事项＝已销号＋在办＋暂难＋长期。',
  '已销号：期内销号、未再反弹的。在办：期末未销号，且不属于暂难、长期。',
  '暂难：已同意列为暂难整改的。长期：长期坚持、按季度报进展的。二者按现在的情况列。',
  '逾期：期末未销号且已过时限的，暂难、长期的以恢复整改、报进展的日期为时限；按现在的时限计算。括号内为时限前已申请销号、期末待审核、复核、审定的，不属责任人逾期。',
];

export const QUALITY_MEANS: readonly string[] = [
  '按期率：按期销号数÷期内销号数；销号日期不晚于时限（延期后的时限）为按期，长期坚持的不计。',
  '销号率：期内销号数÷事项数；事项为期末尚未销号的加上期内销号的。',
  '延期数：期内获准延期的事项数。',
  '反弹率：期内回头看登记反弹的事项数÷曾经销号的事项数（截至期末）。',
  '平均用时：期内销号的事项，从交办（重新交办、恢复整改、反弹的从那时起）到销号的天数。',
];

/** Where not all that was closed could be counted: closings that were recorded before there were facets. */
export function leftOut({ closed, timed }: Figures): string[] {
  const rest = closed - timed;
  return rest > 0 ? [`另有 ${rest} 项销号没有交办日期，未计入平均用时。`] : [];
}
