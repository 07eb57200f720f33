import type { Rows } from '../prisma/database.ts';
import { bureauWeeks } from './bureau-week.ts';
import { hoursAhead, hoursOf } from './expected.ts';
import { merged } from './notice.ts';
import { enqueueAll } from './outbox.ts';
import { type Placed, place } from './place.ts';
import { countIn, type Putting, readOpen, type Slot, saidIn, slotsOf, type Unasked } from './slots.ts';
import type { Store } from './store.ts';
import { drawForward, noteWithin, putOtherwise, saidAmong, type Within } from './within.ts';

/** Persons of whom it is looked up at once what they are told: SQLite has a limit of what it can be handed. */
const AT_ONCE = 200;
/** As far ahead as anything is carried over: nobody's weeks are full for so long. */
const MOST_WEEKS = 60;

interface Person {
  personId: string;
  own: readonly Unasked[];
}

/**
 * 减负: puts in line what the week has room for, in the order of saying, and holds the rest back for what still comes in
 * the week, or for the next week's first workday (decision 029), inside the caller's transaction. What is exempt goes as it
 * is. What waits for the same instant goes as one message. Nothing is said twice.
 * @returns how many messages came in line
 */
export async function putWithinBudget(
  store: Store,
  rows: Rows,
  at: Date,
  messages: readonly Unasked[],
): Promise<number> {
  const people = await mergedOf(rows, messages);
  const exempt = people.flatMap(({ own }) => own.filter(({ isExempt }) => isExempt));
  let added = await enqueueAll(store, rows, at, exempt);
  await noteWithin(rows, at, exempt.flatMap(alsoIn));
  const counted = people.flatMap(({ personId, own }) => {
    const counting = own.filter(({ isExempt }) => !isExempt);
    return counting.length > 0 ? [{ personId, own: counting }] : [];
  });
  const weeks = bureauWeeks(store, MOST_WEEKS);
  const putting = { store, rows, at, weeks, ahead: hoursAhead(store) };
  for (let from = 0; from < counted.length; from += AT_ONCE)
    added += await putSome(putting, counted.slice(from, from + AT_ONCE));
  return added;
}

/** What several messages at once say under the same title is one message; what was said before is left out first. */
async function mergedOf(rows: Rows, messages: readonly Unasked[]): Promise<Person[]> {
  const people = [...Map.groupBy(messages, ({ personId }) => personId)];
  const keys = people.flatMap(([, own]) => (own.length > 1 ? own.map(({ key }) => key) : []));
  const said = await saidAmong(rows, keys);
  return people.map(([personId, own]) => {
    if (own.length === 1) return { personId, own };
    const unsaid = own.filter(({ key }) => !said.has(key));
    return { personId, own: merged([...new Map(unsaid.map((each) => [each.key, each])).values()]) };
  });
}

/** The keys that are known by the message that has them all: it is one message, and no record counts the others. */
const alsoIn = ({ also = [], personId, notBefore }: Unasked): Within[] =>
  also.map((key) => ({ key, personId, notBefore }));

/** One look at what they are told tells for most that nothing stands in the way. */
async function putSome(putting: Putting, people: readonly Person[]): Promise<number> {
  const { store, rows, at } = putting;
  const instants = people.flatMap(({ own }) => own.map(({ notBefore }) => notBefore.getTime()));
  const ids = people.map(({ personId }) => personId);
  const slots = await slotsOf(putting, ids, new Date(Math.min(...instants)));
  const plain: Unasked[] = [];
  const hard: Person[] = [];
  for (const person of people) {
    const [only, ...others] = person.own;
    const taken = slots.get(person.personId) ?? [];
    if (only && others.length === 0 && hasRoom(putting, taken, only)) plain.push(only);
    else hard.push(person);
  }
  const added = await enqueueAll(store, rows, at, plain);
  await noteWithin(rows, at, plain.flatMap(alsoIn));
  return hard.length === 0 ? added : added + (await putHard(putting, hard, slots));
}

/** It has room whatever is still to come to him in the week; and nothing waits that it could join or overtake. */
function hasRoom({ store, weeks, ahead }: Putting, taken: readonly Slot[], { notBefore }: Unasked): boolean {
  const hours = ahead(notBefore);
  // Who is told of what is rare is asked before the last place is given away, and else not: they may be thousands.
  const expected = Math.max(hours.filter(({ isRare }) => !isRare).length, Math.min(hours.length, 1));
  const used = countIn(taken, weeks.of(notBefore));
  return used + expected < store.rules.messages.unpromptedAWeek && !taken.some(({ isOpen }) => isOpen);
}

/** Where a week may be full, or something waits into which a message can be put. */
async function putHard(
  putting: Putting,
  people: readonly Person[],
  slots: ReadonlyMap<string, Slot[]>,
): Promise<number> {
  const { store, rows, at } = putting;
  const said = await saidAmong(
    rows,
    people.flatMap(({ own }) => own.map(({ key }) => key)),
  );
  await readOpen(
    putting,
    people.flatMap(({ personId }) => slots.get(personId) ?? []),
  );
  const within: Within[] = [];
  const all: [string, Slot][] = [];
  for (const { personId, own } of people) {
    const theirs = [...(slots.get(personId) ?? [])];
    for (const message of own.filter(({ key }) => !said.has(key))) {
      const hours = await hoursOf(store, rows, personId, putting.ahead(message.notBefore));
      within.push(...knownBy(message, place(putting, theirs, message, hours)));
    }
    all.push(...theirs.map((slot): [string, Slot] => [personId, slot]));
  }
  await putOtherwiseAll(putting, all);
  const added = await enqueueAll(
    store,
    rows,
    at,
    all.flatMap(([, slot]) => saidIn(slot)),
  );
  await noteWithin(rows, at, within);
  for (const [personId, { movedFrom, notBefore }] of all)
    if (movedFrom) await drawForward(rows, personId, movedFrom, notBefore);
  return added;
}

async function putOtherwiseAll({ store, rows }: Putting, slots: readonly [string, Slot][]): Promise<void> {
  for (const [, { id, gathered, isChanged, notBefore }] of slots)
    if (id !== undefined && gathered && isChanged)
      await putOtherwise(store, rows, id, { kept: gathered, notBefore });
}

/** What is to be known as said beside the message that came in line; what was left out is not. */
function knownBy(message: Unasked, placed: Placed | undefined): Within[] {
  if (!placed) return [];
  const { isWithin, notBefore, isCarried } = placed;
  const { key, personId, job } = message;
  const also = alsoIn({ ...message, notBefore });
  return isWithin ? [{ key, personId, job, notBefore, isCarried }, ...also] : also;
}
