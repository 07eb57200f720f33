import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../ledger/audit/verify.ts';
import type { Person } from '../../../ledger/directory.ts';
import { rectification } from '../../../ledger/rectification/rectification.ts';
import { Refusal } from '../../../ledger/refusal.ts';
import type { Store } from '../../../ledger/store.ts';
import { runs } from '../../chance.ts';
import { openSampleRecord, personNamed, type SampleRecord, takeStep } from '../../sample-record.ts';
import { dueAfter } from './dates-of-moves.ts';
import { giveEvidence } from './give-evidence.ts';
import { type Picture, picture } from './picture.ts';
import { buildRound } from './round-by-words.ts';
import { hasWayOut, type Item, isAllowed, isMutual, type Said, statesAfter } from './rules-of-moves.ts';
import { type Choice, choices, FILE, NAMES, saying } from './stories.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');
const DAY_MS = 86_400_000;

let record: SampleRecord;
let people: Person[];

beforeAll(async () => {
  record = await openSampleRecord(BEGAN);
  await buildRound(record.store, BEGAN);
  people = await Promise.all(NAMES.map((name) => personNamed(record.store, name)));
});

afterAll(() => record.close());

async function step(store: Store, said: Said, ref: string, at: Date): Promise<Refusal | undefined> {
  try {
    if (said.word === FILE) await giveEvidence(store, said.person.name, ref, at);
    else await takeStep(store, { ...said, ref, at });
    return undefined;
  } catch (fault) {
    if (fault instanceof Refusal) return fault;
    throw fault;
  }
}

const CLOSED = ['closed', 'consolidated'];

/** What must be true of every change, whatever was said. */
function checkStep(before: Picture, after: Picture, said: Said, ref: string, store: Store): void {
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
  if (said.word === FILE) return;
  expect(statesAfter(was, said.word)).toContain(is.state);
  const { calendar, rules } = store;
  expect(is.dueOn).toBe(dueAfter(was, said, calendar.addDays(said.today, rules.warnings.green.days)));
  checkKept(was, is, said);
}

/** What was laid down or decided before is not lost by a step. */
function checkKept(was: Item, is: Item, { word, person, today }: Said): void {
  for (const on of was.oldDates) expect(is.oldDates, 'old dates are kept').toContain(on);
  const isMovedOn = ['进展', '电话'].includes(word);
  if (was.dueOn && is.dueOn !== was.dueOn && !isMovedOn) expect(is.oldDates).toContain(was.dueOn);
  const isTakenBack = ['反弹', '审定有异'].includes(word);
  expect(is.earlier.length).toBe(was.earlier.length + (isTakenBack ? 1 : 0));
  expect(is.relapses).toBe(was.relapses + (word === '反弹' ? 1 : 0));
  if (CLOSED.includes(was.state) && CLOSED.includes(is.state)) expect(is.closedAt).toBe(was.closedAt);
  if (word === '反弹')
    expect([is.applicant, is.reviewedBy, is.approvedBy, is.files]).toEqual([
      undefined,
      undefined,
      undefined,
      0,
    ]);
  if (word === '电话') expect(is.takenBy).toBe(person.id);
  if (is.state === 'closed' && was.state !== 'closed') expect(String(is.lookBackOn) > today).toBe(true);
}

/** What must be true at every moment. */
function checkWhole({ items }: Picture): void {
  const all = [...items.values()];
  for (const item of all) {
    const parts = all.filter(({ parent }) => parent === item.ref);
    if (parts.length > 0) {
      const isDone = parts.every(({ closedAt }) => closedAt !== undefined);
      expect(item.closedAt !== undefined, `${item.ref} is closed with its parts`).toBe(isDone);
    }
    expect(item.closedAt !== undefined, `${item.ref} ${item.state}`).toBe(CLOSED.includes(item.state));
    if (CLOSED.includes(item.state) && parts.length === 0) checkClosed(item);
  }
}

/** 对账销号: three persons, evidence, and the meeting where it is asked for. */
function checkClosed(item: Item): void {
  const hands = [item.applicant, item.reviewedBy, item.approvedBy];
  expect(new Set(hands).size, `${item.ref}: applicant, reviewer and approver`).toBe(3);
  expect(hands).not.toContain(undefined);
  for (const hand of hands.slice(1)) expect([...item.responsible, ...item.assistant]).not.toContain(hand);
  expect(item.responsible).toContain(item.applicant);
  expect(item.files, `${item.ref} has evidence`).toBeGreaterThan(0);
  expect(item.hasMeeting).toBe(item.needsMeeting);
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
    const said = item && saying(choice, item, people, { today: store.calendar.dateOf(at), store });
    if (!said || (said.word === FILE && !item.responsible.includes(said.person.id))) continue;
    const refusal = await step(store, said, choice.ref, at);
    const after = await picture(store);
    const all = [...before.items.values()];
    const allowed = said.word === FILE || isAllowed(all, item, said);
    expect(refusal === undefined, `${said.person.name} ${said.word} ${choice.ref}: ${refusal?.message}`).toBe(
      allowed,
    );
    if (refusal) expect(after).toEqual(before);
    else checkStep(before, after, said, choice.ref, store);
    if (refusal?.code === 'four-eyes') expect(refusal.message).toContain(clauseOf(said, store));
    if (refusal && isMutual(all, item, said.person)) count('mutual');
    checkWhole(after);
    count(refusal ? 'refused' : said.word);
    before = after;
  }
}

/** What a refusal by the 四眼原则 has to name. */
const clauseOf = ({ word }: Said, { rules }: Store): string =>
  word === '指派' ? '责任领导要审核销号' : `依据：${rules.fourEyes.source}`;

test('from every state something leads on, by the rules and by the program', () => {
  const moves = rectification.moves.map(({ from, name }) => ({ from, name }));
  // A round before it has problems is no item; what was taken out is nothing any more.
  const apart = ['opened', 'taken-out'];
  const itemStates = Object.keys(rectification.states).filter((state) => !apart.includes(state));
  expect(itemStates.filter((state) => !hasWayOut(state))).toEqual([]);
  expect(
    Object.keys(rectification.states).filter((state) => !moves.some(({ from }) => from.includes(state))),
  ).toEqual([]);
});

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
    { numRuns: runs(6) },
  );
  // Else the stories would show little.
  const words = ['申请暂难', '撤回申请', '审定有异', '退回', '复核通过', '审定', '反弹', '电话', FILE];
  expect([...told.keys()]).toEqual(expect.arrayContaining(words));
  expect(told.get('refused')).toBeGreaterThan(30);
});
