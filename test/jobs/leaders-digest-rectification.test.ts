import { describe, expect, it } from 'vitest';
import { leadersDigest } from '../../jobs/leaders-digest.ts';
import type { NoticeContent, Section } from '../../ledger/message.ts';
import { operate } from '../../ledger/operation.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { personNamed } from '../sample-record.ts';
import { applyForClosing, assign, cardFor, headings, refsUnder, saidBy, say } from './at-work.ts';

const BEGAN = new Date('2026-10-12T02:00:00Z');
const LAST_WEEK = new Date('2026-11-25T02:00:00Z');
const MONDAY = '2026-11-30T00:30:00Z';

let store: Store;

freshCopies(BEGAN, async (copy) => {
  store = copy.store;
});

const given = (ref: string, dueOn: string, responsible = '林砚秋', leader = '孟知行') =>
  assign(store, ref, { leader, responsible: [responsible], dueOn, at: BEGAN });

const digestFor = async (name: string, of = store): Promise<NoticeContent> =>
  cardFor(await saidBy(of, leadersDigest, MONDAY), name);

const under = ({ sections }: NoticeContent, heading: string): Section | undefined =>
  sections.find((section) => section.heading?.startsWith(heading));

const words = (section: Section | undefined): string[] =>
  (section?.actions ?? []).map(({ action }) => action);

const withListed = (listed: number): Store => ({
  ...store,
  rules: { ...store.rules, leadersDigest: { ...store.rules.leadersDigest, listed } },
});

describe('what the week changed', () => {
  it('names deferred, stalled and relapsed beside added and closed, where there were any', async () => {
    for (const ref of ['Z1-1-1', 'Z1-1-2', 'Z1-2-1']) await given(ref, '2026-12-31');
    await say(store, '林砚秋', ['申请延期', 'Z1-1-1'], LAST_WEEK, { to: '2027-01-31', reason: '示例' });
    await say(store, '孟知行', ['准予延期', 'Z1-1-1'], LAST_WEEK);
    await say(store, '林砚秋', ['申请暂难', 'Z1-1-2'], LAST_WEEK, { until: '2027-02-28', reason: '示例' });
    await say(store, '孟知行', ['同意暂难', 'Z1-1-2'], LAST_WEEK);
    await applyForClosing(store, '林砚秋', 'Z1-2-1', LAST_WEEK);
    await say(store, '孟知行', ['审核通过', 'Z1-2-1'], LAST_WEEK);
    await say(store, '叶知秋', ['复核通过', 'Z1-2-1'], LAST_WEEK);
    expect(under(await digestFor('田守正'), '整改台账')?.lines).toEqual([
      '上周新增 0 · 销号 1 · 延期 1 · 暂难 1',
      '未销号 15（在办 14 · 暂难 1） · 今年已销号 1',
      '在办中：待分派 13 · 已交办 1',
    ]);
    const relapse = { how: 'visit', text: '示例', dueOn: '2027-03-31' };
    await say(store, '程一禾', ['反弹', 'Z1-2-1'], new Date('2026-12-02T02:00:00Z'), relapse);
    const next = cardFor(await saidBy(store, leadersDigest, '2026-12-07T00:30:00Z'), '田守正');
    expect(under(next, '整改台账')?.lines[0]).toBe('上周新增 0 · 销号 0 · 反弹 1');
  });
});

describe('what is red', () => {
  it('is named with who holds it, the longest over its date first, and the rest is counted', async () => {
    await given('Z1-1-1', '2026-11-27');
    await given('Z1-1-2', '2026-11-20', '秦书遥', '苏静宜');
    await given('Z1-2-1', '2026-11-10');
    const card = await digestFor('田守正', withListed(2));
    const red = under(card, '红色·已逾期（3）');
    expect(red?.lines).toEqual([
      expect.stringMatching(/^Z1-2-1 已逾期 20 天 · 林砚秋（责任领导 孟知行） · /),
      expect.stringMatching(/^Z1-1-2 已逾期 10 天 · 秦书遥（责任领导 苏静宜） · /),
      '… 另有 1 项',
    ]);
    expect(words(red)).toEqual(['台账 逾期']);
  });

  it('is named to a 班子成员 only where it is his, and to nobody from whom it is hidden', async () => {
    await given('Z1-1-1', '2026-11-27');
    await given('Z1-1-2', '2026-11-20', '秦书遥', '苏静宜');
    const recused = [(await personNamed(store, '田守正')).id];
    await operate(store, { actor: 'command:sample', at: BEGAN }, async (operation) => {
      const entry = await operation.entries.get('Z1-1-2');
      await operation.change(entry, { state: entry.state, recused }, { action: 'rectification.recuse' });
    });
    const messages = await saidBy(store, leadersDigest, MONDAY);
    const red = (name: string) => refsUnder(cardFor(messages, name), '红色');
    expect(red('孟知行')).toEqual(['Z1-1-1']);
    expect(red('苏静宜')).toEqual(['Z1-1-2']);
    expect(headings(cardFor(messages, '苏静宜'))).toContain('红色·已逾期（全部 2 项，您可以查看的 1 项）');
    expect(red('田守正')).toEqual(['Z1-1-1']);
    expect(under(cardFor(messages, '田守正'), '整改台账')?.lines[1]).toBe('在办 15 · 其中逾期 1');
  });
});

describe('what was applied for in time and waits', () => {
  it('is not red under its 责任人: it is named apart, with whom it is, and the figures say so', async () => {
    await given('Z1-1-1', '2026-11-25');
    await given('Z1-1-2', '2026-11-24');
    for (const ref of ['Z1-1-1', 'Z1-1-2']) await applyForClosing(store, '林砚秋', ref, LAST_WEEK);
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], LAST_WEEK);
    const card = await digestFor('田守正');
    expect(refsUnder(card, '红色·已逾期（1）')).toEqual(['Z1-1-2']);
    expect(under(card, '已过时限，但已按期申请（1）')?.lines).toEqual([
      expect.stringMatching(/^Z1-1-1 已按期申请，待督查复核（程一禾、叶知秋） · 时限 2026-11-25 · /),
    ]);
    expect(under(card, '整改台账')?.lines[1]).toBe('在办 16 · 其中逾期 2（含按期申请、待审 1）');
  });

  it('is not on the chart’s line of what is 逾期, neither while it waits nor once it is closed', async () => {
    const day = (on: string) => new Date(`2026-11-${on}T02:00:00Z`);
    for (const ref of ['Z1-1-1', 'Z1-1-2', 'Z1-2-1']) await given(ref, '2026-11-10');
    await applyForClosing(store, '林砚秋', 'Z1-1-1', day('10'));
    await applyForClosing(store, '林砚秋', 'Z1-1-2', day('11'));
    const line = async (monday: string) => {
      const { sections } = cardFor(await saidBy(store, leadersDigest, `${monday}T00:30:00Z`), '田守正');
      const chart = sections.find((section) => section.chart)?.chart;
      if (chart?.shape !== 'lines') throw new Error('There is no chart');
      return chart.series.find(({ name }) => name === '周末逾期')?.values;
    };
    expect((await line('2026-11-30'))?.slice(-4)).toEqual([0, 2, 2, 2]);
    for (const ref of ['Z1-1-1', 'Z1-1-2']) {
      await say(store, '孟知行', ['审核通过', ref], new Date('2026-12-02T02:00:00Z'));
      await say(store, '叶知秋', ['复核通过', ref], new Date('2026-12-02T02:00:00Z'));
    }
    expect((await line('2026-12-07'))?.slice(-5)).toEqual([0, 2, 2, 2, 1]);
  });

  it('is red once it is given back', async () => {
    await given('Z1-1-1', '2026-11-25');
    await applyForClosing(store, '林砚秋', 'Z1-1-1', LAST_WEEK);
    await say(store, '孟知行', ['退回', 'Z1-1-1'], LAST_WEEK, { reason: '示例' });
    const card = await digestFor('田守正');
    expect(refsUnder(card, '红色·已逾期（1）')).toEqual(['Z1-1-1']);
    expect(under(card, '已过时限')).toBeUndefined();
  });
});

describe('what the reader has to decide', () => {
  it('has the buttons that he may press, what waits longest first', async () => {
    for (const ref of ['Z1-1-1', 'Z1-1-2', 'Z1-2-1']) await given(ref, '2026-12-31');
    await say(store, '林砚秋', ['申请延期', 'Z1-1-2'], new Date('2026-11-23T02:00:00Z'), {
      ...{ to: '2027-01-31', reason: '示例理由' },
    });
    await applyForClosing(store, '林砚秋', 'Z1-1-1', LAST_WEEK);
    await say(store, '林砚秋', ['申请暂难', 'Z1-2-1'], LAST_WEEK, { until: '2027-02-28', reason: '示例' });
    const card = await digestFor('孟知行');
    expect(under(card, '请您决定')?.heading).toBe('请您决定（3 项）');
    const asked = headings(card).filter((heading) => heading?.startsWith('Z1-'));
    expect(asked.map((heading) => heading?.split(' ')[0])).toEqual(['Z1-1-2', 'Z1-1-1', 'Z1-2-1']);
    expect(under(card, 'Z1-1-2')?.lines).toEqual([
      '林砚秋 申请延期至 2027-01-31：示例理由。原时限 2026-12-31，新时限 2027-01-31，延长 31 天。（已等 7 天）',
    ]);
    const pressed = (ref: string) => words(under(card, ref)).map((line) => line.replace(/@\d+$/, ''));
    expect(pressed('Z1-1-2')).toEqual(['准予延期 Z1-1-2', '不予延期 Z1-1-2', '查看 Z1-1-2']);
    expect(pressed('Z1-1-1')).toEqual(['审核通过 Z1-1-1', '退回 Z1-1-1', '查看 Z1-1-1']);
    expect(pressed('Z1-2-1')).toEqual(['同意暂难 Z1-2-1', '不同意暂难 Z1-2-1', '查看 Z1-2-1']);
    expect(words(under(card, 'Z1-1-2'))[0]).toMatch(/^准予延期 Z1-1-2@\d+$/);
  });

  it('is nobody else’s: neither what waits for another leader nor what is decided already', async () => {
    await given('Z1-1-1', '2026-12-31');
    await applyForClosing(store, '林砚秋', 'Z1-1-1', LAST_WEEK);
    expect(under(await digestFor('苏静宜'), '请您决定')).toBeUndefined();
    await say(store, '孟知行', ['审核通过', 'Z1-1-1'], LAST_WEEK);
    const next = await saidBy(store, leadersDigest, '2026-12-07T00:30:00Z');
    expect(under(cardFor(next, '孟知行'), '请您决定')).toBeUndefined();
  });

  it('beyond five, is counted', async () => {
    const refs = ['Z1-1-1', 'Z1-1-2', 'Z1-2-1', 'Z1-2-2', 'Z1-3-1', 'Z1-3-2', 'Z1-4-1'];
    for (const ref of refs) {
      await given(ref, '2026-12-31');
      await say(store, '林砚秋', ['申请延期', ref], LAST_WEEK, { to: '2027-01-31', reason: '示例' });
    }
    const card = await digestFor('孟知行');
    expect(under(card, '请您决定')).toMatchObject({
      heading: '请您决定（7 项）',
      lines: ['先列等得最久的 5 项，另有 2 项，请发送「我的整改」查看。'],
    });
    expect(headings(card).filter((heading) => heading?.startsWith('Z1-'))).toHaveLength(5);
  });
});

describe('what waits at others', () => {
  it('is shown to the 党组书记 from a week on, without a button, and to nobody else', async () => {
    await given('Z1-1-1', '2026-12-31');
    await given('Z1-1-2', '2026-12-31');
    await applyForClosing(store, '林砚秋', 'Z1-1-1', new Date('2026-11-18T02:00:00Z'));
    await applyForClosing(store, '林砚秋', 'Z1-1-2', LAST_WEEK);
    const messages = await saidBy(store, leadersDigest, MONDAY);
    const waiting = under(cardFor(messages, '田守正'), '等待他人办理 7 天以上');
    expect(waiting?.lines).toEqual([
      expect.stringMatching(/^Z1-1-1 .*：销号待责任领导 孟知行 审核，已等 12 天$/),
    ]);
    expect(words(waiting)).toEqual([]);
    for (const name of ['孟知行', '苏静宜', '郑怀瑾'])
      expect(under(cardFor(messages, name), '等待他人办理')).toBeUndefined();
  });
});

describe('what falls due', () => {
  it('is counted for this week and the next, by department in the order of the roster', async () => {
    await given('Z1-1-1', '2026-12-04');
    await given('Z1-1-2', '2026-12-06', '秦书遥');
    await given('Z1-2-1', '2026-12-13');
    await given('Z1-2-2', '2026-12-14');
    await given('Z1-3-1', '2026-11-29');
    expect(under(await digestFor('田守正'), '两周内到期')?.lines).toEqual([
      '本周（11-30 至 12-06）2 项：规划与资源配置科 1、高新技术科 1',
      '下周（12-07 至 12-13）1 项：高新技术科 1',
    ]);
  });
});
