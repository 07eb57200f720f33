import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparer, likeness, normalise } from '../../../../ledger/rectification/signals/shingles.ts';

/** Characters as they stand in such texts, few enough that texts have some in common. */
const SIGNS = '经费管理办法修订完成会议研究制度印发执行检查整改落实材料归档2026';
const OTHERS = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥';

const textOf = (signs: string, constraints: { minLength?: number; maxLength?: number } = {}) =>
  fc.string({ unit: fc.constantFrom(...signs), ...constraints });
const text = textOf(SIGNS, { maxLength: 120 });
const longText = textOf(SIGNS, { minLength: 60, maxLength: 300 });

describe('how alike two texts are', () => {
  it('does not depend on their order', () => {
    fc.assert(fc.property(text, text, (one, other) => likeness(one, other) === likeness(other, one)));
  });

  it('is 100 for the same text, from three signs on', () => {
    fc.assert(
      fc.property(textOf(SIGNS, { minLength: 3, maxLength: 200 }), (one) => likeness(one, one) === 100),
    );
  });

  it('is 0 for texts without a sign in common', () => {
    fc.assert(
      fc.property(text, textOf(OTHERS, { maxLength: 120 }), (one, other) => likeness(one, other) === 0),
    );
  });

  it('is between 0 and 100', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const percent = likeness(one, other);
        return percent >= 0 && percent <= 100;
      }),
    );
  });

  it('stays above the threshold after one change to each thirty signs', () => {
    const change = fc.tuple(
      fc.constantFrom('replace', 'insert', 'remove'),
      fc.nat(29),
      fc.constantFrom(...OTHERS),
    );
    fc.assert(
      fc.property(longText, fc.array(change, { maxLength: 10 }), (one, changes) => {
        const signs = [...one];
        for (const [index, [how, at, sign]] of changes.entries()) {
          const place = index * 30 + at;
          if (place >= one.length - (one.length % 30)) continue;
          signs[place] = how === 'remove' ? '' : how === 'insert' ? `${sign}${signs[place]}` : sign;
        }
        expect(likeness(one, signs.join(''))).toBeGreaterThanOrEqual(80);
      }),
    );
  });

  it('does not depend on width, case, spaces and punctuation', () => {
    fc.assert(
      fc.property(textOf(SIGNS, { minLength: 3, maxLength: 60 }), (one) => {
        const dressed = [...`${one}ABC`].map((sign, at) => (at % 4 === 0 ? `${sign}，\n ` : sign)).join('');
        return likeness(`${one}ａbｃ`, `（${dressed}）。`) === 100;
      }),
    );
  });

  it('is the same where it is asked for with a threshold, and 0 below it', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 100 }), (one, other, from) => {
        const percent = likeness(one, other);
        expect(comparer(one, from)(other)).toBe(percent >= from ? percent : 0);
      }),
    );
  });

  it('of texts that begin alike is found by the threshold as well', () => {
    fc.assert(
      fc.property(text, text, text, fc.integer({ min: 1, max: 100 }), (shared, one, other, from) => {
        const percent = likeness(shared + one, shared + other);
        expect(comparer(shared + one, from)(shared + other)).toBe(percent >= from ? percent : 0);
      }),
    );
  });
});

it.each([
  ['甲乙丙丁', '甲乙丙戊', 50],
  ['甲乙丙', '甲乙丙甲乙丙', 40],
  ['甲乙丙甲乙丙', '甲乙丙', 40],
  ['甲乙丙甲乙丙', '甲乙丙甲乙丙', 100],
  ['甲乙丙丁戊己', '甲乙丙戊己庚', 25],
  ['甲乙', '甲乙', 0],
  ['', '', 0],
])('「%s」 and 「%s」 have %i hundredths in common: what is said twice counts as often as both say it', (one, other, percent) => {
  expect(likeness(one, other)).toBe(percent);
});

it('compares what is said, not how it is written', () => {
  expect(normalise('《经费管理办法》（２０２６ 修订）。')).toBe('经费管理办法2026修订');
});
