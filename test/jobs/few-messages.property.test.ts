import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WITHIN } from '../../ledger/within.ts';
import { runs } from '../chance.ts';
import { goOut } from '../ledger/budget/posting.ts';
import { openSampleRecord, type SampleRecord } from '../sample-record.ts';
import { assign } from './at-work.ts';
import { liveThrough } from './live-through.ts';
import type { Jump } from './remarks.ts';

/** Four weeks before the Spring Festival. */
const BEGAN = new Date('2026-01-19T01:00:00Z');
/** Who leads, works and oversees at once is told the most. */
const ITEMS = [
  ['Z1-1-1', '孟知行', '方远山', '2026-01-23'],
  ['Z1-1-2', '孟知行', '程一禾', '2026-01-28'],
  ['Z1-2-1', '苏静宜', '孟知行', '2026-02-03'],
  ['Z1-2-2', '孟知行', '方远山', '2026-02-05'],
  ['Z1-3-1', '苏静宜', '孟知行', '2026-02-09'],
  ['Z1-3-2', '孟知行', '程一禾', '2026-02-13'],
  ['Z1-4-1', '苏静宜', '方远山', '2026-02-20'],
  ['Z1-4-2', '孟知行', '许星阑', '2026-02-25'],
  ['Z1-5-1', '苏静宜', '孟知行', '2026-03-20'],
] as const;

let record: SampleRecord;

beforeAll(async () => {
  record = await openSampleRecord(BEGAN);
  for (const [ref, leader, responsible, dueOn] of ITEMS)
    await assign(record.store, ref, { leader, responsible: [responsible], dueOn, at: BEGAN });
});

afterAll(() => record.close());

const jumps: fc.Arbitrary<Jump[]> = fc.array(
  fc.record({
    hours: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 24, max: 120 })),
    isDown: fc.constantFrom(false, false, false, true),
  }),
  { minLength: 8, maxLength: 18 },
);

/** Everything is delivered as it falls due; each tick comes twice. */
const live = ({ store }: SampleRecord, story: readonly Jump[]): Promise<void> =>
  liveThrough(store, BEGAN, story, {
    due: (at) => goOut(store, at),
    after: async (now, catchUp) => {
      await goOut(store, now);
      await catchUp();
    },
  });

/** What went beyond the budget, but for warnings: these may not come after their date. */
async function beyond({ store }: SampleRecord): Promise<string[]> {
  const { calendar, rules, database } = store;
  const told = await database.rows.outbox.findMany({
    where: { job: { not: null }, isExempt: false, state: { not: WITHIN } },
    orderBy: { id: 'asc' },
  });
  const weeks = Map.groupBy(
    told,
    ({ personId, notBefore }) => `${personId} ${calendar.weekOf(calendar.dateOf(notBefore))}`,
  );
  return [...weeks.values()].flatMap((messages) =>
    messages
      .slice(rules.messages.unpromptedAWeek)
      .filter(({ job }) => job !== 'graded-warning')
      .map(({ job, personId, notBefore }) => `${job} ${personId} ${notBefore.toISOString()}`),
  );
}

test('however the clock jumps, the service restarts and ticks come twice, nobody is told more than the week’s budget but for a warning that can wait no longer', async () => {
  await fc.assert(
    fc.asyncProperty(jumps, async (story) => {
      const copy = await record.copy();
      try {
        await live(copy, story);
        expect(await beyond(copy)).toEqual([]);
        const rows = await copy.store.database.rows.outbox.findMany({ where: { job: { not: null } } });
        const free = rows.filter(
          ({ notBefore }) => !copy.store.calendar.isWorkday(copy.store.calendar.dateOf(notBefore)),
        );
        expect(free, 'nobody is told anything on a free day').toEqual([]);
      } finally {
        await copy.close();
      }
    }),
    { numRuns: runs(3) },
  );
}, 180_000);
