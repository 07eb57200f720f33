import type { Rows } from '../prisma/database.ts';
import { countedMessages } from '../prisma/line-of-messages.ts';
import type { BureauWeek, BureauWeeks } from './bureau-week.ts';
import type { CalendarDate } from './calendar.ts';
import { canBeGathered, type Gathered, hasRoom } from './gathered.ts';
import type { Hour } from './hour.ts';
import type { Content } from './message.ts';
import { keptOf, type Outgoing } from './outbox.ts';
import type { Store } from './store.ts';
import type { Unprompted } from './unprompted.ts';
import { UNTOUCHED } from './within.ts';

/** A message that nobody's act has caused. */
export interface Unasked extends Outgoing {
  content: Content;
  job: Unprompted;
  isExempt: boolean;
  /** The last day on which it is of use. */
  notLaterThan?: CalendarDate;
  /** Keys of what is said within it. */
  also?: readonly string[];
  /** Where the week is full and nothing waits for him, it is not said at all. */
  canBeLeftOut?: true;
}

/** What one person is told unasked in a week or in those to come, but for what is exempt. */
export interface Slot {
  notBefore: Date;
  /** It waits for its time, and others can be put into it. */
  isOpen: boolean;
  /** Its time has come, but nobody has begun to send it: into it goes what would be too much by itself. */
  isOverdue?: true;
  isCarried: boolean;
  /** Absent: it comes in line with this operation. */
  id?: string;
  /** What came first of it, where it is not in line yet. */
  first?: Outgoing;
  /** What it will say, once that was looked up. */
  gathered?: Gathered;
  isChanged?: true;
  /** When it was to go before it was drawn forward. */
  movedFrom?: Date;
}

/** What is known while messages are put in line. */
export interface Putting {
  store: Store;
  rows: Rows;
  at: Date;
  weeks: BureauWeeks;
  /** The hours that are still to come in the week of that instant. */
  ahead(from: Date): readonly Hour[];
}

export const isAt = (slot: Slot, at: Date): boolean => slot.notBefore.getTime() === at.getTime();

export const countIn = (slots: readonly Slot[], { from, to }: BureauWeek): number =>
  slots.filter(({ notBefore }) => notBefore >= from && notBefore < to).length;

/** From the week of `first` on, by person, in the order in which they were said. */
export async function slotsOf(
  { rows, at, weeks }: Putting,
  personIds: readonly string[],
  first: Date,
): Promise<Map<string, Slot[]>> {
  const slots = new Map<string, Slot[]>();
  for (const row of await countedMessages(rows, personIds, weeks.of(first).from)) {
    const { id, personId, notBefore, isCarried } = row;
    const isUntouched = row.state === UNTOUCHED.state && row.attempts === 0 && row.leaseUntil === null;
    const isAhead = notBefore > at;
    const slot: Slot = {
      ...{ id, notBefore, isCarried, isOpen: isUntouched && isAhead },
      ...(isUntouched && !isAhead && { isOverdue: true }),
    };
    slots.set(personId, [...(slots.get(personId) ?? []), slot]);
  }
  return slots;
}

/** Looks up what the open ones say; one into which nothing can be put is open no longer. */
export async function readOpen({ store, rows }: Putting, slots: readonly Slot[]): Promise<void> {
  const open = new Map(
    slots.flatMap((slot) => (slot.id && (slot.isOpen || slot.isOverdue) ? [[slot.id, slot] as const] : [])),
  );
  if (open.size === 0) return;
  for (const row of await rows.outbox.findMany({ where: { id: { in: [...open.keys()] } } })) {
    const slot = open.get(row.id);
    const kept = opened(() => keptOf(store, row));
    if (!slot) continue;
    if (kept?.kind === 'gathered') slot.gathered = kept;
    else if (kept && canBeGathered(kept))
      slot.gathered = gatheredFrom(kept, store.calendar.dateOf(row.createdAt));
    else {
      slot.isOpen = false;
      delete slot.isOverdue;
    }
  }
}

/** Whoever sends it is told that a seal does not open; here it keeps nobody's message back. */
function opened<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

export const gatheredFrom = (content: Content, saidOn: CalendarDate): Gathered => ({
  kind: 'gathered',
  parts: [{ saidOn, content }],
});

export const takesMore = ({ isOpen, isOverdue, gathered }: Slot): boolean =>
  (isOpen || isOverdue === true) && gathered !== undefined && hasRoom(gathered);

/** What the slot says: as it was said, unless it came to stand with others or on another day. */
export const saidIn = ({ first, notBefore, gathered, isChanged }: Slot): Outgoing[] => {
  if (!first) return [];
  const isTold = gathered && (isChanged || first.isCarried) && canBeGathered(first.content as Content);
  return [{ ...first, notBefore, ...(isTold && { content: gathered }) }];
};
