import type { Rows } from '../prisma/database.ts';
import type { BureauWeek, BureauWeeks } from './bureau-week.ts';
import type { CalendarDate } from './calendar.ts';
import { canBeGathered, type Gathered, hasRoom } from './gathered.ts';
import type { Content } from './message.ts';
import { keptOf, type Outgoing } from './outbox.ts';
import type { Store } from './store.ts';
import type { Unprompted } from './unprompted.ts';
import { UNTOUCHED, WITHIN } from './within.ts';

/** A message that nobody's act has caused. */
export interface Unasked extends Outgoing {
  content: Content;
  job: Unprompted;
  isExempt: boolean;
  /** The last day on which it is of use. */
  notLaterThan?: CalendarDate;
  /** Keys of what is said within it. */
  also?: readonly string[];
}

/** What one person is told unasked in a week or in those to come, but for what is exempt. */
export interface Slot {
  notBefore: Date;
  /** It waits, and others can be put into it. */
  isOpen: boolean;
  isCarried: boolean;
  /** Absent: it comes in line with this operation. */
  id?: string;
  /** What came first of it, where it is not in line yet. */
  first?: Outgoing;
  /** What it will say, once that was looked up. */
  gathered?: Gathered;
  isChanged?: true;
}

/** What is known while messages are put in line. */
export interface Putting {
  store: Store;
  rows: Rows;
  at: Date;
  weeks: BureauWeeks;
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
  const found = await rows.outbox.findMany({
    where: {
      personId: { in: [...personIds] },
      notBefore: { gte: weeks.of(first).from },
      job: { not: null },
      isExempt: false,
      state: { not: WITHIN },
    },
    select: {
      id: true,
      personId: true,
      notBefore: true,
      isCarried: true,
      state: true,
      attempts: true,
      leaseUntil: true,
    },
    orderBy: { id: 'asc' },
  });
  const slots = new Map<string, Slot[]>();
  for (const row of found) {
    const { id, personId, notBefore, isCarried } = row;
    const isUntouched = row.state === UNTOUCHED.state && row.attempts === 0 && row.leaseUntil === null;
    const slot = { id, notBefore, isCarried, isOpen: isUntouched && notBefore > at };
    slots.set(personId, [...(slots.get(personId) ?? []), slot]);
  }
  return slots;
}

/** Looks up what the open ones say; one into which nothing can be put is open no longer. */
export async function readOpen({ store, rows }: Putting, slots: readonly Slot[]): Promise<void> {
  const open = new Map(slots.flatMap((slot) => (slot.isOpen && slot.id ? [[slot.id, slot] as const] : [])));
  if (open.size === 0) return;
  for (const row of await rows.outbox.findMany({ where: { id: { in: [...open.keys()] } } })) {
    const slot = open.get(row.id);
    const kept = opened(() => keptOf(store, row));
    if (!slot) continue;
    if (kept?.kind === 'gathered') slot.gathered = kept;
    else if (kept && canBeGathered(kept))
      slot.gathered = gatheredFrom(kept, store.calendar.dateOf(row.createdAt));
    else slot.isOpen = false;
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

const gatheredFrom = (content: Content, saidOn: CalendarDate): Gathered => ({
  kind: 'gathered',
  parts: [{ saidOn, content }],
});

/** When a message will be told. */
export interface Placed {
  notBefore: Date;
  isCarried: boolean;
  /** It became part of another message. */
  isWithin: boolean;
}

/**
 * Finds the message its place among what the person is told: in what waits for the same instant; else in its week, where
 * that has room; else on a later week's first workday; and where that is too late for it, in its week all the same. Only
 * this last overtakes what was carried over.
 */
export function place({ store, at, weeks }: Putting, slots: Slot[], message: Unasked): Placed {
  const { content, notLaterThan } = message;
  const saidOn = store.calendar.dateOf(at);
  const most = store.rules.messages.unpromptedAWeek;
  const canJoin = canBeGathered(content);
  const join = (notBefore: Date, isCarried: boolean): Placed | undefined => {
    const slot = canJoin ? slots.find((each) => isAt(each, notBefore) && takesMore(each)) : undefined;
    if (!slot?.gathered) return undefined;
    slot.gathered = { ...slot.gathered, parts: [...slot.gathered.parts, { saidOn, content }] };
    slot.isChanged = true;
    return { notBefore, isCarried, isWithin: true };
  };
  const add = (notBefore: Date, isCarried: boolean): Placed => {
    const first = { ...message, notBefore, isCarried };
    slots.push({ notBefore, isOpen: canJoin, isCarried, first, gathered: gatheredFrom(content, saidOn) });
    return { notBefore, isCarried, isWithin: false };
  };
  const hasPlace = (week: BureauWeek) => countIn(slots, week) < most;
  const now = message.notBefore;
  // What was carried over before it was said before it.
  const overtakes = slots.some(({ isCarried, notBefore }) => isCarried && notBefore > now);
  const placed = overtakes
    ? undefined
    : (join(now, false) ?? (hasPlace(weeks.of(now)) ? add(now, false) : undefined));
  if (placed) return placed;
  for (const week of weeks.after(now)) {
    if (notLaterThan !== undefined && notLaterThan < week.firstOn) break;
    const carried = join(week.opensAt, true) ?? (hasPlace(week) ? add(week.opensAt, true) : undefined);
    if (carried) return carried;
  }
  return join(now, false) ?? add(now, false);
}

const takesMore = ({ isOpen, gathered }: Slot): boolean =>
  isOpen && gathered !== undefined && hasRoom(gathered);

/** What the slot says: as it was said, unless it came to stand with others or on another day. */
export const saidIn = ({ first, gathered, isChanged }: Slot): Outgoing[] => {
  if (!first) return [];
  const isTold = gathered && (isChanged || first.isCarried) && canBeGathered(first.content as Content);
  return [isTold ? { ...first, content: gathered } : first];
};
