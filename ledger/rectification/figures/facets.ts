import * as z from 'zod';
import type { Calendar } from '../../calendar.ts';
import type { Facing } from '../../facing.ts';
import { AT_WORK, type RectificationData } from '../data.ts';
import { isAppliedInTime, isAskedByDate } from './applied-in-time.ts';

/** What of an item can be counted by the database, without opening its data. Of items that were last changed before there were facets, nothing. */
const facetsSchema = z.object({
  /** 长期坚持: it has no closing date. */
  lasting: z.literal(true).optional(),
  /** What its 责任领导 is asked for. */
  waits: z.enum(['deferral', 'stall']).optional(),
  /** Its closing was asked for by its date, and nobody has decided on it yet; of what is closed, and not by its date: it was asked for by it. */
  appliedInTime: z.literal(true).optional(),
  /** Of what is closed: whether by its date, and how many days after it came to who had it then. */
  inTime: z.boolean().optional(),
  days: z.int().optional(),
});

export type Facets = z.infer<typeof facetsSchema>;

export const readFacets = (facets: unknown): Facets => facetsSchema.parse(facets);

/** Facets with which the 责任领导 is asked for something, each as it is stored. */
export const WAITING: readonly Facets[] = [
  { waits: 'deferral' },
  { waits: 'stall' },
  { lasting: true, waits: 'stall' },
];

/** Facets of what waits though its closing was asked for in time, each as it is stored. */
export const APPLIED_IN_TIME: readonly Facets[] = [
  { appliedInTime: true },
  { lasting: true, appliedInTime: true },
];

export function facetsOf(
  { state, dueOn, data, closedOn }: Facing<RectificationData>,
  calendar: Calendar,
): Facets {
  if (data.level === 'round') return {};
  const { category, deferral, stall, assignedOn } = data;
  const isLasting = category === 'lasting';
  const lasting = isLasting ? ({ lasting: true } as const) : {};
  if (closedOn !== undefined)
    return {
      ...lasting,
      ...(dueOn !== null && !isLasting && { inTime: closedOn <= dueOn }),
      ...(dueOn !== null && closedOn > dueOn && isAskedByDate(dueOn, data) && { appliedInTime: true }),
      ...(assignedOn !== undefined && { days: calendar.daysBetween(assignedOn, closedOn) }),
    };
  const isAtWork = (AT_WORK as readonly string[]).includes(state);
  const waits = isAtWork && (deferral ? 'deferral' : stall && 'stall');
  const isInTime = isAppliedInTime({ state, dueOn }, data);
  return { ...lasting, ...(waits && { waits }), ...(isInTime && { appliedInTime: true }) };
}
