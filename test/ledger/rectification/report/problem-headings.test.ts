import { describe, expect, it } from 'vitest';
import { parseReport } from '../../../../ledger/rectification/report/parse-report.ts';
import { outline, unplaced } from './report-outline.ts';

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

  it('may run on from one chapter to the next', () => {
    const text = `一、政治建设方面
1.学习不深入。一是子。
2.执行不力。一是丑。
二、队伍建设方面
3.年龄老化。一是寅。`;
    expect(outline(text)).toEqual([
      '1 | 政治建设方面 | 学习不深入 | - | 1:子。',
      '2 | 政治建设方面 | 执行不力 | - | 1:丑。',
      '3 | 队伍建设方面 | 年龄老化 | - | 1:寅。',
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
