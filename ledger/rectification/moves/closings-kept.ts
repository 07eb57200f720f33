import type { CalendarDate } from '../../calendar.ts';
import type { ItemData } from '../data.ts';

/**
 * The closings that did not last, with the one that is taken back today: who decided so is kept, since nobody decides for who
 * has decided for him.
 */
export function closingsKept(
  { application, reviewedBy, approvedBy, earlierClosings = [] }: ItemData,
  today: CalendarDate,
): Pick<ItemData, 'earlierClosings'> {
  if (!application) return earlierClosings.length > 0 ? { earlierClosings } : {};
  const closing = {
    by: application.by,
    ...(application.responsible && { responsible: application.responsible }),
    ...(reviewedBy && { reviewedBy }),
    ...(approvedBy && { approvedBy }),
    relapsedOn: today,
  };
  return { earlierClosings: [...earlierClosings, closing] };
}
