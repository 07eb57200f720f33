import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Person } from '../../../ledger/directory.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import type { Store } from '../../../ledger/store.ts';
import { openSampleRecord, personNamed, type SampleRecord, takeStep } from '../../sample-record.ts';
import { type Picture, picture } from './picture.ts';
import { type Item, isAllowed, type Said, statesAfter, WORDS } from './rules-of-moves.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');
const DAY_MS = 86_400_000;

/** All parts of problem 3, so that it closes with them. */
const REFS = ['Z1-3-1', 'Z1-3-2'];
/** Two who supervise, one of discipline, two leaders, two of the staff, and one with no part in anything. */
const NAMES = ['程一禾', '叶知秋', '唐文澜', '孟知行', '苏静宜', '方远山', '许星阑', '何望舒'];

let record: SampleRecord;
let people: Person[];

beforeAll(async () => {
  record = await openSampleRecord(BEGAN);
  people = await Promise.all(NAMES.map((name) => personNamed(record.store, name)));
});

afterAll(() => record.close());

/** One step of a story: as who works properly would go on, the same by somebody else, aside, or anything by anybody. */
interface Choice {
  ref: string;
  /** How many days after the step before. */
  days: number;
  way: 'on' | 'other' | 'aside' | 'free';
  free: { person: number; word: string };
  people: { leader: number; responsible: number[]; assistant: number[] };
  /** Days from now until the date that is given, where the word asks for one. */
  term: number;
}

const choices: fc.Arbitrary<Choice[]> = fc.array(
  fc.record({
    ref: fc.constantFrom(...REFS),
    days: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 25 }) }),
    way: fc.constantFrom<Choice['way'][]>('on', 'on', 'on', 'on', 'other', 'other', 'aside', 'free'),
    free: fc.record({ person: fc.nat({ max: NAMES.length - 1 }), word: fc.constantFrom(...WORDS) }),
    people: fc.record({
      leader: fc.constantFrom(3, 4, 3, 4, 0),
      responsible: fc.uniqueArray(fc.constantFrom(5, 6, 5, 0, 0, 3), { minLength: 1, maxLength: 2 }),
      assistant: fc.uniqueArray(fc.constantFrom(6, 7, 4), { maxLength: 1 }),
    }),
    term: fc.integer({ min: -2, max: 60 }),
  }),
  { minLength: 20, maxLength: 40 },
);

interface Saying {
  person: Person | undefined;
  word: string;
}

const oneOf = (ids: readonly string[]) => people.find(({ id }) => ids.includes(id));

/** How who works properly goes on with an item. */
function stepOn(item: Item): Saying {
  const busy = [...item.responsible, ...item.assistant, item.reviewedBy];
  const steps: Record<string, Saying> = {
    unassigned: { person: people[0], word: '指派' },
    assigned: { person: oneOf(item.responsible), word: '签收' },
    signed: { person: oneOf(item.responsible), word: '进展' },
    progressing: { person: oneOf(item.responsible), word: '申请销号' },
    returned: { person: oneOf(item.responsible), word: '申请销号' },
    applied: { person: oneOf(item.leader), word: '审核通过' },
    reviewed: { person: people.slice(0, 2).find(({ id }) => !busy.includes(id)), word: '复核通过' },
  };
  return steps[item.state] ?? { person: people[0], word: '指派' };
}

/** Somebody who has a part in the item, or who supervises. */
function somebodyNear(item: Item, choice: number): Person | undefined {
  const supervisors = people.slice(0, 2).map(({ id }) => id);
  const near = [...supervisors, ...item.responsible, ...item.leader, ...item.assistant];
  return people.find(({ id }) => id === near[choice % near.length]);
}

/** What else happens to an item in a proper way: it is put off, or given back. */
function stepAside(item: Item): Saying {
  const leader = oneOf(item.leader);
  if (item.state === 'applied') return { person: leader, word: '退回' };
  if (item.state === 'reviewed') return { person: people[1], word: '退回' };
  if (item.deferredTo === undefined) {
    const word = ['申请延期', '按计划', '申请延期', '有困难'][item.version % 4] ?? '';
    return { person: oneOf(item.responsible), word };
  }
  return { person: leader, word: item.version % 2 === 0 ? '不予延期' : '准予延期' };
}

/** What a step says, all fields that any word may ask for. */
function saying(choice: Choice, item: Item, today: string, store: Store): Said | undefined {
  const { person: anybody, word: anything } = choice.free;
  const ways: Record<Choice['way'], Saying> = {
    on: stepOn(item),
    other: { person: somebodyNear(item, anybody), word: stepOn(item).word },
    aside: stepAside(item),
    free: { person: people[anybody], word: anything },
  };
  const { person, word } = ways[choice.way];
  if (!person) return undefined;
  const id = (index: number) => people[index]?.id ?? '';
  const on = store.calendar.addDays(today, choice.term);
  const { leader, responsible, assistant } = choice.people;
  return {
    person,
    word,
    today,
    values: {
      leader: id(leader),
      responsible: responsible.map(id),
      assistant: assistant.map(id),
      dueOn: on,
      to: store.calendar.addDays(item.dueOn ?? today, choice.term),
      text: '示例',
      summary: '示例',
      evidence: '示例',
      reason: '示例',
    },
  };
}

async function step(store: Store, said: Said, ref: string, at: Date): Promise<Refusal | undefined> {
  try {
    await takeStep(store, { ...said, ref, at });
    return undefined;
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
}

/** What must be true of every change, whatever was said. */
function checkStep(before: Picture, after: Picture, said: Said, ref: string): void {
  const changed = [...after.items.values()].filter(
    (item) => item.version !== before.items.get(item.ref)?.version,
  );
  expect(after.audit - before.audit, 'one record for each changed entry').toBe(changed.length);
  for (const item of changed) {
    const was = before.items.get(item.ref);
    expect(item.version).toBe((was?.version ?? 0) + 1);
    if (item.ref !== ref) expect(ref.startsWith(`${item.ref}-`), 'only what it is part of').toBe(true);
  }
  const [was, is] = [before.items.get(ref), after.items.get(ref)];
  if (!was || !is) throw new Error(`${ref} is gone`);
  expect(statesAfter(was.state, said.word)).toContain(is.state);
  if (is.dueOn !== was.dueOn) expect(['指派', '准予延期']).toContain(said.word);
  if (said.word === '准予延期') expect(is.dueOn?.localeCompare(was.dueOn ?? '')).toBe(1);
}

/** What must be true at every moment. */
function checkWhole({ items }: Picture): void {
  const all = [...items.values()];
  for (const item of all) {
    const parts = all.filter(({ parent }) => parent === item.ref);
    if (parts.length > 0) expect(item.closed).toBe(parts.every(({ closed }) => closed));
    expect(item.closed).toBe(item.state === 'closed');
    if (item.state !== 'closed' || parts.length > 0) continue;
    const hands = [item.applicant, item.reviewedBy, item.approvedBy];
    expect(new Set(hands).size, `${item.ref}: applicant, reviewer and approver`).toBe(3);
    expect(hands).not.toContain(undefined);
    for (const hand of hands.slice(1)) expect([...item.responsible, ...item.assistant]).not.toContain(hand);
    expect(item.responsible).toContain(item.applicant);
  }
}

/** How often what happened, in all stories together. */
const told = new Map<string, number>();
const count = (what: string) => told.set(what, (told.get(what) ?? 0) + 1);

async function tell(store: Store, story: readonly Choice[]): Promise<void> {
  let at = BEGAN;
  let before = await picture(store);
  for (const choice of story) {
    at = new Date(at.getTime() + choice.days * DAY_MS + 60_000);
    const item = before.items.get(choice.ref);
    const said = item && saying(choice, item, store.calendar.dateOf(at), store);
    if (!said) continue;
    const refusal = await step(store, said, choice.ref, at);
    const after = await picture(store);
    const allowed = isAllowed(item, said);
    expect(refusal === undefined, `${said.person.name} ${said.word} ${choice.ref}: ${refusal?.message}`).toBe(
      allowed,
    );
    if (refusal) expect(after).toEqual(before);
    else checkStep(before, after, said, choice.ref);
    checkWhole(after);
    count(refusal ? 'refused' : said.word);
    before = after;
  }
}

test('any sequence of moves by any persons keeps the rules of the 整改台账', async () => {
  await fc.assert(
    fc.asyncProperty(choices, async (story) => {
      const copy = await record.copy();
      try {
        await tell(copy.store, story);
        expect((await verify(copy.store.database.rows)).problems).toEqual([]);
      } finally {
        await copy.close();
      }
    }),
    { numRuns: 12 },
  );
  // Else the stories would show little.
  expect([...told.keys()]).toEqual(expect.arrayContaining(['申请延期', '退回', '复核通过']));
  expect(told.get('refused')).toBeGreaterThan(30);
});
