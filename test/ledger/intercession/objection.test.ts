import { beforeEach, describe, expect, test } from 'vitest';
import { operate } from '../../../ledger/operation.ts';
import { oneReport } from './one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const REPORTER = '许星阑';
const OBJECTION = { objection: '示例异议' };

const report = oneReport(AT);
const { person, step, seen, told, entry } = report;

const on = (date: string) => new Date(`${date}T02:00:00Z`);
const named = async (name: string) => ({ person: (await person(name)).id });

describe('异议', () => {
  beforeEach(async () => {
    await step('唐文澜', '备查');
    await told();
  });

  test('goes to another officer than the one who judged, who upholds it', async () => {
    await step(REPORTER, '异议', OBJECTION);
    expect(await entry()).toMatchObject({ state: 'objected', dueOn: '2026-12-07' });
    expect(await told()).toEqual([['姜明澈', '有异议等待复核', `${report.ref} 复核中，请作出复核结论。`]]);
    await expect(step('唐文澜', '复核', { result: 'upheld', opinion: '示例' })).rejects.toThrow(
      '是您作出的甄别结论，须由另一名受理人员复核',
    );
    await step('姜明澈', '复核', { result: 'upheld', opinion: '复核意见示例' });
    expect(await told()).toEqual([
      [
        REPORTER,
        '您的异议已复核',
        `${report.ref} 的复核结论：维持原结论，现为「已向您反馈」。`,
        '点「查看」了解复核意见。',
      ],
    ]);
    expect(await entry()).toMatchObject({ state: 'answered', dueOn: null });
    expect(await seen(REPORTER)).toMatch(/异议：示例异议\n.*复核结论：维持。复核意见示例/);
    await expect(step(REPORTER, '异议', OBJECTION)).rejects.toThrow('已经复核并维持原结论');
  });

  test('may lead back to 甄别, with a new date and a new answer that may be objected to', async () => {
    await step(REPORTER, '异议', OBJECTION);
    await step('姜明澈', '复核', { result: 'anew', opinion: '示例' }, on('2026-11-24'));
    expect(await entry()).toMatchObject({ state: 'screening', dueOn: '2026-12-08' });
    expect((await told()).at(-1)).toEqual([
      REPORTER,
      '您的异议已复核',
      `${report.ref} 的复核结论：将重新甄别，现为「甄别中」。`,
      '重新甄别后的结果会再告诉您。',
    ]);
    await step('姜明澈', '备查', {}, on('2026-11-24'));
    await step(REPORTER, '异议', OBJECTION, on('2026-11-25'));
    await step('唐文澜', '复核', { result: 'upheld', opinion: '示例' }, on('2026-11-25'));
    expect(await entry()).toMatchObject({ state: 'answered' });
  });

  test('is possible from the archive too, up to the last day and not after it', async () => {
    await step('唐文澜', '归档');
    await expect(step(REPORTER, '异议', OBJECTION, on('2026-12-24'))).rejects.toThrow(
      `${report.ref} 已于 2026-11-23 反馈，提出异议的期限是 30 日（至 2026-12-23），现在是 2026-12-24。`,
    );
    await step(REPORTER, '异议', OBJECTION, on('2026-12-23'));
    expect(await entry()).toMatchObject({ state: 'objected', closedAt: null });
  });

  test('goes to the 派驻纪检组 where there is no other officer', async () => {
    await step(REPORTER, '异议', { objection: '姜明澈也在场，请其回避' });
    expect((await told()).map(([to]) => to)).toEqual(['郑怀瑾']);
    await step('郑怀瑾', '复核', { result: 'upheld', opinion: '示例' });
    expect(await entry()).toMatchObject({ state: 'answered' });
  });

  test('is refused with the way to the upper level where nobody is left to decide it', async () => {
    await expect(step(REPORTER, '异议', { objection: '姜明澈、郑怀瑾都在场' })).rejects.toThrow(
      '请您另向上级纪检监察机构反映',
    );
    expect(await entry()).toMatchObject({ state: 'routine' });
  });
});

describe('认定', () => {
  const mayOpen = async (name: string) =>
    operate(report.store, { actor: await person(name), at: AT }, ({ entries }) =>
      entries.get(report.ref),
    ).then(
      () => true,
      () => false,
    );

  test('hides the record from who is found to be meant and from the head of his department, and tells them nothing', async () => {
    await step('唐文澜', '认定', await named('林砚秋'));
    expect(await told()).toEqual([]);
    expect(await seen('姜明澈')).toContain('已认定：林砚秋');
    expect(await seen(REPORTER)).not.toContain('林砚秋');
    await told();
    await step('唐文澜', '认定', await named('姜明澈'));
    expect((await told()).map(([to]) => to)).toEqual(['郑怀瑾']);
    for (const name of ['林砚秋', '方远山', '姜明澈']) expect(await mayOpen(name), name).toBe(false);
  });

  test('of the officer himself takes him out of it; where nobody is left, the reporter hears where to turn', async () => {
    await step('唐文澜', '认定', await named('唐文澜'));
    expect(await mayOpen('唐文澜')).toBe(false);
    expect((await told()).map(([to, title]) => [to, title])).toEqual([['郑怀瑾', '有说情打招呼记录转来']]);
    await step('郑怀瑾', '受理');
    await told();
    await step('郑怀瑾', '认定', await named('郑怀瑾'));
    expect(await mayOpen('郑怀瑾')).toBe(false);
    expect(await told()).toEqual([
      [
        REPORTER,
        '您的记录需要另行反映',
        `${report.ref} 的受理人员现都需回避，记录已存证；请您另向上级纪检监察机构反映。`,
      ],
    ]);
    expect(await mayOpen(REPORTER)).toBe(true);
  });

  test('is not of the reporter, and not of the same person twice', async () => {
    await expect(step('唐文澜', '认定', await named(REPORTER))).rejects.toThrow('这是记录人本人');
    await step('唐文澜', '认定', await named('方远山'));
    await expect(step('唐文澜', '认定', await named('方远山'))).rejects.toThrow('此人已经认定过');
  });
});
