import { describe, expect, test } from 'vitest';
import type { FormContent } from '../../../ledger/message.ts';
import { formValues } from '../../harness.ts';
import { oneReport } from './one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const { ask } = oneReport(AT);

const formFor = async (name: string, sentence: string) => (await ask(name, sentence)) as FormContent;
const filled = async (name: string, sentence: string) => formValues(await formFor(name, sentence));

describe('whom a sentence names of the bureau', () => {
  test.each([
    ['昨天下午唐干事打电话让我在评审时关照', '唐文澜', 'colleague'],
    ['昨天下午小唐打电话让我在评审时关照', '唐文澜', 'colleague'],
    ['昨天下午孟局打电话让我在评审时关照', '孟知行', 'own-leader'],
    ['昨天下午孟局长打电话让我在评审时关照', '孟知行', 'own-leader'],
    ['昨天下午唐文澜打电话让我在评审时关照', '唐文澜', 'colleague'],
    ['昨天下午局长田守正打电话让我在评审时关照', '田守正', 'own-leader'],
    ['昨天下午高新技术科的方科长打电话让我在评审时关照', '方远山', 'colleague'],
  ])('is filled in where it is one person: %s', async (sentence, name, kind) => {
    expect(await filled('许星阑', sentence)).toMatchObject({
      intercessorName: name,
      intercessorKind: kind,
      content: sentence,
    });
  });

  test.each([
    ['昨天下午县科技局孟局长来找我，让我在评审时关照', '孟局长', 'unknown'],
    ['昨天下午示例公司的小唐打电话让我在评审时关照', '小唐', 'applicant'],
    ['昨天下午老同学唐文澜约我吃饭，让我在评审时关照', '唐文澜', 'other'],
    ['昨天下午小王打电话让我在评审时关照', '小王', 'unknown'],
    ['昨天下午地方科技部门打电话让我在评审时关照', undefined, 'unknown'],
    ['昨天下午纪检干事打电话让我在评审时关照', undefined, 'unknown'],
  ])('stays as it was typed where it is somebody else: %s', async (sentence, name, kind) => {
    const values = await filled('许星阑', sentence);
    expect([values.intercessorName, values.intercessorKind]).toEqual([name, kind]);
  });

  test('is not the speaker himself', async () => {
    const sentence = '昨天下午小唐打电话让我在评审时关照';
    expect(await filled('唐文澜', sentence)).toMatchObject({ intercessorName: '小唐' });
  });

  test('is below who heads his department, and below a leader', async () => {
    const kind = async (speaker: string) =>
      (await filled(speaker, '昨天下午林砚秋打电话让我在评审时关照')).intercessorKind;
    expect([await kind('方远山'), await kind('许星阑'), await kind('孟知行')]).toEqual([
      'subordinate',
      'colleague',
      'subordinate',
    ]);
  });
});

describe('an hour that nobody told', () => {
  const timeIn = async (sentence: string) => {
    const { fields } = await formFor('许星阑', sentence);
    return fields.find(({ name }) => name === 'happenedAt');
  };

  test('is not put into the form: the day is shown, and the time is asked for', async () => {
    const field = await timeIn('昨天王局长打电话让我在评审时关照');
    expect(field).toMatchObject({ hint: '日期按您所说是 2026-11-22，时间待补：请选大概几点' });
    expect(field).not.toHaveProperty('value');
  });

  test('is said to be filled in for the time being where the part of the day was told', async () => {
    expect(await timeIn('昨天下午王局长打电话让我在评审时关照')).toMatchObject({
      value: '2026-11-22T15:00',
      hint: '您只说了时段，15:00 是暂填的，请改成大概几点',
    });
  });

  test('is not spoken of where it was told', async () => {
    const field = await timeIn('昨天下午四点王局长打电话让我在评审时关照');
    expect(field).toMatchObject({ value: '2026-11-22T16:00' });
    expect(field).not.toHaveProperty('hint');
  });
});
