import { describe, expect, test } from 'vitest';
import { gradedWarning } from '../../jobs/graded-warning.ts';
import { actionsOf } from '../../ledger/held-card.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies, freshRecord } from '../fresh-record.ts';
import { giveEvidence } from '../ledger/rectification/give-evidence.ts';
import { openSampleRecord, personNamed, type SampleRecord, type Waiting } from '../sample-record.ts';
import { applyForClosing, assign, cardFor, receivers, refsUnder, saidBy, say } from './at-work.ts';

const BEGAN = new Date('2026-11-23T01:30:00Z');
/** A Monday five weeks later. */
const DUE_ON = '2026-12-28';

async function openAssigned(): Promise<SampleRecord> {
  const record = await openSampleRecord(BEGAN);
  await assign(record.store, 'Z1-1-1', { responsible: ['方远山'], dueOn: DUE_ON, at: BEGAN });
  return record;
}

let store: Store;

freshCopies(openAssigned, (copy) => {
  store = copy.store;
});

/** At 09:00 of the bureau's day. */
const on = (date: string): Promise<Waiting[]> => saidBy(store, gradedWarning, `${date}T01:00:00Z`);

/** Every day from one to the other. @returns on which days somebody was told, and who */
async function daily(from: string, to: string): Promise<[string, string[]][]> {
  const told: [string, string[]][] = [];
  for (let date = from; date <= to; date = store.calendar.addDays(date, 1)) {
    const messages = await on(date);
    if (messages.length > 0) told.push([date, receivers(messages)]);
  }
  return told;
}

describe('each level', () => {
  test('is told once, on its day, to those whom it concerns', async () => {
    expect(await daily('2026-11-24', '2027-01-15')).toEqual([
      ['2026-12-08', ['方远山']],
      ['2026-12-18', ['孟知行', '方远山'].sort()],
      ['2026-12-29', ['孟知行', '方远山', '田守正'].sort()],
    ]);
  });

  test('says which item, whose it is and how many days are left', async () => {
    const green = cardFor(await on('2026-12-08'), '方远山');
    expect(green).toMatchObject({ title: '整改时限预警（1 项）', tone: 'green' });
    expect(green.sections[0]?.heading).toBe('绿色·提前提醒（1）');
    expect(green.sections[0]?.lines[0]).toMatch(/^Z1-1-1 .+（方远山）：时限 2026-12-28，还有 20 天$/);
    const yellow = cardFor(await on('2026-12-18'), '孟知行');
    expect(yellow).toMatchObject({ tone: 'yellow', sections: [{ heading: '黄色·临近到期（1）' }] });
    const red = cardFor(await on('2026-12-29'), '田守正');
    expect(red).toMatchObject({ tone: 'red', sections: [{ heading: '红色·已逾期（1）' }] });
    expect(red.sections[0]?.lines[0]).toMatch(/时限 2026-12-28，已逾期 1 天$/);
    expect(red.actions.map(({ action }) => action)).toContain('台账 逾期');
  });

  test('is not told before 09:00 of its day', async () => {
    expect(await saidBy(store, gradedWarning, '2026-12-08T00:59:59Z')).toEqual([]);
    expect(await on('2026-12-07')).toEqual([]);
  });

  test('that falls on a weekend is told on Monday, as it then is', async () => {
    await assign(store, 'Z1-1-2', { responsible: ['方远山'], dueOn: '2027-01-01', at: BEGAN });
    expect(store.calendar.isWorkday('2026-12-12')).toBe(false);
    expect(await daily('2026-12-08', '2026-12-14')).toEqual([
      ['2026-12-08', ['方远山']],
      ['2026-12-14', ['方远山']],
    ]);
  });
});

describe('what its reader can do about it stands there as buttons', () => {
  const offered = async (date: string, name: string) =>
    actionsOf(cardFor(await on(date), name)).map(({ label, action }) => `${label}：${action}`);
  const BELOW = '我的整改：我的整改';

  test('for who does the work, before the date and after it, with evidence and without', async () => {
    expect(await offered('2026-12-08', '方远山')).toEqual([
      ...['签收：签收 Z1-1-1', '进展：进展 Z1-1-1', '补充佐证：补充佐证 Z1-1-1', BELOW],
    ]);
    await say(store, '方远山', ['签收', 'Z1-1-1'], new Date('2026-12-09T02:00:00Z'));
    await giveEvidence(store, '方远山', 'Z1-1-1', new Date('2026-12-09T02:00:00Z'));
    expect(await offered('2026-12-18', '方远山')).toEqual([
      ...['进展：进展 Z1-1-1', '申请销号：申请销号 Z1-1-1', '申请延期：申请延期 Z1-1-1', BELOW],
    ]);
    expect(await offered('2026-12-29', '方远山')).toEqual([
      ...['进展：进展 Z1-1-1', '申请销号：申请销号 Z1-1-1', '申请暂难：申请暂难 Z1-1-1'],
      ...[BELOW, '查看逾期：台账 逾期'],
    ]);
  });

  test('for the 责任领导 what he is asked for, and nothing for who can do nothing', async () => {
    const at = new Date('2026-12-09T02:00:00Z');
    await say(store, '方远山', ['申请延期', 'Z1-1-1'], at, { to: '2027-01-28', reason: '示例' });
    expect(await offered('2026-12-18', '孟知行')).toEqual([
      ...['准予延期：准予延期 Z1-1-1', '不予延期：不予延期 Z1-1-1', BELOW],
    ]);
    expect(await offered('2026-12-29', '田守正')).toEqual([BELOW, '查看逾期：台账 逾期']);
  });

  test('of several items for the five gravest, each button naming its item', async () => {
    for (const ref of ['Z1-1-2', 'Z1-2-1', 'Z1-2-2', 'Z1-3-1', 'Z1-3-2', 'Z1-4-1'])
      await assign(store, ref, { responsible: ['方远山'], dueOn: '2026-12-07', at: BEGAN });
    const card = cardFor(await on('2026-12-08'), '方远山');
    const buttons = actionsOf(card).filter(({ label }) => label.startsWith('进展'));
    expect(buttons.every(({ label, action }) => label === action)).toBe(true);
    expect(buttons.map(({ action }) => action.split(' ')[1])).toEqual(refsUnder(card, '红').slice(0, 5));
    expect(card.sections.find(({ heading }) => heading?.startsWith('绿'))).not.toHaveProperty('actions');
  });
});

test('one message a person has all of his warnings, the gravest first', async () => {
  // Terms of less than thirty days are warned of later: of this one at 7 days.
  await assign(store, 'Z1-1-2', { responsible: ['方远山', '许星阑'], dueOn: '2026-12-15', at: BEGAN });
  await assign(store, 'Z1-1-3', { responsible: ['方远山'], dueOn: '2026-12-07', at: BEGAN });
  const messages = await on('2026-12-08');
  expect(receivers(messages)).toEqual(['孟知行', '方远山', '田守正', '许星阑'].sort());
  const mine = cardFor(messages, '方远山');
  expect(mine).toMatchObject({ title: '整改时限预警（3 项）', tone: 'red' });
  expect(['红', '黄', '绿'].map((level) => refsUnder(mine, level))).toEqual([
    ['Z1-1-3'],
    ['Z1-1-2'],
    ['Z1-1-1'],
  ]);
  expect(refsUnder(cardFor(messages, '田守正'), '红')).toEqual(['Z1-1-3']);
  expect(refsUnder(cardFor(messages, '孟知行'), '黄')).toEqual(['Z1-1-2']);
  expect(cardFor(messages, '许星阑').title).toBe('整改时限预警（1 项）');
});

test('over a long holiday the warnings are gathered into the first workday’s message', async () => {
  const at = new Date('2026-09-01T01:30:00Z');
  ({ store } = await freshRecord(at));
  for (const [ref, dueOn] of [
    ['Z1-1-1', '2026-10-02'],
    ['Z1-1-2', '2026-10-14'],
    ['Z1-1-3', '2026-10-26'],
  ] as const) {
    await assign(store, ref, { responsible: ['方远山'], dueOn, at });
  }
  await daily('2026-09-02', '2026-09-30');
  expect(await daily('2026-10-01', '2026-10-07')).toEqual([]);
  const card = cardFor(await on('2026-10-08'), '方远山');
  expect(['红', '黄', '绿'].map((level) => refsUnder(card, level))).toEqual([
    ['Z1-1-1'],
    ['Z1-1-2'],
    ['Z1-1-3'],
  ]);
});

describe('it ends and begins anew with the item', () => {
  test('with 申请销号 it stops, and goes on when the item is given back', async () => {
    expect(await on('2026-12-08')).toHaveLength(1);
    const at = new Date('2026-12-09T02:00:00Z');
    await applyForClosing(store, '方远山', 'Z1-1-1', at);
    expect(await daily('2026-12-10', '2026-12-31')).toEqual([]);
    await say(store, '孟知行', ['退回', 'Z1-1-1'], new Date('2027-01-04T02:00:00Z'), { reason: '示例' });
    expect(await daily('2027-01-04', '2027-01-08')).toEqual([
      ['2027-01-04', ['孟知行', '方远山', '田守正'].sort()],
    ]);
  });

  test('a closed item is never warned of', async () => {
    const at = new Date('2026-12-01T02:00:00Z');
    await applyForClosing(store, '方远山', 'Z1-1-1', at);
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], at);
    await say(store, '叶知秋', ['复核通过', 'Z1-1-1'], at);
    expect(await daily('2026-12-02', '2027-01-08')).toEqual([]);
  });

  test('an item that nobody has is never warned of', async () => {
    expect(await store.database.rows.entry.count({ where: { state: 'unassigned' } })).toBe(15);
    expect(receivers(await on('2027-06-01'))).toEqual(['孟知行', '方远山', '田守正'].sort());
  });

  test('a new date begins anew with its levels', async () => {
    await daily('2026-11-24', '2026-12-18');
    const at = new Date('2026-12-18T02:00:00Z');
    await say(store, '方远山', ['申请延期', 'Z1-1-1'], at, { to: '2027-01-28', reason: '示例' });
    await say(store, '孟知行', ['准予延期', 'Z1-1-1'], at);
    expect(await daily('2026-12-19', '2027-02-05')).toEqual([
      ['2027-01-08', ['方远山']],
      ['2027-01-18', ['孟知行', '方远山'].sort()],
      ['2027-01-29', ['孟知行', '方远山', '田守正'].sort()],
    ]);
  });
});

test('after a pause only the level that was reached meanwhile is told, and none of those before it', async () => {
  const messages = await on('2027-01-04');
  expect(receivers(messages)).toEqual(['孟知行', '方远山', '田守正'].sort());
  expect(cardFor(messages, '方远山').sections.map(({ heading }) => heading)).toEqual(['红色·已逾期（1）']);
  expect(await daily('2027-01-05', '2027-01-20')).toEqual([]);
});

describe('what has another date is warned of by that', () => {
  test('暂难整改 by the day on which it is taken up again', async () => {
    await say(store, '方远山', ['申请暂难', 'Z1-1-1'], BEGAN, { until: '2027-01-28', reason: '示例' });
    await say(store, '孟知行', ['同意暂难', 'Z1-1-1'], BEGAN);
    expect(await daily('2026-11-24', '2027-01-18')).toEqual([
      ['2027-01-08', ['方远山']],
      ['2027-01-18', ['孟知行', '方远山'].sort()],
    ]);
    const card = cardFor(await on('2027-01-29'), '方远山');
    expect(card.sections[0]?.lines[0]).toMatch(/恢复整改 2027-01-28，已逾期 1 天$/);
  });

  test('长期坚持 by the end of the quarter, which progress moves on', async () => {
    const [leader, responsible] = [await personNamed(store, '孟知行'), await personNamed(store, '方远山')];
    const values = { leader: leader.id, responsible: [responsible.id], category: 'lasting' };
    await say(store, '程一禾', ['指派', 'Z1-1-1'], BEGAN, values);
    expect(await daily('2026-11-24', '2026-12-11')).toEqual([['2026-12-11', ['方远山']]]);
    const told = new Date('2026-12-14T02:00:00Z');
    await say(store, '方远山', ['进展', 'Z1-1-1'], told, { text: '示例' });
    expect(await daily('2026-12-15', '2027-03-11')).toEqual([['2027-03-11', ['方远山']]]);
    const card = cardFor(await on('2027-03-22'), '方远山');
    expect(card.sections[0]?.lines[0]).toMatch(/季度进展时限 2027-03-31，还有 9 天$/);
  });
});
