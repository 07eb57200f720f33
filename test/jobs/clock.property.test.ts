import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { runs } from '../chance.ts';
import { openBureau } from '../harness.ts';
import { openSampleRecord, type SampleRecord, takeMessages, type Waiting } from '../sample-record.ts';
import { assign } from './at-work.ts';
import { liveThrough } from './live-through.ts';
import { type Item, type Jump, readRemarks, remarksExpected } from './remarks.ts';

const HOUR_MS = 3_600_000;
const BEGAN = new Date('2026-11-23T01:00:00Z');
const ITEMS: readonly Item[] = [
  { ref: 'Z1-1-1', leader: '孟知行', responsible: ['方远山'], dueOn: '2026-12-05' },
  { ref: 'Z1-1-2', leader: '孟知行', responsible: ['方远山', '许星阑'], dueOn: '2026-12-16' },
  { ref: 'Z1-2-1', leader: '苏静宜', responsible: ['林砚秋'], dueOn: '2026-12-16' },
  { ref: 'Z1-2-2', leader: '苏静宜', responsible: ['林砚秋'], dueOn: '2027-01-02' },
];
const calendar = bureauCalendar();

let record: SampleRecord;

beforeAll(async () => {
  record = await openSampleRecord(BEGAN);
  for (const { ref, ...given } of ITEMS) await assign(record.store, ref, { ...given, at: BEGAN });
});

afterAll(() => record.close());

async function live({ store }: SampleRecord, story: readonly Jump[]): Promise<Waiting[]> {
  await liveThrough(store, BEGAN, story);
  return takeMessages(store);
}

const jumps: fc.Arbitrary<Jump[]> = fc.array(
  fc.record({
    hours: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 24, max: 200 })),
    isDown: fc.constantFrom(false, false, true),
  }),
  { minLength: 3, maxLength: 6 },
);

test('however the clock jumps and the service restarts, each warning is said exactly once a person, each week’s card once', async () => {
  await fc.assert(
    fc.asyncProperty(jumps, async (story) => {
      const copy = await record.copy();
      try {
        const said = readRemarks(await live(copy, story), calendar);
        expect(new Set(said).size, 'nothing is said twice').toBe(said.length);
        expect(said.filter(isAboutItems).sort()).toEqual(
          remarksExpected(ITEMS, BEGAN, story, calendar).sort(),
        );
      } finally {
        await copy.close();
      }
    }),
    { numRuns: runs(3) },
  );
});

const isAboutItems = (remark: string) => !remark.startsWith('other');

test('so it is when the clock of the chat is moved, with restarts in between', async () => {
  const bureau = await openBureau({ at: BEGAN.toISOString() });
  for (const { ref, leader, responsible, dueOn } of ITEMS) {
    await bureau.say(
      '程一禾',
      `指派 ${ref} 责任领导 ${leader} 责任人 ${responsible.join('、')} 时限 ${dueOn}`,
    );
  }
  const story = [50, 120, 1, 200, 30, 200].map((hours) => ({ hours, isDown: false }));
  let now = BEGAN.getTime();
  for (const { hours } of story) {
    now += hours * HOUR_MS;
    await bureau.moveClock(new Date(now).toISOString());
    await bureau.restart();
  }
  const messages: Waiting[] = [];
  for (const to of ['田守正', '孟知行', '苏静宜', '方远山', '许星阑', '林砚秋']) {
    for (const { at, from, content } of await bureau.read(to)) {
      if (from === 'bot') messages.push({ to, notBefore: new Date(at), content });
    }
  }
  const said = readRemarks(messages, calendar).filter((remark) => !remark.startsWith('other'));
  expect(said.sort()).toEqual(remarksExpected(ITEMS, BEGAN, story, calendar).sort());
  await bureau.close();
});
