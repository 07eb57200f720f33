import { describe, expect, it } from 'vitest';
import { parseReport } from '../../../../ledger/rectification/report/parse-report.ts';
import { outline, unplaced } from './report-outline.ts';

describe('measures', () => {
  const under = (body: string) => `二、整改落实情况\n1.关于“甲”问题的整改。${body}`;

  it.each([
    ['一是子。二是丑。', '1:子。 / 2:丑。'],
    ['\n一是子；\n二是丑。', '1:子； / 2:丑。'],
    ['第一，子。第二，丑。', '1:子。 / 2:丑。'],
    ['\n（１）子。\n（２）丑。', '1:子。 / 2:丑。'],
    ['①子。②丑。', '1:子。 / 2:丑。'],
    ['⑴子；⑵丑。', '1:子； / 2:丑。'],
    ['1)子。2)丑。', '1:子。 / 2:丑。'],
    ['\n\u3000\u3000一是\u3000子。\t\n\n\t二是 丑。  ', '1:子。 / 2:丑。'],
  ])('are read from %j', (body, measures) => {
    expect(outline(under(body))).toEqual([`1 | - | 甲 | - | ${measures}`]);
  });

  it.each([
    '修订《办法（1）》和《细则（试行）》，2021.3.31前印发。',
    '落实“一是一、二是二”的要求。',
    '查明原因（一是人少，二是钱少）并补足1.5万元。',
    '会上强调其中二是关键，三是保障。',
    '按第二批、第三类分别处理，十二是总数。',
  ])('keep false numbers as text: %s', (words) => {
    const report = parseReport(under(`\n一是${words}\n二是丑。`));
    expect(report.problems[0]?.measures.map((each) => each.text)).toEqual([words, '丑。']);
  });

  it('keep a sum of money at the start of a line as text', () => {
    const text = '二、整改落实情况\n（一）关于甲的问题。\n1.追回\n2.5万元。\n2.丑。';
    expect(outline(text)).toEqual(['1 | - | 甲 | - | 1:追回\n2.5万元。 / 2:丑。']);
  });

  it('prefer a number at a full stop to the same number at a comma before it', () => {
    expect(outline(under('一是抓重点，二是指第二季度前完成的。二是丑。'))).toEqual([
      '1 | - | 甲 | - | 1:抓重点，二是指第二季度前完成的。 / 2:丑。',
    ]);
  });

  it('hold the lists inside them', () => {
    expect(outline(under('\n（1）子。一是子一。二是子二。\n（2）丑。一是丑一。'))).toEqual([
      '1 | - | 甲 | - | 1:子。一是子一。二是子二。 / 2:丑。一是丑一。',
    ]);
  });

  it('begin after the findings', () => {
    expect(outline(under('学习笔记不完整。一是子。二是丑。'))).toEqual([
      '1 | - | 甲 | 学习笔记不完整。 | 1:子。 / 2:丑。',
    ]);
    expect(outline(under('\n具体表现：笔记不完整。\n整改措施：\n一是子。'))).toEqual([
      '1 | - | 甲 | 笔记不完整。 | 1:子。',
    ]);
  });

  it('are one where the report numbers none', () => {
    expect(outline(under('\n已修订制度。\n并已公布。'))).toEqual([
      '1 | - | 甲 | - | 1:已修订制度。\n并已公布。',
    ]);
  });

  it('count through where a problem begins its numbers again', () => {
    expect(outline(under('\n一是子。\n二是丑。\n一是寅。'))).toEqual([
      '1 | - | 甲 | - | 1:子。 / 2:丑。 / 3:寅。',
    ]);
  });

  it('end before closing words, contact and signature', () => {
    const text = `${under('一是子。')}
欢迎广大干部群众监督。联系电话：000-00000000。
示例局党组
2026年1月5日`;
    const report = parseReport(text);
    expect(report.problems[0]?.measures.map((each) => each.text)).toEqual(['子。']);
    expect(report).toMatchObject({ issuer: '示例局党组', issuedOn: '2026-01-05', unplaced: [] });
  });
});

describe('what cannot be placed', () => {
  it('is named by its line in the file, blank lines counted', () => {
    const text = `二、整改落实情况

反馈问题共2个。
1.关于“甲”问题的整改。
一是子。

二是丑。
五是寅。
2.关于“乙”问题的整改。
责任领导：某某
整改措施：一是卯。二是。
整改情况：已完成。`;
    expect(unplaced(text)).toEqual([
      [3, '反馈问题共2个。'],
      [8, '五是寅。'],
      [10, '责任领导：某某'],
      [11, '二是。'],
      [12, '整改情况：已完成。'],
    ]);
  });

  it('is nothing where the text has no problems', () => {
    for (const text of ['', '\uFEFF', '今天天气好。', '一、总则\n1.依据。\n二、附则\n2.解释。']) {
      expect(parseReport(text)).toEqual({ problems: [], unplaced: [] });
    }
  });
});

describe('the face of a report', () => {
  const feedback = (text: string) => parseReport(text).feedbackOn;

  it('takes the day of the feedback, not of the inspection', () => {
    expect(feedback('２０２５年３月５日至６月２日巡察。７月８日，巡察组反馈了意见。')).toBe('2025-07-08');
    expect(feedback('2024年11月6日至12月20日巡察，并于2025年1月14日反馈了意见。')).toBe('2025-01-14');
    expect(feedback('针对反馈问题，2025年1月1日起整改。')).toBeUndefined();
    expect(feedback('2025年2月30日，巡察组反馈了意见。')).toBeUndefined();
  });

  it('reads a date in Chinese digits and takes the issuer from the title where nobody signed', () => {
    expect(parseReport('示例局党组\n二〇二六年十一月十三日')).toMatchObject({ issuedOn: '2026-11-13' });
    expect(parseReport('示例局党组关于巡察整改情况的通报\n正文。')).toMatchObject({
      title: '示例局党组关于巡察整改情况的通报',
      issuer: '示例局党组',
    });
  });
});
