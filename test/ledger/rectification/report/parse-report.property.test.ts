import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReport } from '../../../../ledger/rectification/report/parse-report.ts';
import { generatedReport } from './generated-report.ts';

/** Pieces that reports are made of, to be put together without sense. */
const piece = fc.constantFrom(
  ...[
    '一是',
    '二是',
    '三是',
    '第一，',
    '(1)',
    '（２）',
    '①',
    '1)',
    '1.',
    '２．',
    '\n1.',
    '\n2、',
    '\n(一)',
    '\n一、',
  ],
  ...[
    '\n问题1.',
    '关于',
    '针对',
    '“',
    '”',
    '《',
    '》',
    '问题',
    '的整改。',
    '方面',
    '\n方面：',
    '整改措施：',
    '责任人：',
  ],
  ...[
    '。',
    '；',
    '，',
    '\n',
    '\r\n',
    ' ',
    '\u3000',
    '\uFEFF',
    '甲',
    '2025年1月2日',
    '反馈',
    '局党组',
    '\n下一步，',
    '😀',
  ],
);
const soup = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));
const anything = fc.oneof(
  soup,
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme' }),
);

const linesOf = (text: string) => text.split(/\r\n|\n|\r/);

describe('parseReport', () => {
  it('gives back exactly what a report in any of the known forms was made of', () => {
    fc.assert(
      fc.property(generatedReport, ({ text, problems }) => {
        const report = parseReport(text);
        const read = report.problems.map(({ line: _, measures, ...problem }) => ({
          ...problem,
          measures: measures.map(({ number, text: words }) => ({ number, text: words })),
        }));
        expect(read).toEqual(problems);
        expect(report.unplaced).toEqual([]);
        const lines = linesOf(text);
        for (const problem of report.problems) {
          expect(lines[problem.line - 1]).toContain(problem.heading);
          for (const measure of problem.measures) expect(lines[measure.line - 1]).toContain(measure.text);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, and whatever it keeps stands in the text at the line it names', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const report = parseReport(text);
        const lines = linesOf(text);
        const from = (line: number) => lines.slice(line - 1).join('\n');
        const plain = (words: string) => linesOf(words).join('\n');
        expect(report.problems.map((each) => each.number)).toEqual(
          [...new Set(report.problems.map((each) => each.number))].sort((a, b) => a - b),
        );
        for (const problem of report.problems) {
          expect(lines[problem.line - 1]).toContain(linesOf(problem.heading)[0]);
          expect(problem.title).not.toBe('');
          for (const measure of problem.measures) {
            expect(measure.text).toBe(measure.text.trim());
            expect(from(measure.line)).toContain(plain(measure.text));
          }
        }
        for (const each of report.unplaced) expect(lines[each.line - 1]).toContain(each.text);
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no word between the first problem and the end of the section', () => {
    const marks = fc.constantFrom(
      ...[
        '一是',
        '。二是',
        '；三是',
        '\n五是',
        '第一，',
        '\n（1）',
        '。(2)',
        '①',
        '\n1.',
        '\n2.',
        '\n(一)',
        '。',
        '，',
        '\n',
      ],
      ...[
        '\n2.关于“乙”问题的整改。',
        '\n3.针对丙的问题。',
        '\n针对丁的问题，一是',
        '\n（二）戊方面\n',
        '\n责任人：',
      ],
      ...['\n整改措施：', '。整改情况：', '\n具体表现：', '《', '》', '（', '）', '“', '”', '\n下一步，'],
    );
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 40 }), (pieces) => {
        const words = pieces.map((each, index) => `${each}词${index}尾`).join('');
        const report = parseReport(`二、整改落实情况\n1.关于“甲”问题的整改。${words}`);
        const kept = JSON.stringify(report);
        expect(pieces.map((_, index) => `词${index}尾`).filter((each) => !kept.includes(each))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ...[
      '一是',
      '(1)',
      '①',
      '“',
      '《',
      '关于“',
      '针对',
      '\n1.',
      '\n(一)',
      '\n一、',
      '。整改措施：',
      '\n',
      ' ',
      '\u3000',
    ],
    ...[
      '1.关于“甲”问题的整改。一是子。二是丑。',
      '\n问题1.',
      '。针对甲问题，一是',
      '2025年1月2日反馈',
      '的问题',
      '甲方面\n',
    ],
  ])('reads 100,000 characters of %j in under a second', (seed) => {
    const text = `二、整改落实情况\n1.关于“甲”问题的整改。${seed.repeat(100_000 / seed.length)}`;
    const begunMs = performance.now();
    parseReport(text);
    expect(performance.now() - begunMs).toBeLessThan(1000);
  });
});
