import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { operate } from '../../../ledger/operation.ts';
import type { Store } from '../../../ledger/store.ts';
import { runs } from '../../chance.ts';
import { openSampleRecord, personNamed, type SampleRecord } from '../../sample-record.ts';
import { goOut, type InLine, inLine, notice } from './posting.ts';

const HOUR_MS = 3_600_000;
/** Weeks with National Day in them. */
const BEGAN = new Date('2026-09-21T00:00:00Z');

/** What a job would say at one time; `isLost`: the process dies before it is stored, and says it all at the next time. */
interface Turn {
  hours: number;
  messages: { person: number; isExempt: boolean; days: number | undefined }[];
  isLost: boolean;
  /** What was said before is asked for once more. */
  isRepeated: boolean;
}

const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.record({
    hours: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 12, max: 40 })),
    messages: fc.array(
      fc.record({
        person: fc.constantFrom(0, 0, 0, 1),
        isExempt: fc.constantFrom(false, false, false, true),
        days: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined, freq: 4 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    isLost: fc.constantFrom(false, false, true),
    isRepeated: fc.boolean(),
  }),
  { minLength: 12, maxLength: 30 },
);

interface Said {
  key: string;
  personId: string;
  isExempt: boolean;
  notLaterThan: string | undefined;
  allowedAt: string;
}

let record: SampleRecord;
beforeAll(async () => {
  record = await openSampleRecord(BEGAN);
});
afterAll(() => record.close());

/** @returns what was said, in the order of saying */
async function live(store: Store, people: readonly string[], story: readonly Turn[]): Promise<Said[]> {
  const { calendar, rules } = store;
  const stored: Said[] = [];
  let waiting: Said[] = [];
  let at = BEGAN;
  for (const [number, { hours, messages, isLost, isRepeated }] of story.entries()) {
    at = new Date(at.getTime() + hours * HOUR_MS);
    const allowedAt = calendar.minuteOf(calendar.afterQuietHours(at, rules.quietHours));
    const fresh = messages.map(({ person, isExempt, days }, index) => ({
      key: `${people[person]}-${number}-${index}`,
      personId: people[person] ?? '',
      isExempt,
      notLaterThan: days === undefined ? undefined : calendar.addDays(allowedAt.slice(0, 10), days),
      allowedAt,
    }));
    waiting = [...waiting, ...fresh].map((said) => ({ ...said, allowedAt }));
    const asked = isRepeated ? [...stored, ...waiting] : waiting;
    const turn = operate(store, { actor: 'job:graded-warning', at }, async (operation) => {
      for (const { key, personId, isExempt, notLaterThan } of asked)
        operation.post({
          key,
          personId,
          isExempt,
          job: 'graded-warning',
          content: notice(`提醒${key}`),
          ...(notLaterThan !== undefined && { notLaterThan }),
        });
      await operation.flush();
      if (isLost) throw new Error('the process ends');
    });
    await turn.catch((fault: unknown) => {
      if (!isLost) throw fault;
    });
    if (isLost) continue;
    await goOut(store, at);
    stored.push(...waiting);
    waiting = [];
  }
  return stored;
}

const weekOf = (store: Store, { notBefore }: Pick<InLine, 'notBefore'>) =>
  store.calendar.weekOf(notBefore.slice(0, 10));

/** Weeks in which more went than fits, but for messages that would have come too late on the next week's first workday. */
function overfull(store: Store, said: readonly Said[], line: readonly InLine[]): InLine[][] {
  const lastOf = new Map(said.map(({ key, notLaterThan }) => [`提醒${key}`, notLaterThan]));
  const counted = line.filter(({ isExempt }) => !isExempt);
  const weeks = Map.groupBy(counted, (message) => weekOf(store, message));
  return [...weeks.values()].filter((messages) => {
    const canWait = messages.filter(({ notBefore, says }) => {
      const next = nextFirstWorkday(store, notBefore.slice(0, 10));
      return says.every((title) => (lastOf.get(title) ?? next) >= next);
    });
    return canWait.length > store.rules.messages.unpromptedAWeek;
  });
}

function nextFirstWorkday({ calendar }: Store, on: string): string {
  for (let monday = calendar.addDays(calendar.mondayOf(on), 7); ; monday = calendar.addDays(monday, 7)) {
    const first = calendar.firstWorkdayOfWeek(monday);
    if (first) return first;
  }
}

test('whatever is posted and whenever the process ends: nobody gets more than the week’s budget but for what is dated, all is said once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(turns, async (story) => {
      const copy = await record.copy();
      onTestFinished(() => copy.close());
      const { store } = copy;
      // For the one a place of each week is kept, for its summary; of the other the house knows nothing.
      const people = [(await personNamed(store, '程一禾')).id, 'somebody'];
      const said = await live(store, people, story);
      for (const personId of people) {
        const line = await inLine(store, personId);
        const own = said.filter((each) => each.personId === personId);
        const told = line.flatMap(({ says }) => says);
        expect([...told].sort(), 'each is said exactly once').toEqual(
          own.map(({ key }) => `提醒${key}`).sort(),
        );
        expect(overfull(store, said, line), 'a week has more than fits').toEqual([]);
        const undated = own.filter((each) => !each.isExempt && each.notLaterThan === undefined);
        const order = told.filter((title) => undated.some(({ key }) => title === `提醒${key}`));
        expect(order, 'what has no date keeps its order').toEqual(undated.map(({ key }) => `提醒${key}`));
        for (const { key, notLaterThan, allowedAt } of own) {
          const message = line.find(({ says }) => says.includes(`提醒${key}`));
          const isInTime = notLaterThan === undefined || notLaterThan < allowedAt.slice(0, 10);
          if (!isInTime) expect((message?.notBefore ?? '').slice(0, 10) <= notLaterThan).toBe(true);
          expect(message && store.calendar.isWorkday(message.notBefore.slice(0, 10))).toBe(true);
        }
      }
    }),
    { numRuns: runs(20) },
  );
}, 240_000);
