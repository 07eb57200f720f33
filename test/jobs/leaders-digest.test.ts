import { describe, expect, test } from 'vitest';
import { leadersDigest } from '../../jobs/leaders-digest.ts';
import { chainHead, headForPeople } from '../../ledger/audit/trail.ts';
import type { NoticeContent } from '../../ledger/message.ts';
import { operate } from '../../ledger/operation.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { fileReport } from '../intercession-report.ts';
import { personNamed, takeMessages } from '../sample-record.ts';
import { applyForClosing, assign, cardFor, receivers, saidBy, say } from './at-work.ts';

const BEGAN = new Date('2026-11-18T02:00:00Z');
const WORKED = new Date('2026-11-25T02:00:00Z');
/** The Monday after. */
const MONDAY = '2026-11-30T00:30:00Z';
const READERS = ['唐文澜', '姜明澈', '孟知行', '田守正', '苏静宜', '郑怀瑾'];

let store: Store;

freshCopies(BEGAN, (copy) => {
  // So that what is counted shows: how small figures are hidden has a test of its own below.
  store = withSmallestCell(copy.store, 1);
});

const withSmallestCell = (of: Store, smallestCell: number): Store => ({
  ...of,
  rules: { ...of.rules, statistics: { ...of.rules.statistics, smallestCell } },
});

const linesUnder = (card: NoticeContent, heading: string) =>
  card.sections.find((section) => section.heading === heading)?.lines;

const chartUnder = (card: NoticeContent, heading: string) =>
  card.sections.find((section) => section.heading === heading)?.chart;

async function report(values: Record<string, string> = {}, at = WORKED): Promise<string> {
  const ref = await fileReport(store, await personNamed(store, '许星阑'), at, values);
  await takeMessages(store);
  return ref;
}

describe('when it is said', () => {
  test('not before 08:30, then once to secretary, leaders, discipline and resident', async () => {
    expect(receivers(await saidBy(store, leadersDigest, '2026-11-23T00:30:00Z'))).toEqual(READERS);
    expect(await saidBy(store, leadersDigest, '2026-11-30T00:29:59Z')).toEqual([]);
    expect(receivers(await saidBy(store, leadersDigest, MONDAY))).toEqual(READERS);
    for (let day = 1; day <= 6; day += 1) {
      expect(await saidBy(store, leadersDigest, `2026-12-0${day}T00:30:00Z`)).toEqual([]);
    }
  });

  test('nothing to a bureau that began after the week’s first workday', async () => {
    expect(await saidBy(store, leadersDigest, '2026-11-18T03:00:00Z')).toEqual([]);
    expect(await saidBy(store, leadersDigest, '2026-11-20T00:30:00Z')).toEqual([]);
  });
});

describe('its figures', () => {
  test('are those of the week before, and of the ledgers as they stand', async () => {
    await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2026-11-27', at: WORKED });
    await assign(store, 'Z1-1-2', { responsible: ['方远山'], dueOn: '2026-12-27', at: WORKED });
    await applyForClosing(store, '方远山', 'Z1-1-2', WORKED);
    await say(store, '孟知行', ['审核通过', 'Z1-1-2'], WORKED);
    await say(store, '叶知秋', ['复核通过', 'Z1-1-2'], WORKED);
    await report();
    await report({}, new Date('2026-11-30T00:10:00Z'));
    const card = cardFor(await saidBy(store, leadersDigest, MONDAY), '田守正');
    expect(card.title).toBe('清廉周报（2026-11-23 至 2026-11-29）');
    expect(linesUnder(card, '整改台账')).toEqual([
      '上周新增 0 · 销号 1',
      '在办 15 · 其中逾期 1 · 今年已销号 1',
      '在办中：待分派 14 · 已交办 1',
    ]);
    expect(linesUnder(card, '说情打招呼记录')).toEqual(['上周新增 1 · 办结 0', '在办 2 · 逾期 1']);
  });

  test('of a ledger that hides small figures are hidden alike, whether there are some or none', async () => {
    const hiding = withSmallestCell(store, 3);
    const none = cardFor(await saidBy(hiding, leadersDigest, '2026-11-23T00:30:00Z'), '田守正');
    await report();
    const one = cardFor(await saidBy(hiding, leadersDigest, MONDAY), '田守正');
    const hidden = ['上周新增 <3 · 办结 <3', '在办 <3 · 逾期 <3'];
    expect(linesUnder(none, '说情打招呼记录')).toEqual(hidden);
    expect(linesUnder(one, '说情打招呼记录')).toEqual(hidden);
  });

  test('count the measures that were added in the week before', async () => {
    const card = cardFor(await saidBy(store, leadersDigest, '2026-11-23T00:30:00Z'), '孟知行');
    expect(linesUnder(card, '整改台账')).toEqual(['上周新增 16 · 销号 0', '在办 16', '在办中：待分派 16']);
  });

  test('of 说情打招呼 are for those who oversee it only', async () => {
    const messages = await saidBy(store, leadersDigest, MONDAY);
    const have = READERS.filter((name) => linesUnder(cardFor(messages, name), '说情打招呼记录'));
    expect(have).toEqual(['唐文澜', '姜明澈', '田守正', '郑怀瑾']);
  });

  test.each([
    'intercessorName',
    'goBetween',
    'recuse',
  ])('never include what concerns the reader, named as %s, in no state', async (way) => {
    // Whoever asked takes the officers of his department with him; whom the reporter wants kept away, nobody.
    const isAlone = way === 'recuse';
    const ref = await report({ [way]: '田守正' });
    await report({ [way]: '姜明澈' });
    const count = async (at: string) => {
      const messages = await saidBy(store, leadersDigest, at);
      const figures = (name: string) => linesUnder(cardFor(messages, name), '说情打招呼记录');
      return { 田守正: figures('田守正'), 姜明澈: figures('姜明澈'), 唐文澜: figures('唐文澜') };
    };
    expect(await count(MONDAY)).toEqual({
      田守正: ['上周新增 1 · 办结 0', '在办 1 · 逾期 1'],
      姜明澈: ['上周新增 1 · 办结 0', '在办 1 · 逾期 1'],
      唐文澜: isAlone
        ? ['上周新增 2 · 办结 0', '在办 2 · 逾期 2']
        : ['上周新增 1 · 办结 0', '在办 1 · 逾期 1'],
    });
    await say(store, '许星阑', ['撤回', ref], new Date('2026-12-01T02:00:00Z'));
    expect(await count('2026-12-07T00:30:00Z')).toEqual({
      田守正: ['上周新增 0 · 办结 0', '在办 1 · 逾期 1'],
      姜明澈: ['上周新增 0 · 办结 1', '在办 0 · 逾期 0'],
      唐文澜: isAlone
        ? ['上周新增 0 · 办结 1', '在办 1 · 逾期 1']
        : ['上周新增 0 · 办结 1', '在办 0 · 逾期 0'],
    });
  });
});

describe('its chart of the last twelve weeks', () => {
  const LABELS = [
    ...['09-07', '09-14', '09-21', '09-28', '10-05', '10-12'],
    ...['10-19', '10-26', '11-02', '11-09', '11-16', '11-23'],
  ];
  const zeros = (weeks: number, ...then: number[]) => [...Array<number>(weeks).fill(0), ...then];

  async function closeOne(ref: string): Promise<void> {
    await assign(store, ref, { responsible: ['方远山'], dueOn: '2026-12-27', at: WORKED });
    await applyForClosing(store, '方远山', ref, WORKED);
    await say(store, '孟知行', ['审核通过', ref], WORKED);
    await say(store, '叶知秋', ['复核通过', ref], WORKED);
  }

  test('has what was open and overdue at the end of each week and closed in it, by its Monday, and nothing of this week', async () => {
    await closeOne('Z1-1-1');
    await closeOne('Z1-1-2');
    await assign(store, 'Z1-2-2', { responsible: ['方远山'], dueOn: '2026-11-27', at: WORKED });
    const thisWeek = new Date('2026-11-30T00:10:00Z');
    await assign(store, 'Z1-2-1', { responsible: ['方远山'], dueOn: '2026-12-27', at: WORKED });
    await applyForClosing(store, '方远山', 'Z1-2-1', WORKED);
    await say(store, '孟知行', ['审核通过', 'Z1-2-1'], WORKED);
    await say(store, '叶知秋', ['复核通过', 'Z1-2-1'], thisWeek);
    const messages = await saidBy(store, leadersDigest, MONDAY);
    for (const name of ['田守正', '孟知行', '唐文澜', '郑怀瑾']) {
      expect(chartUnder(cardFor(messages, name), '整改走势')).toEqual({
        shape: 'lines',
        title: '近 12 周（按周一日期）',
        labels: LABELS,
        series: [
          { name: '周末在办', values: zeros(10, 16, 14) },
          { name: '当周销号', values: zeros(10, 0, 2) },
          { name: '周末逾期', values: zeros(10, 0, 1) },
        ],
      });
    }
  });

  test('counts nothing that concerns the reader', async () => {
    const recused = [(await personNamed(store, '苏静宜')).id];
    await operate(store, { actor: 'command:sample', at: WORKED }, async (operation) => {
      for (const ref of ['Z1-3-1', 'Z1-3-2']) {
        const entry = await operation.entries.get(ref);
        await operation.change(entry, { state: entry.state, recused }, { action: 'rectification.recuse' });
      }
    });
    const messages = await saidBy(store, leadersDigest, MONDAY);
    const open = (name: string) => chartUnder(cardFor(messages, name), '整改走势')?.series[0]?.values;
    expect(open('苏静宜')).toEqual(zeros(10, 14, 14));
    expect(open('孟知行')).toEqual(zeros(10, 16, 16));
  });

  test('is not drawn of a sealed ledger, whoever reads', async () => {
    await report();
    const messages = await saidBy(store, leadersDigest, MONDAY);
    for (const name of ['唐文澜', '姜明澈', '田守正', '郑怀瑾']) {
      const card = cardFor(messages, name);
      expect(linesUnder(card, '说情打招呼记录')?.[0]).toBe('上周新增 1 · 办结 0');
      expect(chartUnder(card, '说情打招呼记录')).toBeUndefined();
    }
  });

  test('goes over the turn of the year', async () => {
    const last = cardFor(await saidBy(store, leadersDigest, '2027-01-11T00:30:00Z'), '孟知行');
    const chart = chartUnder(last, '整改走势');
    expect(chart?.labels.slice(-8)).toEqual([
      ...['11-16', '11-23', '11-30', '12-07', '12-14', '12-21', '12-28', '01-04'],
    ]);
    expect(chart?.series[0]?.values).toEqual(zeros(4, ...Array<number>(8).fill(16)));
  });
});

describe('the chain’s head in it', () => {
  test('is the head at that moment, the same for all, and remembered as given out', async () => {
    await report();
    const { hash } = await chainHead(store.database.rows);
    const messages = await saidBy(store, leadersDigest, MONDAY);
    const heads = READERS.map((name) => linesUnder(cardFor(messages, name), '存证链首')?.[0]);
    expect(new Set(heads)).toEqual(new Set([headForPeople(hash)]));
    expect(headForPeople(hash)).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    const anchors = await store.database.rows.anchor.findMany();
    expect(anchors.map((anchor) => Buffer.from(anchor.hash).toString('hex'))).toEqual([hash]);
    expect(anchors[0]?.givenAt.toISOString()).toBe(new Date(MONDAY).toISOString());
  });

  test('is kept once when nothing was recorded between two digests, and twice when something was', async () => {
    await saidBy(store, leadersDigest, '2026-11-23T00:30:00Z');
    await saidBy(store, leadersDigest, MONDAY);
    expect(await store.database.rows.anchor.count()).toBe(1);
    await report({}, new Date('2026-12-01T02:00:00Z'));
    await saidBy(store, leadersDigest, '2026-12-07T00:30:00Z');
    expect(await store.database.rows.anchor.count()).toBe(2);
  });
});
