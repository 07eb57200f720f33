import { describe, expect, test } from 'vitest';
import { gradedWarning } from '../../jobs/graded-warning.ts';
import { jobs } from '../../jobs/index.ts';
import { leadersDigest } from '../../jobs/leaders-digest.ts';
import { nilReturnAsk } from '../../jobs/nil-return-ask.ts';
import { nilReturnRemind } from '../../jobs/nil-return-remind.ts';
import { runJob } from '../../jobs/run.ts';
import { weeklyCard } from '../../jobs/weekly-card.ts';
import { weeklySummary } from '../../jobs/weekly-summary.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies, freshRecord } from '../fresh-record.ts';
import { goOut, type InLine, inLine, post } from '../ledger/budget/posting.ts';
import { personNamed } from '../sample-record.ts';
import { assign } from './at-work.ts';

const BEGAN = new Date('2026-11-23T01:00:00Z');
/** 孟知行 is of the leading group, and 责任领导 of what is given here; 程一禾 is a 督查员. */
const [RESPONSIBLE, LEADER, SUPERVISOR] = ['方远山', '孟知行', '程一禾'];

let store: Store;
freshCopies(BEGAN, async (copy) => {
  store = copy.store;
});

const give = (ref: string, dueOn: string, responsible = RESPONSIBLE, at = BEGAN) =>
  assign(store, ref, { responsible: [responsible], dueOn, at });

const told = async (name: string): Promise<string[]> =>
  (await line(name)).map(({ notBefore, says }) => `${notBefore} ${says.map(withoutFigures).join('＋')}`);

/** What was given out is told at once and is not looked at. */
const line = async (name: string): Promise<InLine[]> => {
  const all = await inLine(store, (await personNamed(store, name)).id);
  return all.filter(({ title }) => !title.includes('整改事项'));
};

const withoutFigures = (title: string): string => title.replace(/（.*）$/u, '');

/** The bureau's clock of December. */
const at = (day: number, time: string): Date =>
  store.calendar.instantOf(`2026-12-${`${day}`.padStart(2, '0')}`, time);

describe('who is told of the week on its last workday', () => {
  test('has a place kept for that: a third thing waits, and comes with it as one message', async () => {
    await give('Z1-1-1', '2026-12-25');
    await give('Z1-1-2', '2026-12-26');
    await runJob(store, leadersDigest, at(14, '08:30'));
    await runJob(store, gradedWarning, at(15, '09:00'));
    await runJob(store, gradedWarning, at(16, '09:00'));
    await runJob(store, weeklySummary, at(18, '15:00'));
    expect(await told(LEADER)).toEqual([
      '2026-12-14T08:30 清廉周报',
      '2026-12-15T09:00 整改时限预警',
      '2026-12-18T15:05 整改时限预警＋本周督查汇总',
    ]);
    expect((await line(LEADER)).at(-1)?.isCarried).toBe(true);
    // Who gets no summary has no place kept.
    expect((await told(RESPONSIBLE)).slice(-1)).toEqual(['2026-12-16T09:00 整改时限预警']);
  });

  test('is told of nothing twice, however often the jobs look, and whatever of it is asked for again', async () => {
    await give('Z1-1-1', '2026-12-25');
    await give('Z1-1-2', '2026-12-26');
    for (const day of [14, 15, 16])
      for (const time of ['09:00', '09:00', '09:01', '16:00'])
        for (const job of jobs) await runJob(store, job, at(day, time));
    const before = await line(LEADER);
    for (const job of jobs) await runJob(store, job, at(16, '17:00'));
    expect(await line(LEADER)).toEqual(before);
    const said = before.flatMap(({ says }) => says);
    expect(said.filter((title) => title.startsWith('整改时限预警'))).toHaveLength(2);
  });

  test('is told on the next Monday only where what could not wait has taken the place', async () => {
    await give('Z1-1-1', '2026-12-31');
    const personId = (await personNamed(store, LEADER)).id;
    const say = (day: number, key: string, notLaterThan?: string) =>
      post(store, at(day, '10:00'), { key, title: key, personId, ...(notLaterThan && { notLaterThan }) });
    await say(7, '甲');
    await say(8, '乙');
    await say(9, '不能等', '2026-12-10');
    await runJob(store, weeklySummary, at(11, '15:00'));
    expect(await told(LEADER)).toEqual([
      ...['2026-12-07T10:00 甲', '2026-12-08T10:00 乙', '2026-12-09T10:00 不能等'],
      '2026-12-14T08:00 本周督查汇总',
    ]);
  });

  test('hears at once what cannot wait, together with what was waiting for the week’s end', async () => {
    await give('Z1-1-1', '2026-12-31');
    const personId = (await personNamed(store, LEADER)).id;
    const say = (day: number, key: string, notLaterThan?: string) =>
      post(store, at(day, '10:00'), { key, title: key, personId, ...(notLaterThan && { notLaterThan }) });
    for (const [day, key] of [
      [7, '甲'],
      [7, '乙'],
      [8, '可以等'],
    ] as const)
      await say(day, key);
    await goOut(store, at(8, '11:00'));
    expect((await told(LEADER)).at(-1)).toBe('2026-12-11T15:05 可以等');
    await say(9, '不能等', '2026-12-10');
    expect(await told(LEADER)).toEqual([
      ...['2026-12-07T10:00 甲', '2026-12-07T10:00 乙', '2026-12-09T10:00 可以等＋不能等'],
    ]);
    // What is within a message is known to have gone with it.
    const within = await store.database.rows.outbox.findUniqueOrThrow({ where: { key: '不能等' } });
    expect(store.calendar.minuteOf(within.notBefore)).toBe('2026-12-09T10:00');
  });
});

describe('a warning that cannot wait for the next week', () => {
  test('has a place kept where it can be told beforehand: even the summary waits for it', async () => {
    // The Saturday is worked in exchange; the date lies in the festival, so that the next week is too late.
    const began = new Date('2026-02-02T02:00:00Z');
    ({ store } = await freshRecord(began));
    const given = { leader: LEADER, responsible: ['许星阑', SUPERVISOR], dueOn: '2026-02-20', at: began };
    await assign(store, 'Z1-3-2', given);
    const on = (day: number, time: string) => store.calendar.instantOf(`2026-02-${day}`, time);
    const personId = (await personNamed(store, SUPERVISOR)).id;
    for (const key of ['甲', '乙']) await post(store, on(10, '10:00'), { key, title: key, personId });
    await goOut(store, on(10, '11:00'));
    await runJob(store, weeklySummary, on(13, '15:00'));
    await runJob(store, gradedWarning, on(14, '09:00'));
    const all = await inLine(store, personId);
    expect(all.slice(-1)).toMatchObject([
      { notBefore: '2026-02-14T09:05', says: ['本周督查汇总（2026年第7周）', '整改时限预警（1 项）'] },
    ]);
  });
});

describe('on a Monday on which everything comes', () => {
  /** A Monday, the first workday of the month. */
  const day = (number: number, time: string) => store.calendar.instantOf(`2027-03-0${number}`, time);

  test('somebody who leads, works and is asked for a 零报告 is told three things in the week, and loses none', async () => {
    const began = new Date('2027-01-25T02:00:00Z');
    await assign(store, 'Z1-1-1', {
      leader: '苏静宜',
      responsible: [LEADER],
      dueOn: '2027-03-11',
      at: began,
    });
    await give('Z1-1-2', '2027-03-11', RESPONSIBLE, began);
    for (const [time, job] of [
      ['08:30', leadersDigest],
      ['09:00', gradedWarning],
      ['09:30', weeklyCard],
      ['09:40', nilReturnAsk],
    ] as const)
      await runJob(store, job, day(1, time));
    for (const number of [2, 3, 4, 5]) await runJob(store, gradedWarning, day(number, '09:00'));
    await runJob(store, nilReturnRemind, day(5, '09:40'));
    await runJob(store, weeklySummary, day(5, '15:00'));
    const messages = await line(LEADER);
    expect(messages.filter(({ notBefore }) => notBefore >= '2027-03-01')).toHaveLength(3);
    expect(messages.flatMap(({ says }) => says.map(withoutFigures)).sort()).toEqual(
      ['清廉周报', '整改时限预警', '本周督查', '零报告', '零报告提醒', '本周督查汇总'].sort(),
    );
    const card = messages.find(({ says }) => says.some((title) => /^本周督查（/u.test(title)));
    expect(card?.notBefore).toMatch(/^2027-03-01/u);
  });
});

describe('a mere reminder', () => {
  /** Asked on Tuesday 1 December, it is due on Monday the 7th. */
  const fill = async (name: string, ...days: number[]) => {
    const personId = (await personNamed(store, name)).id;
    for (const number of days)
      await post(store, at(number, '08:10'), { key: `${name}-${number}`, title: `${number}`, personId });
  };

  test('is left out of a week that is full, and comes where there is room', async () => {
    await runJob(store, nilReturnAsk, at(1, '09:40'));
    for (const key of ['a', 'b', 'c'])
      await post(store, at(7, '08:10'), { key, personId: (await personNamed(store, RESPONSIBLE)).id });
    await goOut(store, at(7, '09:00'));
    await runJob(store, nilReturnRemind, at(7, '09:40'));
    const reminded = async (name: string) =>
      (await told(name)).filter((words) => words.includes('零报告提醒'));
    expect(await reminded(RESPONSIBLE)).toEqual([]);
    expect(await reminded('林砚秋')).toEqual(['2026-12-07T09:40 零报告提醒']);
  });

  test('takes no week’s summary its place: it comes before, and the summary after', async () => {
    await runJob(store, nilReturnAsk, at(1, '09:40'));
    await fill(SUPERVISOR, 7);
    await runJob(store, nilReturnRemind, at(7, '09:40'));
    await runJob(store, weeklySummary, at(11, '15:00'));
    expect((await told(SUPERVISOR)).slice(1)).toEqual([
      ...['2026-12-07T08:10 7', '2026-12-07T09:40 零报告提醒', '2026-12-11T15:00 本周督查汇总'],
    ]);
  });
});
