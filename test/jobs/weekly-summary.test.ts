import { expect, test } from 'vitest';
import { leadersDigest } from '../../jobs/leaders-digest.ts';
import { weeklySummary } from '../../jobs/weekly-summary.ts';
import type { Section } from '../../ledger/message.ts';
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
  expect(first('孟知行')).toBe('未销号 2 项，本周应回复 2 项：已回复 0 项，未回复 2 项。');
  expect(first('苏静宜')).toBe('未销号 1 项，本周应回复 1 项：已回复 0 项，未回复 1 项。');
  expect(first('田守正')).toBe('未销号 16 项，本周应回复 3 项：已回复 0 项，未回复 3 项。');
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
  expect(card.sections[0]?.lines).toEqual([
    '未销号 16 项，本周应回复 3 项：已回复 2 项，未回复 1 项。',
    '其余 13 项本周不需回复：待分派 12 · 待审核、复核、审定 1。',
    '未销号的当中，已逾期 1 项。',
  ]);
  expect(headings(card).slice(1)).toEqual(['有困难（2）', '已逾期（1）', '待他人审核、复核、审定（1）']);
  expect(['有困难', '已逾期', '待他人审核'].map((heading) => refsUnder(card, heading))).toEqual([
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

/** Whom to phone, as the card says it. */
const calls = async (at: string, name = '程一禾'): Promise<Section | undefined> =>
  cardFor(await saidBy(store, weeklySummary, at), name).sections.find(({ heading }) =>
    heading?.startsWith('需电话了解'),
  );

const refsOf = (section: Section | undefined): string[] =>
  section?.lines.flatMap((line) => /^Z[\d-]+/.exec(line)?.[0] ?? []) ?? [];

test('an item of which nothing was heard for two weeks is named, so that somebody phones', async () => {
  expect(refsOf(await calls(FRIDAY))).toEqual([]);
  await say(store, '方远山', ['按计划', 'Z1-1-1'], new Date('2026-12-01T02:00:00Z'));
  expect(refsOf(await calls('2026-12-04T07:00:00Z'))).toEqual([]);
  expect(refsOf(await calls('2026-12-11T07:00:00Z'))).toEqual(['Z1-1-2', 'Z1-2-1']);
  expect(refsOf(await calls('2026-12-18T07:00:00Z'))).toEqual(['Z1-1-1', 'Z1-1-2', 'Z1-2-1']);
});

test('a 督查员 makes one call a person: below each name his items, and one button that records them all; nobody else has it', async () => {
  const at = MONDAY;
  await assign(store, 'Z1-2-2', { responsible: ['许星阑'], dueOn: '2026-12-01', at });
  await assign(store, 'Z1-3-1', { responsible: ['林砚秋', '许星阑'], dueOn: '2026-12-01', at });
  const messages = await saidBy(store, weeklySummary, '2026-12-11T07:00:00Z');
  const section = (name: string) =>
    cardFor(messages, name).sections.find(({ heading }) => heading?.startsWith('需电话了解'));
  const { heading, lines = [], actions = [] } = section('程一禾') ?? {};
  expect(heading).toBe('需电话了解（5 项，3 人）');
  const said = lines.map((line) => line.split(/[ （]/)[0]);
  expect(said.slice(0, 5)).toEqual(['方远山', 'Z1-1-1', '许星阑', 'Z1-1-2', 'Z1-2-2']);
  expect(said.filter((word) => word === 'Z1-3-1')).toHaveLength(1);
  const buttons = actions.map(({ label, action }) => [label, action.split(' ')[1]?.split(',')]);
  expect(buttons.slice(0, 2).map(([label]) => label)).toEqual(['电话 方远山', '电话 许星阑']);
  expect(buttons.flatMap(([, refs]) => refs).sort()).toEqual([
    ...['Z1-1-1', 'Z1-1-2', 'Z1-2-1', 'Z1-2-2', 'Z1-3-1'],
  ]);
  for (const name of ['田守正', '孟知行']) expect(section(name)?.actions).toBeUndefined();
});

test('what is overdue and silent is named once, where it asks for a call, and the figures say so', async () => {
  const at = MONDAY;
  await assign(store, 'Z1-2-2', { responsible: ['方远山'], dueOn: '2026-12-01', at });
  await assign(store, 'Z1-3-1', { responsible: ['方远山'], dueOn: '2026-12-02', at });
  await say(store, '方远山', ['进展', 'Z1-3-1'], new Date('2026-12-08T02:00:00Z'), { text: '示例' });
  const card = cardFor(await saidBy(store, weeklySummary, '2026-12-11T07:00:00Z'), '程一禾');
  const lines = card.sections.flatMap(({ lines: said }) => said);
  expect(lines.filter((line) => line.startsWith('Z1-2-2 '))).toEqual([
    expect.stringContaining('已逾期，时限 2026-12-01'),
  ]);
  expect(refsUnder(card, '已逾期')).toEqual(['Z1-3-1']);
  expect(headings(card)).toContain('已逾期（2，其中 1 项已列在上面）');
  const named = lines.flatMap((line) => /^Z[\d-]+/.exec(line)?.[0] ?? []);
  expect(new Set(named).size).toBe(named.length);
  expect(card.sections[0]?.lines.at(-1)).toBe('未销号的当中，已逾期 2 项。');
});

test('what waits for the reader himself comes first, with the buttons that lead to it', async () => {
  const at = new Date('2026-11-25T02:00:00Z');
  for (const [name, ref] of [
    ['方远山', 'Z1-1-1'],
    ['林砚秋', 'Z1-2-1'],
  ] as const)
    await applyForClosing(store, name, ref, at);
  await say(store, '苏静宜', ['审核通过', 'Z1-2-1'], at);
  await say(store, '许星阑', ['申请延期', 'Z1-1-2'], at, { to: '2027-02-26', reason: '示例' });
  const messages = await saidBy(store, weeklySummary, FRIDAY);
  const own = (name: string) => {
    const section = cardFor(messages, name).sections[1];
    return [section?.heading, section?.lines.map((line) => line.split(' ')[0]), section?.actions];
  };
  expect(own('程一禾')).toEqual([
    '待您办理（1）',
    ['Z1-2-1'],
    [{ action: '台账 待督查复核', label: '去复核' }],
  ]);
  expect(own('孟知行')).toEqual([
    '待您办理（2）',
    ['Z1-1-1', 'Z1-1-2'],
    [
      { action: '台账 待责任领导审核', label: '去审核' },
      { action: '我的整改', label: '去审批' },
    ],
  ]);
  expect(headings(cardFor(messages, '田守正'))).not.toContain('待您办理（1）');
  expect(refsUnder(cardFor(messages, '程一禾'), '待他人审核')).toEqual(['Z1-1-1']);
});

test('what waits for others though it was applied for in time is not called overdue: it says with whom it is', async () => {
  const given = { dueOn: '2026-11-26', at: MONDAY };
  await assign(store, 'Z1-2-2', { ...given, leader: '苏静宜', responsible: ['林砚秋'] });
  await assign(store, 'Z1-3-1', { ...given, leader: '苏静宜', responsible: ['方远山'] });
  await applyForClosing(store, '林砚秋', 'Z1-2-2', new Date('2026-11-26T02:00:00Z'));
  await applyForClosing(store, '方远山', 'Z1-3-1', new Date('2026-11-27T02:00:00Z'));
  const card = cardFor(await saidBy(store, weeklySummary, FRIDAY), '程一禾');
  expect(card.sections[0]?.lines.at(-1)).toBe('未销号的当中，已逾期 2 项（含按期申请、待审 1 项）。');
  expect(refsUnder(card, '已逾期（1）')).toEqual(['Z1-3-1']);
  const waiting = card.sections.find(({ heading }) => heading === '待他人审核、复核、审定（1）');
  expect(waiting?.lines).toEqual([
    expect.stringMatching(/^Z1-2-2 .*（林砚秋，时限 2026-11-26，已按期申请，待责任领导审核（苏静宜））/),
  ]);
});

test('a request that waits is an answer: nobody phones about it, in whatever week', async () => {
  await say(store, '许星阑', ['申请延期', 'Z1-1-2'], MONDAY, { to: '2027-02-26', reason: '示例' });
  expect(refsOf(await calls('2026-12-11T07:00:00Z'))).toEqual(['Z1-1-1', 'Z1-2-1']);
  const card = cardFor(await saidBy(store, weeklySummary, '2026-12-18T07:00:00Z'), '孟知行');
  expect(card.sections[0]?.lines[0]).toBe('未销号 2 项，本周应回复 2 项：已回复 1 项，未回复 1 项。');
  expect(card.sections[1]?.lines).toEqual([expect.stringMatching(/：申请延期待审批$/)]);
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
  expect(refsOf(await calls('2026-12-11T07:00:00Z'))).toEqual(['Z1-1-2', 'Z1-2-1']);
});

test('a round with nothing in it, whatever its state, keeps nobody from the summary, and counts as no item', async () => {
  await operate(store, { actor: 'command:sample', at: new Date(FRIDAY) }, async (operation) => {
    for (const state of ['opened', 'progressing', 'closed']) {
      const data = { level: 'round', source: '巡察' } as const;
      await operation.create({ ...(await newRound(operation, `示例空轮次 ${state}`, data)), state });
    }
  });
  const messages = await saidBy(store, weeklySummary, FRIDAY);
  expect(cardFor(messages, '田守正').sections[0]?.lines[0]).toMatch(/^未销号 16 项，/);
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
