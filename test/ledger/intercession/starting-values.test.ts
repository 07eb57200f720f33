import { describe, expect, test } from 'vitest';
import { reportFields } from '../../../ledger/intercession/fields.ts';
import { START, understandReport } from '../../../ledger/intercession/starting-values.ts';

/** A Wednesday, 16:20 in the bureau. */
const AT = new Date('2026-11-25T08:20:00Z');
const understand = (sentence: string) => understandReport(sentence, AT, 'Asia/Shanghai');

test('the form starts with something in every choice but the answer given on the spot and the promise', () => {
  const choices = Object.entries(reportFields).filter(([, { options, required }]) => required && options);
  const started = choices.map(([name]) => name).filter((name) => name !== 'reply');
  expect(Object.keys(START).sort()).toEqual(started.sort());
  for (const [name, field] of choices.filter(([each]) => each !== 'reply')) {
    expect(field.schema.safeParse(START[name]), name).toMatchObject({ success: true });
  }
});

test('what a sentence tells goes before what the form starts with', () => {
  expect(understand('昨天下午王处长打电话让我在评审时关照')).toMatchObject({
    channel: 'phone',
    stage: 'review',
    circumstances: ['favour-score'],
    intercessorKind: 'unknown',
  });
  expect(understand('有人托我给评审专家递条子')).toMatchObject({ stage: 'review' });
  expect(understand('刚才李四来找我说情')).toMatchObject({ stage: 'other', intercessorKind: 'unknown' });
});

test('a sentence that tells of no favour gives nothing to start with', () => {
  expect(understand('今天天气怎么样')).toBeUndefined();
});

describe('人员类别 is taken from what stands before the asking', () => {
  test.each([
    ['昨天某某公司的郑经理打电话让我在评审时关照', 'applicant'],
    ['上午王总来找我，让我把评审分数打高一点', 'applicant'],
    ['今天我表哥打电话给我，让我在立项时关照他们公司', 'relative'],
    ['今天同事李四跟我打招呼，让我在验收时放宽标准', 'colleague'],
    ['老同学张三约我吃饭，想让我在评审中关照', 'other'],
    ['市里的秘书小王打电话让我在评审中关照', 'aide'],
    ['今天上午有人打电话让我关照他亲戚的公司，在评审时打高分', 'unknown'],
  ])('%s', (sentence, kind) => {
    expect(understand(sentence)?.intercessorKind).toBe(kind);
  });
});
