import type { Rows } from '../prisma/database.ts';
import { bureauWeeks } from './bureau-week.ts';
import { merged } from './notice.ts';
import { enqueueAll } from './outbox.ts';
import {
  countIn,
  isAt,
  type Placed,
  type Putting,
  place,
  readOpen,
  type Slot,
  saidIn,
  slotsOf,
  type Unasked,
} from './slots.ts';
import type { Store } from './store.ts';
import { noteWithin, putOtherwise, saidAmong, type Within } from './within.ts';

/** Persons of whom it is looked up at once what they are told: SQLite has a limit of what it can be handed. */
const AT_ONCE = 200;
/** As far ahead as anything is carried over: nobody's weeks are full for so long. */
const MOST_WEEKS = 60;

interface Person {
  personId: string;
  own: readonly Unasked[];
}

/**
 * 减负: puts in line what the week has room for, in the order of saying, and carries the rest over to the next week's
 * first workday (decision 029), inside the caller's transaction. What is exempt goes as it is; what would be of no use by
 * then goes beyond the budget. What waits for the same instant goes as one message. Nothing is said twice.
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
  const putting = { store, rows, at, weeks: bureauWeeks(store, MOST_WEEKS) };
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
  const { store, rows, at, weeks } = putting;
  const instants = people.flatMap(({ own }) => own.map(({ notBefore }) => notBefore.getTime()));
  const ids = people.map(({ personId }) => personId);
  const slots = await slotsOf(putting, ids, new Date(Math.min(...instants)));
  const plain: Unasked[] = [];
  const hard: Person[] = [];
  for (const person of people) {
    const [only, ...others] = person.own;
    const taken = slots.get(person.personId) ?? [];
    const isPlain =
      only &&
      others.length === 0 &&
      countIn(taken, weeks.of(only.notBefore)) < store.rules.messages.unpromptedAWeek &&
      !taken.some((slot) => slot.isOpen && isAt(slot, only.notBefore));
    if (isPlain) plain.push(only);
    else hard.push(person);
  }
  const added = await enqueueAll(store, rows, at, plain);
  await noteWithin(rows, at, plain.flatMap(alsoIn));
  return hard.length === 0 ? added : added + (await putHard(putting, hard, slots));
}

/** Where a week is full, or something waits into which a message can be put. */
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
  const all: Slot[] = [];
  for (const { personId, own } of people) {
    const theirs = [...(slots.get(personId) ?? [])];
    for (const message of own.filter(({ key }) => !said.has(key)))
      within.push(...knownBy(message, place(putting, theirs, message)));
    all.push(...theirs);
  }
  for (const { id, gathered, isChanged } of all)
    if (id !== undefined && gathered && isChanged) await putOtherwise(store, rows, id, gathered);
  const added = await enqueueAll(store, rows, at, all.flatMap(saidIn));
  await noteWithin(rows, at, within);
  return added;
}

/** What is to be known as said beside the message that came in line. */
function knownBy(message: Unasked, { isWithin, notBefore, isCarried }: Placed): Within[] {
  const { key, personId, job } = message;
  const also = alsoIn({ ...message, notBefore });
  return isWithin ? [{ key, personId, job, notBefore, isCarried }, ...also] : also;
}
