import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gradedWarning } from '../../jobs/graded-warning.ts';
import { weeklySummary } from '../../jobs/weekly-summary.ts';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { headline } from '../../ledger/message.ts';
import { type Bureau, openBureau } from '../harness.ts';
import {
  openSampleRecord,
  personNamed,
  type SampleRecord,
  takeStep,
  waitingMessages,
} from '../sample-record.ts';
import { assign, saidBy } from './at-work.ts';

const BEGAN = new Date('2026-11-23T01:30:00Z');

let began: SampleRecord;

beforeAll(async () => {
  began = await openSampleRecord(BEGAN);
});

afterAll(() => began.close());

describe('what nobody’s act has caused waits until people may be disturbed', () => {
  test.each([
    ['late on a workday, until the next morning', '2026-12-29T13:00:00Z', '2026-12-30T00:00:00Z'],
    ['on Friday evening, until Monday', '2027-01-08T13:00:00Z', '2027-01-11T00:00:00Z'],
    ['in working hours, not at all', '2026-12-29T01:00:00Z', '2026-12-29T01:00:00Z'],
  ])('said %s', async (_, at, leavesAt) => {
    const { store, close } = await began.copy();
    await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2026-12-28', at: BEGAN });
    const messages = await saidBy(store, gradedWarning, at);
    expect(messages.map(({ notBefore }) => notBefore)).toEqual([0, 1, 2].map(() => new Date(leavesAt)));
    await close();
  });

  test('a summary that was made up for on a Saturday leaves on Monday', async () => {
    const { store, close } = await began.copy();
    const messages = await saidBy(store, weeklySummary, '2026-11-28T03:00:00Z');
    expect(new Set(messages.map(({ notBefore }) => notBefore.toISOString()))).toEqual(
      new Set(['2026-11-30T00:00:00.000Z']),
    );
    await close();
  });
});

test('what somebody did is told at once, at any hour', async () => {
  const { store, close } = await began.copy();
  await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2026-12-28', at: BEGAN });
  const at = new Date('2026-12-05T15:00:00Z');
  const person = await personNamed(store, '方远山');
  await takeStep(store, {
    person,
    word: '申请延期',
    ref: 'Z1-1-1',
    at,
    values: { to: '2027-01-28', reason: '示例' },
  });
  const [asked] = await waitingMessages(store);
  expect(asked).toMatchObject({ to: '孟知行', notBefore: at });
  await close();
});

describe('in the chat', () => {
  const NAMES = ['田守正', '孟知行', '程一禾', '唐文澜', '方远山'];
  let bureau: Bureau;

  beforeAll(async () => {
    bureau = await openBureau();
    await bureau.say('程一禾', '指派 3 责任领导 孟知行 责任人 方远山 时限 2026-12-11');
    for (const name of NAMES) await bureau.read(name);
  });

  afterAll(() => bureau.close());

  test('nothing arrives between 20:00 and 08:00 nor on a day off, however far the clock is moved at once', async () => {
    await bureau.moveClock('2026-12-15T04:00:00Z');
    const calendar = bureauCalendar();
    const arrived: { title: string; on: string; time: string }[] = [];
    for (const name of NAMES) {
      for (const { at, content } of await bureau.read(name)) {
        const [on = '', time = ''] = calendar.minuteOf(new Date(at)).split('T');
        arrived.push({ title: headline(content), on, time });
      }
    }
    const isQuiet = ({ on, time }: (typeof arrived)[number]) =>
      time >= '20:00' || time < '08:00' || !calendar.isWorkday(on);
    expect(arrived.filter(isQuiet)).toEqual([]);
    const cards = arrived.filter(({ title }) => title.startsWith('本周督查（'));
    expect(cards.map(({ on, time }) => `${on} ${time}`)).toEqual(
      ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14'].map((monday) => `${monday} 09:30`),
    );
    expect(arrived.some(({ title }) => title.startsWith('整改时限预警'))).toBe(true);
  });
});
