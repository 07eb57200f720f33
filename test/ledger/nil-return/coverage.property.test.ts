import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Coverage, OTHERS, shownCoverage, WHOLE } from '../../../ledger/nil-return/coverage.ts';

const departments: fc.Arbitrary<Coverage[]> = fc
  .array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 })), { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map(([more, less], index) => ({
      department: `示例${index}科`,
      asked: Math.max(1, more, less),
      answered: Math.min(more, less),
    })),
  );

const isSmall = (count: number, smallest: number) => count > 0 && count < smallest;
const total = (of: readonly Coverage[], what: 'asked' | 'answered') =>
  of.reduce((sum, each) => sum + each[what], 0);

test('shows no small figure, neither in a line nor by taking lines from the whole', () => {
  fc.assert(
    fc.property(departments, fc.integer({ min: 1, max: 5 }), (all, smallest) => {
      const shown = shownCoverage(all, smallest);
      for (const { asked, answered, department } of shown) {
        if (answered === undefined) {
          expect(department).toBe(WHOLE);
          expect(shown).toHaveLength(1);
          continue;
        }
        expect(asked).toBeGreaterThanOrEqual(smallest);
        expect(isSmall(answered, smallest)).toBe(false);
        expect(isSmall(asked - answered, smallest)).toBe(false);
      }
      const single = all.filter(({ department }) => shown.some((line) => line.department === department));
      if (shown.length > 1) expect(all.length - single.length).not.toBe(1);
    }),
  );
});

test('shows the whole as it is, and departments in their own order', () => {
  fc.assert(
    fc.property(departments, fc.integer({ min: 1, max: 5 }), (all, smallest) => {
      const shown = shownCoverage(all, smallest);
      const whole = shown.at(-1);
      expect(whole?.department).toBe(WHOLE);
      expect(whole?.asked).toBe(total(all, 'asked'));
      expect(whole?.answered ?? total(all, 'answered')).toBe(total(all, 'answered'));
      const names = shown.map(({ department }) => department).filter((name) => /^示例/.test(name));
      expect(names).toEqual(all.map(({ department }) => department).filter((name) => names.includes(name)));
    }),
  );
});

test('a department with one who is open is put together with another', () => {
  const all = [
    { department: '甲科', asked: 8, answered: 7 },
    { department: '乙科', asked: 6, answered: 6 },
    { department: '丙科', asked: 9, answered: 4 },
  ];
  expect(shownCoverage(all, 3)).toEqual([{ department: WHOLE, asked: 23, answered: 17 }]);
  const three = [...all, { department: '丁科', asked: 5, answered: 3 }];
  expect(shownCoverage(three, 3)).toEqual([
    { department: '乙科', asked: 6, answered: 6 },
    { department: '丙科', asked: 9, answered: 4 },
    { department: OTHERS, asked: 13, answered: 10 },
    { department: WHOLE, asked: 28, answered: 20 },
  ]);
});
