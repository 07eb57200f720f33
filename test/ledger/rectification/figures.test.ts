import { describe, expect, it } from 'vitest';
import { readDirectory } from '../../../ledger/directory.ts';
import { entriesFor } from '../../../ledger/entry.ts';
import type { TableContent } from '../../../ledger/message.ts';
import { operate } from '../../../ledger/operation.ts';
import { readPeriod } from '../../../ledger/period.ts';
import { statistics } from '../../../ledger/rectification/statistics.ts';
import type { Store } from '../../../ledger/store.ts';
import { freshCopies } from '../../fresh-record.ts';
import { applyForClosing, assign, say } from '../../jobs/at-work.ts';
import { personNamed, takeMessages, takeStep } from '../../sample-record.ts';

const OCTOBER = new Date('2026-10-12T02:00:00Z');
const at = (day: string) => new Date(`${day}T02:00:00Z`);

let store: Store;

freshCopies(OCTOBER, (copy) => {
  store = copy.store;
});

const given = (ref: string, responsible: string, dueOn = '2026-10-30') =>
  assign(store, ref, { responsible: [responsible], dueOn, at: OCTOBER });

/** From 申请销号 by 方远山 to 复核通过. */
async function close(ref: string, on: Date): Promise<void> {
  await applyForClosing(store, '方远山', ref, on);
  await say(store, '孟知行', ['审核通过', ref], on);
  await say(store, '叶知秋', ['复核通过', ref], on);
}

/** What the person is told of the period on that day: 进度, then 质效. */
async function tables(name: string, typed: string, day = '2026-11-23'): Promise<TableContent[]> {
  const { calendar, rules, database } = store;
  const period = readPeriod(typed, day, calendar);
  if (!period) throw new Error(`${typed} is no period`);
  const entries = entriesFor(store, database.rows, await personNamed(store, name));
  const directory = await readDirectory(database.rows);
  return statistics(entries, { today: day, period, calendar, rules, directory });
}

async function rows(name: string, typed: string, day?: string): Promise<string[][]> {
  const [progress, quality] = await tables(name, typed, day);
  return (progress?.rows ?? []).map((row, index) =>
    [row.join(' '), quality?.rows[index]?.slice(1).join(' ') ?? ''].filter((words) => words !== ''),
  );
}

describe('通报 figures', () => {
  it('of a month have every item once: closed, open, 暂难, 长期', async () => {
    await given('Z1-1-1', '方远山');
    await close('Z1-1-1', at('2026-10-20'));
    await given('Z1-1-2', '方远山');
    await say(store, '方远山', ['申请暂难', 'Z1-1-2'], OCTOBER, { until: '2026-12-01', reason: '示例' });
    await say(store, '孟知行', ['同意暂难', 'Z1-1-2'], OCTOBER);
    await lasting('Z1-2-1', '林砚秋');
    await given('Z1-2-2', '林砚秋');
    const [progress] = await tables('程一禾', '2026-10');
    const total = progress?.rows.at(-1);
    expect(total).toEqual(['合计', '16', '1', '13', '1', '1', '1']);
    const [, items = 0, ...parts] = (total ?? []).map(Number);
    expect(parts.slice(0, 4).reduce((sum, part) => sum + part, 0)).toBe(items);
  });

  it('say for each share of how many it is, and count a closing by its date', async () => {
    await given('Z1-1-1', '方远山');
    await given('Z1-1-2', '方远山');
    await close('Z1-1-1', at('2026-10-22'));
    await close('Z1-1-2', at('2026-11-11'));
    expect((await rows('程一禾', '2026-10')).at(-1)?.[1]).toBe(
      '100%（1/1） 6%（1/16） 0 0%（0/1） 10 天（1 项）',
    );
    expect((await rows('程一禾', '2026-11')).at(-1)?.[1]).toBe(
      '0%（0/1） 7%（1/15） 0 0%（0/2） 30 天（1 项）',
    );
    expect((await rows('程一禾', '2026')).at(-1)?.[1]).toBe(
      '50%（1/2） 13%（2/16） 0 0%（0/2） 20 天（2 项）',
    );
  });

  it('say apart of what is overdue how much of it was applied for in time and waits', async () => {
    await given('Z1-1-1', '方远山');
    await given('Z1-1-2', '方远山');
    await applyForClosing(store, '方远山', 'Z1-1-1', at('2026-10-30'));
    await applyForClosing(store, '方远山', 'Z1-1-2', at('2026-10-31'));
    const total = async () => (await tables('程一禾', '2026-11'))[0]?.rows.at(-1)?.at(-1);
    expect(await total()).toBe('2（含按期申请、待审 1）');
    await say(store, '孟知行', ['退回', 'Z1-1-1'], at('2026-11-02'), { reason: '示例' });
    expect(await total()).toBe('2');
  });

  it('count a deferral in the month in which it was granted, whatever becomes of the item', async () => {
    await given('Z1-1-1', '方远山');
    await say(store, '方远山', ['申请延期', 'Z1-1-1'], OCTOBER, { to: '2026-11-20', reason: '示例' });
    await say(store, '孟知行', ['准予延期', 'Z1-1-1'], at('2026-10-13'));
    await close('Z1-1-1', at('2026-11-18'));
    const deferred = async (month: string) => (await rows('程一禾', month)).at(-1)?.[1]?.split(' ')[2];
    expect(await deferred('2026-10')).toBe('1');
    expect(await deferred('2026-11')).toBe('0');
    expect((await rows('程一禾', '2026-11')).at(-1)?.[1]).toContain('100%（1/1）');
  });

  it('count a relapse over what was closed at any time, and not its closing any more', async () => {
    for (const ref of ['Z1-1-1', 'Z1-1-2']) {
      await given(ref, '方远山');
      await close(ref, at('2026-10-20'));
    }
    await say(store, '程一禾', ['反弹', 'Z1-1-2'], at('2026-11-10'), {
      ...{ how: 'visit', text: '示例', dueOn: '2026-12-31' },
    });
    const [, quality = ''] = (await rows('程一禾', '2026-11')).at(-1) ?? [];
    expect(quality.split(' ')[3]).toBe('50%（1/2）');
    const [progress] = await tables('程一禾', '2026');
    expect(progress?.rows.at(-1)?.slice(0, 4)).toEqual(['合计', '16', '1', '15']);
  });

  it('stand in the order of the roster, and never by how large they are', async () => {
    await given('Z1-1-1', '秦书遥');
    for (const ref of ['Z1-1-2', 'Z1-2-1']) await given(ref, '方远山');
    await close('Z1-1-2', at('2026-10-20'));
    const directory = await readDirectory(store.database.rows);
    const inRoster = [...new Set(directory.people.map(({ department }) => department))];
    const names = (await rows('程一禾', '2026')).map(([row = '']) => row.split(' ')[0] ?? '');
    expect(names.slice(0, -3)).toEqual(inRoster.filter((name) => names.includes(name)));
    expect(names.slice(-3)).toEqual(['各科室小计', '未分派到科室', '合计']);
  });

  it('put what no department has apart: the departments are summed up before it, and the sums add up', async () => {
    await given('Z1-1-1', '秦书遥');
    await given('Z1-1-2', '方远山');
    const [progress] = await tables('程一禾', '2026');
    const counts = new Map((progress?.rows ?? []).map(([name, items]) => [name, Number(items)]));
    expect(counts.get('各科室小计')).toBe(2);
    expect(counts.get('未分派到科室')).toBe(14);
    expect(counts.get('合计')).toBe(16);
  });

  it('have nothing of what is hidden from the reader, nor of what he may not see', async () => {
    await given('Z1-1-1', '方远山');
    await given('Z1-1-2', '林砚秋');
    const recused = [(await personNamed(store, '程一禾')).id];
    await operate(store, { actor: 'command:sample', at: OCTOBER }, async (operation) => {
      const entry = await operation.entries.get('Z1-1-1');
      await operation.change(entry, { state: entry.state, recused }, { action: 'rectification.recuse' });
    });
    expect((await rows('程一禾', '2026')).at(-1)?.[0]).toBe('合计 15 0 15 0 0 1');
    expect((await rows('孟知行', '2026')).at(-1)?.[0]).toBe('合计 2 0 2 0 0 2');
    expect(await tables('许星阑', '2026')).toEqual([]);
  });

  it('have what each figure means below them, and buttons to the other periods', async () => {
    const [progress, quality] = await tables('程一禾', '2026-10');
    for (const name of progress?.columns.slice(1) ?? [])
      expect(
        progress?.footer.some((line) => line.includes(`${name}：`)),
        name,
      ).toBe(true);
    for (const name of quality?.columns.slice(1) ?? [])
      expect(
        quality?.footer.some((line) => line.startsWith(`${name}：`)),
        name,
      ).toBe(true);
    expect(quality?.footer[0]).toBe('2026 年 10 月，截至 2026-10-31');
    expect(quality?.actions.map(({ action }) => action)).toEqual([
      '统计 整改台账·质效 2026-11',
      '统计 整改台账·质效 2026-Q4',
      '统计 整改台账·质效 2026',
    ]);
  });

  async function lasting(ref: string, name: string): Promise<void> {
    const person = await personNamed(store, '程一禾');
    const values = {
      leader: (await personNamed(store, '孟知行')).id,
      responsible: [(await personNamed(store, name)).id],
      category: 'lasting',
    };
    await takeStep(store, { person, word: '指派', ref, at: OCTOBER, values });
    await takeMessages(store);
  }
});
