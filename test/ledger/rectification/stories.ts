import fc from 'fast-check';
import type { Person } from '../../../ledger/directory.ts';
import type { Store } from '../../../ledger/store.ts';
import { type Item, type Said, WORDS } from './rules-of-moves.ts';

/** All parts of problem 3, so that it closes with them, and a whole round whose closings need the 党组会. */
const REFS = ['Z1-3-1', 'Z1-3-2', 'Z2-1', 'Z2-2-1'];
/** Two who supervise, one of discipline, two leaders, two of the staff, and one with no part in anything. */
export const NAMES = ['程一禾', '叶知秋', '唐文澜', '孟知行', '苏静宜', '方远山', '许星阑', '何望舒'];

/** One step of a story: as who works properly would go on, the same by somebody else, aside, or anything by anybody. */
export interface Choice {
  ref: string;
  /** How many days after the step before. */
  days: number;
  way: 'on' | 'other' | 'aside' | 'free';
  free: { person: number; word: string };
  people: { leader: number; responsible: number[]; assistant: number[] };
  /** Days from now until the date that is given, where the word asks for one. */
  term: number;
  category: 'timed' | 'lasting' | undefined;
  isUndated: boolean;
}

const days = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat({ max: 25 }) },
  { weight: 1, arbitrary: fc.constant(95) },
);

export const choices: fc.Arbitrary<Choice[]> = fc.array(
  fc.record({
    ref: fc.constantFrom(...REFS),
    days,
    way: fc.constantFrom<Choice['way'][]>(
      'on',
      'on',
      'on',
      'on',
      'on',
      'other',
      'other',
      'aside',
      'aside',
      'free',
    ),
    free: fc.record({ person: fc.nat({ max: NAMES.length - 1 }), word: fc.constantFrom(...WORDS) }),
    people: fc.record({
      leader: fc.constantFrom(3, 4, 3, 4, 0),
      responsible: fc.uniqueArray(fc.constantFrom(5, 6, 5, 0, 0, 3), { minLength: 1, maxLength: 2 }),
      assistant: fc.uniqueArray(fc.constantFrom(6, 7, 4), { maxLength: 1 }),
    }),
    term: fc.integer({ min: -2, max: 60 }),
    category: fc.constantFrom(undefined, undefined, undefined, 'timed', 'lasting'),
    isUndated: fc.boolean(),
  }),
  { minLength: 50, maxLength: 80, size: 'max' },
);

interface Saying {
  person: Person | undefined;
  word: string;
}

/** It is no word of the rules: a file is sent, from which on a closing may be asked for. */
export const FILE = '佐证';

const oneOf = (people: readonly Person[], ids: readonly string[]) =>
  people.find(({ id }) => ids.includes(id));

/** A 督查员 who has not had a hand in it. */
const supervisorFor = (people: readonly Person[], { responsible, assistant, reviewedBy }: Item) =>
  people.slice(0, 2).find(({ id }) => ![...responsible, ...assistant, reviewedBy].includes(id));

/** How who works properly goes on with an item. */
function stepOn(item: Item, people: readonly Person[]): Saying {
  const done = { person: oneOf(people, item.responsible), word: item.files === 0 ? FILE : '申请销号' };
  const steps: Record<string, Saying> = {
    unassigned: { person: people[0], word: '指派' },
    assigned: { person: oneOf(people, item.responsible), word: '签收' },
    signed: { person: oneOf(people, item.responsible), word: '进展' },
    progressing: done,
    returned: done,
    relapsed: done,
    stalled: { person: oneOf(people, item.leader), word: '恢复整改' },
    applied: { person: oneOf(people, item.leader), word: '审核通过' },
    reviewed: { person: supervisorFor(people, item), word: '复核通过' },
    approved: { person: people[2], word: '审定' },
    closed: { person: supervisorFor(people, item), word: '巩固' },
  };
  return steps[item.state] ?? { person: people[1], word: '核查' };
}

/** Somebody who has a part in the item, or who supervises. */
function somebodyNear(item: Item, people: readonly Person[], choice: number): Person | undefined {
  const supervisors = people.slice(0, 2).map(({ id }) => id);
  const near = [...supervisors, ...item.responsible, ...item.leader, ...item.assistant];
  return people.find(({ id }) => id === near[choice % near.length]);
}

/** What else happens to an item in a proper way: it is put off or set aside, given back, looked into, or does not last. */
function stepAside(item: Item, people: readonly Person[], pick: number): Saying {
  const leader = oneOf(people, item.leader);
  const isEven = item.version % 2 === 0;
  if (item.state === 'applied')
    return isEven
      ? { person: people.find(({ id }) => id === item.applicant), word: '撤回申请' }
      : { person: leader, word: '退回' };
  if (['reviewed', 'approved'].includes(item.state)) return { person: people[1], word: '退回' };
  if (item.state === 'closed' && item.hasMeeting) return { person: people[2], word: '审定有异' };
  if (['closed', 'consolidated'].includes(item.state))
    return { person: supervisorFor(people, item), word: '反弹' };
  if (item.deferredTo !== undefined) return { person: leader, word: isEven ? '不予延期' : '准予延期' };
  if (item.stallUntil !== undefined && item.state !== 'stalled')
    return { person: leader, word: isEven ? '不同意暂难' : '同意暂难' };
  const words = ['申请延期', '电话', '申请暂难', '申请延期', '修改', '按计划', '有困难'];
  const word = words[pick % words.length] ?? '';
  return { person: ['电话', '修改'].includes(word) ? people[1] : oneOf(people, item.responsible), word };
}

/** The bureau's day, and its calendar. */
interface Now {
  today: string;
  store: Pick<Store, 'calendar'>;
}

/** What a step says, with all fields that any word may ask for. */
export function saying(choice: Choice, item: Item, people: readonly Person[], now: Now): Said | undefined {
  const { person: anybody, word: anything } = choice.free;
  const ways: Record<Choice['way'], Saying> = {
    on: stepOn(item, people),
    other: { person: somebodyNear(item, people, anybody), word: stepOn(item, people).word },
    aside: stepAside(item, people, Math.abs(choice.term)),
    free: { person: people[anybody], word: anything },
  };
  const { person, word } = ways[choice.way];
  if (!person) return undefined;
  const { dueOn, ...values } = valuesOf(choice, item, people, now);
  const isUndated = word === '指派' && choice.isUndated;
  return { person, word, today: now.today, values: isUndated ? values : { ...values, dueOn } };
}

function valuesOf(choice: Choice, item: Item, people: readonly Person[], { today, store }: Now) {
  const id = (index: number) => people[index]?.id ?? '';
  const { leader, responsible, assistant } = choice.people;
  const { term, category } = choice;
  const { calendar } = store;
  const isWithAnybody = term % 4 === 0;
  return {
    leader: id(leader),
    responsible: responsible.map(id),
    assistant: assistant.map(id),
    dueOn: calendar.addDays(today, term),
    ...(category && { category }),
    to: calendar.addDays(item.dueOn ?? today, 2 * term),
    until: calendar.addDays(item.dueOn ?? today, term),
    // A meeting, or a visit.
    on: calendar.addDays(today, term < 0 ? 1 : -Math.floor(term / 20)),
    name: '示例会议',
    answer: (['planned', 'difficult', 'progress'] as const)[Math.abs(term) % 3],
    with: isWithAnybody ? id(choice.free.person) : (item.responsible[0] ?? id(5)),
    how: 'visit',
    target: `示例目标 ${term % 5}`,
    ...{ text: '示例', summary: '示例', evidence: '示例', reason: '示例', findings: '示例' },
  };
}
