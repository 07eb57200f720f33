import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breakLines } from '../../paper/break-lines.ts';

const measure = (text: string) => [...text].reduce((sum, sign) => sum + (sign < '\u2e80' ? 0.5 : 1), 0);

it('loses no character and makes no line too wide, whatever is written', () => {
  const text = fc.string({ unit: fc.constantFrom(...'汉字，。（）「」abc1-@ \n—“”'), maxLength: 200 });
  fc.assert(
    fc.property(text, fc.integer({ min: 5, max: 20 }), (written, width) => {
      const lines = breakLines(written, width, measure);
      expect(lines.join('')).toBe(written.replaceAll('\n', ''));
      expect(lines.filter((line) => measure(line) > width)).toEqual([]);
    }),
  );
});

it('begins no line with a closing mark, ends none with an opening one, and leaves words whole', () => {
  expect(breakLines('一二三四五，六七', 5, measure)).toEqual(['一二三四', '五，六七']);
  expect(breakLines('一二三四（五六）', 5, measure)).toEqual(['一二三四', '（五六）']);
  expect(breakLines('一二三 report 四', 5, measure)).toEqual(['一二三 ', 'report 四']);
});
