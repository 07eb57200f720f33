import { describe, expect, it } from 'vitest';
import { parseReport } from '../../../../ledger/rectification/report/parse-report.ts';

/** One line a problem: number, aspect, title, findings, measures with their numbers. */
function outline(text: string): string[] {
  return parseReport(text).problems.map(({ number, aspect, title, findings, measures }) => {
    const listed = measures.map((each) => `${each.number}:${each.text}`).join(' / ');
    return [number, aspect ?? '-', title, findings ?? '-', listed].join(' | ');
  });
}

const unplaced = (text: string) => parseReport(text).unplaced.map((each) => [each.line, each.text]);

describe('problem headings', () => {
  it('may be the chapters themselves', () => {
    const text = `一、关于“学习不深入”问题的整改情况
1.制定计划。
2.开展研讨。
二、关于“执行不力”问题的整改情况
1.建立台账。2.加强督办。
三、下一步打算
1.持续整改。`;
    expect(outline(text)).toEqual([
      '1 | - | 学习不深入 | - | 1:制定计划。 / 2:开展研讨。',
      '2 | - | 执行不力 | - | 1:建立台账。 / 2:加强督办。',
    ]);
  });

  it('may be numbered (一) with measures 1. 2. below', () => {
    const text = `二、整改落实情况
（一）关于学习不深入的问题。1．制定计划。2．开展研讨。
（二）关于执行不力的问题。
1、建立台账。
2、加强督办。`;
    expect(outline(text)).toEqual([
      '1 | - | 学习不深入 | - | 1:制定计划。 / 2:开展研讨。',
      '2 | - | 执行不力 | - | 1:建立台账。 / 2:加强督办。',
    ]);
  });

  it('may stand in the middle of a line when all line breaks were lost', () => {
    const text =
      '二、整改落实情况 1.关于“甲”问题的整改。一是子。二是丑。2.关于“乙”问题的整改。一是寅，花费2.5万元。';
    expect(outline(text)).toEqual([
      '1 | - | 甲 | - | 1:子。 / 2:丑。',
      '2 | - | 乙 | - | 1:寅，花费2.5万元。',
    ]);
  });

  it('may have lost their numbers', () => {
    const text = '关于“甲”问题的整改\n一是子。\n二是丑。\n关于“乙”问题的整改\n一是寅。';
    expect(outline(text)).toEqual(['1 | - | 甲 | - | 1:子。 / 2:丑。', '2 | - | 乙 | - | 1:寅。']);
  });

  it('may be bracketed or counted in Chinese, with or without 关于', () => {
    const text = `【问题1】学习不深入。
【整改情况】一是子。二是丑。
反馈问题二：执行不力。整改情况：制定制度。
第三个问题：关于作风不实的问题。①寅②卯`;
    expect(outline(text)).toEqual([
      '1 | - | 学习不深入 | - | 1:子。 / 2:丑。',
      '2 | - | 执行不力 | - | 1:制定制度。',
      '3 | - | 作风不实 | - | 1:寅 / 2:卯',
    ]);
  });

  it('may say nothing of 问题, so that only their measures tell', () => {
    const text = `一、组织情况
1.加强领导。一是专班。二是调度。
二、巡察整改落实情况
1、2025年度学习计划未完成。一是子。二是丑。
2、执行不力：一是寅；二是卯。
三、下步打算
1、继续。一是什么。`;
    expect(outline(text)).toEqual([
      '1 | - | 2025年度学习计划未完成 | - | 1:子。 / 2:丑。',
      '2 | - | 执行不力 | - | 1:寅； / 2:卯。',
    ]);
  });

  it('keep quotation marks that are part of the words, and the heading as the file has it', () => {
    const text = `１．关于“三会一课”制度不落实的问题
一是子。
２．关于“问题导向”和“目标导向”问题的整改。
一是丑。`;
    const { problems } = parseReport(text);
    expect(problems.map((each) => each.title)).toEqual(['“三会一课”制度不落实', '“问题导向”和“目标导向”']);
    expect(problems[0]?.heading).toBe('１．关于“三会一课”制度不落实的问题');
  });

  it('are not looked for in chapters about organisation or the next steps', () => {
    const text = `一、整改工作组织情况
1.关于思想认识的问题。一是统一思想。
二、反馈的2个方面问题整改情况
1.关于“甲”问题的整改。一是子。
三、下步打算
1.关于长期坚持的问题。一是坚持。`;
    expect(outline(text)).toEqual(['1 | - | 甲 | - | 1:子。']);
  });

  it('are not made of numbered lists and figures inside a measure', () => {
    const text = `二、整改落实情况
1.关于“甲”问题的整改。
一是分三步：
1.清理。
2.核对。
3.5万元以上的逐笔核对。
二是丑。
2.关于“乙”问题的整改。
一是寅。`;
    expect(outline(text)).toEqual([
      '1 | - | 甲 | - | 1:分三步：\n1.清理。\n2.核对。\n3.5万元以上的逐笔核对。 / 2:丑。',
      '2 | - | 乙 | - | 1:寅。',
    ]);
  });

  it('are not made of one plainly worded measure among plain headings', () => {
    const text = `二、整改落实情况
1.学习不深入。
（1）针对笔记不全的问题。已补齐。
（2）制定计划。
2.执行不力。
（1）建立台账。
（2）加强督办。
3.作风不实。
（1）开展走访。`;
    expect(outline(text)).toEqual([
      '1 | - | 学习不深入 | - | 1:针对笔记不全的问题。已补齐。 / 2:制定计划。',
      '2 | - | 执行不力 | - | 1:建立台账。 / 2:加强督办。',
      '3 | - | 作风不实 | - | 1:开展走访。',
    ]);
  });

  it('have no aspect where (一) (二) begin again below each of them', () => {
    const text = `1.关于“甲”问题的整改。
（一）子。
（二）丑。
2.关于“乙”问题的整改。
（一）寅。
（二）卯。
3.关于“丙”问题的整改。
（一）辰。`;
    expect(outline(text)).toEqual([
      '1 | - | 甲 | - | 1:子。 / 2:丑。',
      '2 | - | 乙 | - | 1:寅。 / 2:卯。',
      '3 | - | 丙 | - | 1:辰。',
    ]);
    expect(unplaced(text)).toEqual([]);
  });

  it('may have aspects without 方面, and numbers that run on from one aspect to the next', () => {
    const text = `二、整改落实情况
（一）政治建设
1.学习不深入。一是子。二是丑。
2.执行不力。一是寅。
（二）队伍建设
3.年龄老化。一是卯。二是辰。`;
    expect(outline(text)).toEqual([
      '1 | 政治建设 | 学习不深入 | - | 1:子。 / 2:丑。',
      '2 | 政治建设 | 执行不力 | - | 1:寅。',
      '3 | 队伍建设 | 年龄老化 | - | 1:卯。 / 2:辰。',
    ]);
  });

  it('take the widest aspect and report the finer ones', () => {
    const text = `二、整改落实情况
（一）政治建设方面
1.关于理论武装方面的问题
（1）针对“学习不深入”的问题。一是子。二是丑。
（2）针对“研讨少”的问题。一是寅。`;
    expect(outline(text)).toEqual([
      '1 | 政治建设方面 | 学习不深入 | - | 1:子。 / 2:丑。',
      '2 | 政治建设方面 | 研讨少 | - | 1:寅。',
    ]);
    expect(unplaced(text)).toEqual([[3, '1.关于理论武装方面的问题']]);
  });
});

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
