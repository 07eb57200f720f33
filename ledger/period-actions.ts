import type { Situation } from './define.ts';
import type { Action } from './message.ts';
import { type Period, periodWith } from './period.ts';

/** Buttons to the same figures of this month, quarter and year. */
export function periodActions(
  title: string,
  { today, calendar, period }: Pick<Situation, 'today' | 'calendar'> & { period: Period },
): Action[] {
  const lengths = { month: '本月', quarter: '本季度', year: '本年' } as const;
  return (Object.keys(lengths) as (keyof typeof lengths)[]).flatMap((length) => {
    const { id } = periodWith(today, length, calendar);
    return id === period.id ? [] : [{ action: `统计 ${title} ${id}`, label: lengths[length] }];
  });
}
