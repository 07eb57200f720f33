import type { Entry } from '../define.ts';
import type { RawValues } from '../form.ts';
import { type ItemData, itemData } from './data.ts';
import { type Here, withEarlierDate } from './moves/step.ts';

export const idsIn = (value: unknown): string[] => (value as string[] | undefined) ?? [];

/** It begins anew, with whoever has it from now on. */
export const comesToOthers = (here: Here, { responsible, assistant }: RawValues): boolean =>
  ['unassigned', 'stalled'].includes(here.entry.state) || !isKept(here, idsIn(responsible), idsIn(assistant));

/** Its closing is asked for. */
export const isAppliedFor = ({ state }: Entry): boolean =>
  ['applied', 'reviewed', 'approved'].includes(state);

/**
 * Nobody new is responsible, and whoever has applied for the closing still is: nobody else's application is left over. Nor
 * does anybody who let it pass do the work from now on.
 */
export function isKept(
  { entry, data }: Here,
  responsible: readonly string[],
  assistant: readonly string[],
): boolean {
  const { application, reviewedBy, approvedBy } = itemData(data);
  const samePeople = responsible.every((id) =>
    entry.people.some((each) => each.part === 'responsible' && each.personId === id),
  );
  if (!isAppliedFor(entry)) return samePeople;
  const decided = [reviewedBy, approvedBy].filter((id) => id !== undefined);
  const working = [...responsible, ...assistant];
  return (
    samePeople && responsible.includes(application?.by ?? '') && !decided.some((id) => working.includes(id))
  );
}

/** A new date answers a request for another one; who did not have the item has answered nothing for it. */
export function stillTrue(here: Here, isNew: boolean, dueOn: string, category: string | undefined): ItemData {
  const { entry } = here;
  const item = withDateBefore(here, dueOn, category);
  const { deferral, stall, weekly, application, reviewedBy, approvedBy, ...rest } = item;
  if (isNew) return rest;
  const isWaiting = entry.dueOn === dueOn;
  return {
    ...rest,
    ...(deferral && isWaiting && { deferral }),
    ...(stall && isWaiting && { stall }),
    ...(weekly && { weekly }),
    ...(application && { application }),
    ...(reviewedBy && { reviewedBy }),
    ...(approvedBy && { approvedBy }),
  };
}

/**
 * A later date is the item's deferral, whoever it comes from: 每项一次 counts it. Dates of 长期坚持 and of what was set aside
 * are put off by nobody.
 */
function withDateBefore(here: Here, dueOn: string, category: string | undefined): ItemData {
  const { entry, data } = here;
  const item = itemData(data);
  if (entry.state === 'unassigned') return item;
  const isDated = entry.state !== 'stalled' && item.category !== 'lasting' && category !== 'lasting';
  if (!isDated || !entry.dueOn || dueOn <= entry.dueOn) return withEarlierDate(here, dueOn, 'assign');
  return { ...item, deferredFrom: [...(item.deferredFrom ?? []), entry.dueOn] };
}
