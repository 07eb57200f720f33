import { expect, test } from 'vitest';
import { leadersDigest } from '../../jobs/leaders-digest.ts';
import { weeklySummary } from '../../jobs/weekly-summary.ts';
import { operate } from '../../ledger/operation.ts';
import { newRound } from '../../ledger/rectification/rounds.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies, freshRecord } from '../fresh-record.ts';
import { openSampleRecord, type SampleRecord } from '../sample-record.ts';
import { applyForClosing, assign, cardFor, headings, receivers, refsUnder, saidBy, say } from './at-work.ts';

const MONDAY = new Date('2026-11-23T02:00:00Z');
const FRIDAY = '2026-11-27T07:00:00Z';

async function openAtWork(): Promise<SampleRecord> {
  const record = await openSampleRecord(MONDAY);
  const { store } = record;
  const given = { at: MONDAY, dueOn: '2027-01-31' };
  await assign(store, 'Z1-1-1', { ...given, leader: '孟知行', responsible: ['方远山'] });
  await assign(store, 'Z1-1-2', { ...given, leader: '孟知行', responsible: ['许星阑'] });
  await assign(store, 'Z1-2-1', { ...given, leader: '苏静宜', responsible: ['林砚秋'] });
  return record;
}

let store: Store;

freshCopies(openAtWork, (copy) => {
  store = copy.store;
});

test('on Friday at 15:00 each 责任领导 is told of his own items, secretary and 督查员 of all', async () => {
  const messages = await saidBy(store, weeklySummary, FRIDAY);
  expect(receivers(messages)).toEqual(['叶知秋', '孟知行', '田守正', '程一禾', '苏静宜'].sort());
  const first = (name: string) => cardFor(messages, name).sections[0]?.lines[0];
  expect(first('孟知行')).toBe('在办 2 项，本周已回复 0 项，未回复 2 项，逾期 0 项。');
  expect(first('苏静宜')).toBe('在办 1 项，本周已回复 0 项，未回复 1 项，逾期 0 项。');
  expect(first('田守正')).toBe('在办 16 项，本周已回复 0 项，未回复 3 项，逾期 0 项。');
  expect(cardFor(messages, '田守正').title).toBe('本周督查汇总（2026年第48周）');
});

test('it says what was answered, who has difficulties, what is overdue and what waits for review', async () => {
  const at = new Date('2026-11-25T02:00:00Z');
  await say(store, '方远山', ['有困难', 'Z1-1-1'], MONDAY, { text: '评审专家不足' });
  await say(store, '方远山', ['按计划', 'Z1-1-1'], at);
  await say(store, '许星阑', ['有困难', 'Z1-1-2'], at, { text: '需要财政部门配合' });
  await applyForClosing(store, '林砚秋', 'Z1-2-1', at);
  await assign(store, 'Z1-2-2', { responsible: ['方远山'], dueOn: '2026-11-26', at });
  const card = cardFor(await saidBy(store, weeklySummary, FRIDAY), '程一禾');
  expect(card.sections[0]?.lines).toEqual(['在办 16 项，本周已回复 2 项，未回复 1 项，逾期 1 项。']);
  expect(headings(card).slice(1)).toEqual(['有困难（2）', '已逾期（1）', '待审核、复核、审定（1）']);
  expect(['有困难', '已逾期', '待审核、复核'].map((heading) => refsUnder(card, heading))).toEqual([
    ['Z1-1-1', 'Z1-1-2'],
    ['Z1-2-2'],
    ['Z1-2-1'],
  ]);
  expect(card.sections[1]?.lines).toEqual([
    expect.stringMatching(/（方远山，时限 2027-01-31）：按计划（困难：评审专家不足）$/),
    expect.stringMatching(/（许星阑，时限 2027-01-31）：有困难，需要财政部门配合$/),
  ]);
  expect(card.tone).toBe('red');
});

test('an item of which nothing was heard for two weeks is named, so that somebody phones', async () => {
  const silent = async (at: string) =>
    refsUnder(cardFor(await saidBy(store, weeklySummary, at), '程一禾'), '需电话了解');
  expect(await silent(FRIDAY)).toEqual([]);
  await say(store, '方远山', ['按计划', 'Z1-1-1'], new Date('2026-12-01T02:00:00Z'));
  expect(await silent('2026-12-04T07:00:00Z')).toEqual([]);
  expect(await silent('2026-12-11T07:00:00Z')).toEqual(['Z1-1-2', 'Z1-2-1']);
  expect(await silent('2026-12-18T07:00:00Z')).toEqual(['Z1-1-1', 'Z1-1-2', 'Z1-2-1']);
});

test('a 督查员 has a button for each call, nobody else has', async () => {
  const messages = await saidBy(store, weeklySummary, '2026-12-11T07:00:00Z');
  const calls = (name: string) =>
    cardFor(messages, name)
      .sections.find(({ heading }) => heading?.startsWith('需电话了解'))
      ?.actions?.map(({ action }) => action);
  expect(calls('程一禾')).toEqual(['电话 Z1-1-1', '电话 Z1-1-2', '电话 Z1-2-1']);
  expect(calls('田守正')).toBeUndefined();
  expect(calls('孟知行')).toBeUndefined();
});

test('a 督查员 is told of each 回头看 that is due, also where nothing is open any more', async () => {
  const at = new Date('2026-11-25T02:00:00Z');
  await applyForClosing(store, '林砚秋', 'Z1-2-1', at);
  await say(store, '苏静宜', ['审核通过', 'Z1-2-1'], at);
  await say(store, '叶知秋', ['复核通过', 'Z1-2-1'], at);
  const due = async (on: string) =>
    refsUnder(cardFor(await saidBy(store, weeklySummary, on), '程一禾'), '回头看到期');
  expect(await due('2027-02-19T07:00:00Z')).toEqual([]);
  expect((await due('2027-02-26T07:00:00Z'))[0]).toBe('Z1-2-1');
});

test('who just got an item is not named for the silence of who had it before', async () => {
  await say(store, '方远山', ['按计划', 'Z1-1-1'], MONDAY);
  const at = new Date('2026-12-09T02:00:00Z');
  await assign(store, 'Z1-1-1', { responsible: ['许星阑'], dueOn: '2027-01-31', at });
  const card = cardFor(await saidBy(store, weeklySummary, '2026-12-11T07:00:00Z'), '程一禾');
  expect(refsUnder(card, '需电话了解')).toEqual(['Z1-1-2', 'Z1-2-1']);
});

test('a round with nothing in it, whatever its state, keeps nobody from the summary, and counts as no item', async () => {
  await operate(store, { actor: 'command:sample', at: new Date(FRIDAY) }, async (operation) => {
    for (const state of ['opened', 'progressing', 'closed']) {
      const data = { level: 'round', source: '巡察' } as const;
      await operation.create({ ...(await newRound(operation, `示例空轮次 ${state}`, data)), state });
    }
  });
  const messages = await saidBy(store, weeklySummary, FRIDAY);
  expect(cardFor(messages, '田守正').sections[0]?.lines[0]).toMatch(/^在办 16 项，/);
  const digest = cardFor(await saidBy(store, leadersDigest, '2026-11-30T00:30:00Z'), '田守正');
  const lines = digest.sections.find(({ heading }) => heading === '整改台账')?.lines ?? [];
  expect(lines[0]).toBe('上周新增 16 · 销号 0');
  expect(lines[1]).toMatch(/^在办 16(?! · 今年已销号)/);
});

test('a second tick adds none, before 15:00 nothing is said, and a missed Friday is made up for within the week', async () => {
  expect(await saidBy(store, weeklySummary, '2026-11-27T06:59:59Z')).toEqual([]);
  const [first] = await saidBy(store, weeklySummary, '2026-11-28T02:00:00Z');
  expect(first?.notBefore.toISOString()).toBe('2026-11-30T00:00:00.000Z');
  expect(await saidBy(store, weeklySummary, '2026-11-29T02:00:00Z')).toEqual([]);
  expect(await saidBy(store, weeklySummary, '2026-11-30T02:00:00Z')).toEqual([]);
});

test('the week in which National Day begins ends on its last workday', async () => {
  const at = new Date('2026-09-21T02:00:00Z');
  ({ store } = await freshRecord(at));
  await assign(store, 'Z1-1-1', { responsible: ['方远山'], dueOn: '2027-01-31', at });
  expect(await saidBy(store, weeklySummary, '2026-09-29T07:00:00Z')).toEqual([]);
  expect(receivers(await saidBy(store, weeklySummary, '2026-09-30T07:00:00Z'))).toContain('孟知行');
});

test('who leads nothing that is open gets no summary', async () => {
  const at = new Date('2026-11-25T02:00:00Z');
  await applyForClosing(store, '林砚秋', 'Z1-2-1', at);
  await say(store, '苏静宜', ['审核通过', 'Z1-2-1'], at);
  await say(store, '叶知秋', ['复核通过', 'Z1-2-1'], at);
  expect(receivers(await saidBy(store, weeklySummary, FRIDAY))).not.toContain('苏静宜');
});

test('a bureau that has just begun is told nothing of a week that ended before it', async () => {
  ({ store } = await freshRecord(new Date('2026-11-27T08:00:00Z')));
  expect(await saidBy(store, weeklySummary, '2026-11-28T02:00:00Z')).toEqual([]);
});
