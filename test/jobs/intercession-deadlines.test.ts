import { expect, test } from 'vitest';
import { intercessionDeadlines } from '../../jobs/intercession-deadlines.ts';
import { runJob } from '../../jobs/run.ts';
import type { RawValues } from '../../ledger/form.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { fileReport } from '../intercession-report.ts';
import { personNamed, takeMessages, takeStep } from '../sample-record.ts';
import { cardFor, receivers } from './at-work.ts';

/** A Monday, 10:00: to be taken up by Wednesday. */
const FILED = new Date('2026-11-23T02:00:00Z');

let store: Store;
let ref: string;

const file = async (values: RawValues = {}, at = FILED) =>
  fileReport(store, await personNamed(store, '许星阑'), at, values);
const step = async (name: string, word: string, at: Date, values: RawValues = {}) => {
  await takeStep(store, { person: await personNamed(store, name), word, ref, at, values });
  await takeMessages(store);
};
/** What is said at 09:10 of the bureau's day, or at another time. */
async function on(date: string, time = '01:10'): ReturnType<typeof takeMessages> {
  await runJob(store, intercessionDeadlines, new Date(`${date}T${time}:00Z`));
  return takeMessages(store);
}
/** The days on which somebody was reminded, and who. */
async function daily(from: string, to: string): Promise<[string, string[]][]> {
  const told: [string, string[]][] = [];
  for (let date = from; date <= to; date = store.calendar.addDays(date, 1)) {
    const messages = await on(date);
    if (messages.length > 0) told.push([date, receivers(messages)]);
  }
  return told;
}

const OFFICERS = ['唐文澜', '姜明澈'].sort();

freshCopies(FILED, async (copy) => {
  store = copy.store;
  ref = await file();
  await takeMessages(store);
});

test('a record is brought up when it is due, when it is overdue, and then once a week', async () => {
  expect(await daily('2026-11-24', '2026-12-12')).toEqual([
    ['2026-11-25', OFFICERS],
    ['2026-11-26', OFFICERS],
    ['2026-12-03', OFFICERS],
    ['2026-12-10', OFFICERS],
  ]);
});

test('says the number, what is to be done and by when, and nothing of what it says', async () => {
  const due = cardFor(await on('2026-11-25'), '唐文澜');
  expect(due).toMatchObject({ title: '说情打招呼记录办理提醒（1 项）', tone: 'yellow' });
  expect(due.sections).toEqual([
    {
      lines: [`${ref} 受理时限 2026-11-25，今天到期`],
      actions: [
        { action: `受理 ${ref}@1`, label: '受理' },
        { action: `备查 ${ref}@1`, label: '备查' },
        { action: `查看 ${ref}`, label: '查看' },
      ],
    },
  ]);
  const overdue = cardFor(await on('2026-11-30'), '唐文澜');
  expect(overdue.tone).toBe('red');
  expect(overdue.sections[0]?.lines).toEqual([`${ref} 受理时限 2026-11-25，已逾期 5 天`]);
});

test('a second tick says nothing, and neither does one before its time or on a day off', async () => {
  expect(await on('2026-11-25', '01:09')).toEqual([]);
  expect(await on('2026-11-25')).toHaveLength(2);
  expect(await on('2026-11-25', '01:11')).toEqual([]);
  expect(await on('2026-11-28')).toEqual([]);
});

test('ticks that were missed are made up for by one message, and the week counts from it', async () => {
  expect(await daily('2026-12-08', '2026-12-16')).toEqual([
    ['2026-12-08', OFFICERS],
    ['2026-12-15', OFFICERS],
  ]);
});

test('受理 begins the term of 甄别; what was returned waits in silence, and 补正 begins the first anew', async () => {
  await step('唐文澜', '受理', new Date('2026-11-24T02:00:00Z'));
  expect(await daily('2026-11-25', '2026-12-08')).toEqual([['2026-12-08', OFFICERS]]);
  const values = { conclusion: 'returned', reason: '示例', supplement: '示例' };
  await step('唐文澜', '甄别', new Date('2026-12-08T02:00:00Z'), values);
  expect(await daily('2026-12-09', '2026-12-31')).toEqual([]);
  await step('许星阑', '补正', new Date('2026-12-31T02:00:00Z'), values);
  await step('唐文澜', '备查', new Date('2027-01-04T00:30:00Z'));
  expect(await daily('2027-01-04', '2027-01-29')).toEqual([]);
});

const JUDGED = new Date('2026-11-24T02:00:00Z');
/** Judged to go on: to be dealt with and answered within twenty workdays. */
const judge = async () => {
  await step('唐文澜', '受理', FILED);
  await step('唐文澜', '甄别', JUDGED, { conclusion: 'suspected', reason: '示例' });
};

test('what was judged to go on is brought up until it is answered, first for 处置, then for 反馈', async () => {
  await judge();
  expect(await daily('2026-11-25', '2026-12-21')).toEqual([]);
  const due = cardFor(await on('2026-12-22'), '唐文澜');
  expect(due.sections[0]?.lines).toEqual([`${ref} 处置时限 2026-12-22，今天到期`]);
  expect(due.sections[0]?.actions?.map(({ label }) => label)).toEqual(['处置', '反馈', '查看']);
  const values = { disposal: 'reminder', detail: '示例', feedback: '示例' };
  await step('唐文澜', '处置', new Date('2026-12-22T02:00:00Z'), values);
  const overdue = cardFor(await on('2026-12-23'), '唐文澜');
  expect(overdue.sections[0]?.lines).toEqual([`${ref} 反馈时限 2026-12-22，已逾期 1 天`]);
  await step('唐文澜', '反馈', new Date('2026-12-23T02:00:00Z'), values);
  expect(await daily('2026-12-24', '2027-01-20')).toEqual([]);
});

test('of what was handed over nobody is reminded any more', async () => {
  await judge();
  await step('唐文澜', '处置', JUDGED, { disposal: 'transfer', detail: '示例' });
  expect(await daily('2026-12-21', '2027-01-20')).toEqual([]);
});

test('one message has all that came up, and nobody hears of what he is recused from or filed himself', async () => {
  await file({ recuse: '唐文澜' }, new Date('2026-11-23T02:01:00Z'));
  const own = await personNamed(store, '姜明澈');
  await fileReport(store, own, new Date('2026-11-23T02:02:00Z'));
  await takeMessages(store);
  const messages = await on('2026-11-25');
  expect(receivers(messages)).toEqual(OFFICERS);
  expect(OFFICERS.map((name) => cardFor(messages, name).sections.length)).toEqual([2, 2]);
});

test('where no officer may act, the 派驻纪检组 is reminded, and else it is not', async () => {
  await step('唐文澜', '备查', FILED);
  ref = await file({ intercessorName: '姜明澈', goBetween: '唐文澜' }, new Date('2026-11-23T02:03:00Z'));
  await takeMessages(store);
  expect(await daily('2026-11-24', '2026-11-26')).toEqual([
    ['2026-11-25', ['郑怀瑾']],
    ['2026-11-26', ['郑怀瑾']],
  ]);
});
