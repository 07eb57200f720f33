import type { BureauWeek } from './bureau-week.ts';
import { canBeGathered } from './gathered.ts';
import { countIn, gatheredFrom, isAt, type Putting, type Slot, takesMore, type Unasked } from './slots.ts';

/** When a message will be told. */
export interface Placed {
  notBefore: Date;
  /** It was held back because enough is said in its week. */
  isCarried: boolean;
  /** It became part of another message. */
  isWithin: boolean;
}

/** A message that looks for its place among what the person is told. */
interface Placing extends Putting {
  slots: Slot[];
  message: Unasked;
  week: BureauWeek;
  /** How much of the week is used up. */
  taken: number;
  /** Hours of this week that will bring him something that cannot go in another: a place is kept for each. */
  kept: readonly Date[];
  /** The latest of what was held back before: what has no date does not overtake it. */
  held: Date | undefined;
}

/**
 * Finds the message its place: in what waits for the same instant; else in its week, where that has room beside what is
 * still to come in it; else together with what comes to him later in the week; else on a later week's first workday. What
 * would be too late then takes a place that was kept, or draws forward what waits; only where neither is there, it goes
 * beyond the budget.
 * @param hours at which the week will bring him something
 * @returns nothing where it was left out: the week is full and it can be done without
 */
export function place(
  putting: Putting,
  slots: Slot[],
  message: Unasked,
  hours: readonly Date[],
): Placed | undefined {
  const { weeks, store } = putting;
  const now = message.notBefore;
  const week = weeks.of(now);
  const day = (at: Date) => store.calendar.dateOf(at);
  const isMet = (hour: Date) =>
    slots.some(({ isOpen, notBefore }) => isOpen && notBefore >= hour && day(notBefore) === day(hour));
  const held = slots.flatMap(({ isCarried, notBefore }) => (isCarried && notBefore > now ? [notBefore] : []));
  const placing: Placing = {
    ...putting,
    ...{ slots, message, week, taken: countIn(slots, week) },
    kept: hours.filter((hour) => !isMet(hour)),
    held: held.sort((one, other) => one.getTime() - other.getTime()).at(-1),
  };
  return atOnce(placing) ?? laterInItsWeek(placing) ?? inALaterWeek(placing) ?? allTheSame(placing);
}

function atOnce(placing: Placing): Placed | undefined {
  const { message, taken, kept, held } = placing;
  if (held && message.notLaterThan === undefined) return undefined;
  const now = message.notBefore;
  const isFree = taken + kept.length < most(placing);
  return (
    joined(placing, (slot) => slot.isOpen && isAt(slot, now), false) ??
    (isFree ? added(placing, now, false) : undefined)
  );
}

/** Minutes after its hour for which what waits for a message goes out with it: by then it is there. */
const GATHERING_MS = 5 * 60_000;

/** In what waits already, or beside what is still to come: on the earliest day, and of that day with the last that comes. */
function laterInItsWeek(placing: Placing): Placed | undefined {
  const { message, week, taken, kept, held, store } = placing;
  const { calendar, rules } = store;
  if (!canBeGathered(message.content)) return undefined;
  const { notBefore: now, notLaterThan } = message;
  const from = notLaterThan === undefined ? (held ?? now) : now;
  const isInTime = (at: Date) =>
    at >= from && at < week.to && (notLaterThan === undefined || calendar.dateOf(at) <= notLaterThan);
  const within = joined(placing, ({ notBefore }) => notBefore > now && isInTime(notBefore), true);
  if (within || taken >= most(placing)) return within;
  const [first] = kept;
  const last = kept.findLast((hour) => first && calendar.dateOf(hour) === calendar.dateOf(first));
  if (!last) return undefined;
  const at = calendar.afterQuietHours(new Date(last.getTime() + GATHERING_MS), rules.quietHours);
  return isInTime(at) ? added(placing, at, true) : undefined;
}

function inALaterWeek(placing: Placing): Placed | undefined {
  const { message, slots, weeks } = placing;
  for (const week of weeks.after(message.notBefore)) {
    if (message.notLaterThan !== undefined && message.notLaterThan < week.firstOn) return undefined;
    const carried =
      joined(placing, (slot) => isAt(slot, week.opensAt), true) ??
      (countIn(slots, week) < most(placing) ? added(placing, week.opensAt, true) : undefined);
    if (carried) return carried;
  }
  return undefined;
}

/** In a place that was kept; else with what ought to be under way; else what waits in its week goes now, with it. */
function allTheSame(placing: Placing): Placed | undefined {
  const { message, slots, week, taken } = placing;
  const now = message.notBefore;
  // What can be done without displaces nothing.
  const { canBeLeftOut = false } = message;
  if (taken < most(placing) && !canBeLeftOut) return added(placing, now, false);
  const isOfWeek = ({ notBefore }: Slot) => notBefore >= week.from && notBefore < week.to;
  const together = joined(placing, (slot) => slot.isOverdue === true && isOfWeek(slot), false);
  if (together || canBeLeftOut) return together;
  const waits = slots.find((slot) => slot.notBefore > now && isOfWeek(slot) && takesMore(slot));
  if (waits && canBeGathered(message.content)) {
    waits.movedFrom ??= waits.notBefore;
    waits.notBefore = now;
    return joined(placing, (slot) => slot === waits, false);
  }
  return added(placing, now, false);
}

const most = ({ store }: Placing): number => store.rules.messages.unpromptedAWeek;

/** Puts it into the earliest that will do. */
function joined(
  { message, slots, at, store }: Placing,
  isMeant: (slot: Slot) => boolean,
  isCarried: boolean,
): Placed | undefined {
  if (!canBeGathered(message.content)) return undefined;
  const [slot] = slots
    .filter((each) => isMeant(each) && takesMore(each))
    .sort((one, other) => one.notBefore.getTime() - other.notBefore.getTime());
  if (!slot?.gathered) return undefined;
  const part = { saidOn: store.calendar.dateOf(at), content: message.content };
  slot.gathered = { ...slot.gathered, parts: [...slot.gathered.parts, part] };
  slot.isChanged = true;
  return { notBefore: slot.notBefore, isCarried, isWithin: true };
}

function added({ message, slots, at, store }: Placing, notBefore: Date, isCarried: boolean): Placed {
  const { content } = message;
  slots.push({
    ...{ notBefore, isCarried, isOpen: canBeGathered(content) },
    first: { ...message, notBefore, isCarried },
    gathered: gatheredFrom(content, store.calendar.dateOf(at)),
  });
  return { notBefore, isCarried, isWithin: false };
}
