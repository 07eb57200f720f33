import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportFields } from '../../../ledger/intercession/fields.ts';
import { understandSentence } from '../../../ledger/intercession/understand-sentence.ts';
import { showRoughTime } from '../../../ledger/rough-time.ts';
import { CHATTER } from './chatter.ts';
import { FAVOURS_ASKED } from './favours-asked.ts';

/** A Wednesday, 16:20 in the bureau. */
const AT = new Date('2026-11-25T08:20:00Z');
const understand = (sentence: string) => understandSentence(sentence, AT, 'Asia/Shanghai');

describe('a sentence that tells of a favour asked', () => {
  test.each(FAVOURS_ASKED)('%s', (sentence, expected) => {
    expect(understand(sentence)).toEqual({ ...expected, content: sentence });
  });

  test('the time is that of the bureau’s zone, by night too', () => {
    const at = new Date('2026-11-24T17:00:00Z');
    const day = (zone: string) => understandSentence('昨天有人找我说情', at, zone)?.happenedAt;
    expect([day('Asia/Shanghai'), day('UTC')]).toEqual(['2026-11-24', '2026-11-23']);
  });
});

describe('what was answered on the spot', () => {
  test.each(['我没有马上拒绝', '我不敢拒绝', '我没好意思拒绝'])('is never guessed from 「%s」', (words) => {
    expect(understand(`昨天王处长打电话让我关照某项目，${words}`)?.reply).toBeUndefined();
  });
  test('is a refusal where one is told', () => {
    expect(understand('昨天王处长打电话让我关照某项目，我当场拒绝了')?.reply).toBe('refused');
  });
});

describe('a sentence that tells of none', () => {
  test.each(CHATTER)('%s', (sentence) => {
    expect(understand(sentence)).toBeUndefined();
  });
});

describe('whatever is typed', () => {
  const fragments = [
    ...FAVOURS_ASKED.flatMap(([sentence]) => sentence.split(/(?<=[，；])|(?=让我|打电话|项目)/)),
    ...[
      '99年',
      '二三月',
      '31日',
      '25点',
      '两',
      '半',
      '前',
      '《',
      '》',
      '「',
      '项目',
      '某',
      '张',
      '局长',
      '，',
      '\n',
    ],
    ...[
      '\ud83d',
      '\u202e',
      '<at user_id="all">',
      '晚上12点',
      '上个月31日',
      '2月30日',
      '下下周日',
      '0000/0/0',
    ],
  ];
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join('')),
    fc
      .array(fc.constantFrom(...fragments), { maxLength: 8 })
      .map((parts) => `${parts.join('')}王处长打电话让我在评审时关照`),
  );
  const anyMoment = fc.date({
    min: new Date('2020-01-01T00:00Z'),
    max: new Date('2030-01-01T00:00Z'),
    noInvalidDate: true,
  });

  test('every value is one that the form takes, and no time lies ahead', () => {
    fc.assert(
      fc.property(typed, anyMoment, (sentence, at) => {
        const understood = understandSentence(sentence, at, 'UTC') ?? {};
        for (const [name, value] of Object.entries(understood)) {
          const field = reportFields[name as keyof typeof reportFields];
          if (showRoughTime(value)) continue;
          expect(field.schema.safeParse(value), `${name}: ${JSON.stringify(value)}`).toMatchObject({
            success: true,
          });
        }
        const happenedAt = String(understood.happenedAt ?? '').replace('~', '');
        expect(happenedAt <= at.toISOString().slice(0, 16)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '一',
    '让我',
    '昨天下午三点',
    '张三局长',
    '「',
    '项目',
    '王',
    '托某',
    '先',
  ])('a sentence of the greatest length made of %s, and one far beyond it, take less than a second', (unit) => {
    const begun = performance.now();
    understand(unit.repeat(5_000 / unit.length));
    understand(unit.repeat(100_000 / unit.length));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  test('a text longer than the form takes is no sentence', () => {
    const favour = '王处长打电话让我在评审时关照';
    expect(understand(favour.padEnd(5_000, '。'))?.content).toHaveLength(5_000);
    expect(understand(favour.padEnd(5_001, '。'))).toBeUndefined();
  });
});
