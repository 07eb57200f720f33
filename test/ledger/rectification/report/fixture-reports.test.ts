import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  parseReport,
  type RectificationReport,
} from '../../../../ledger/rectification/report/parse-report.ts';

interface Expected {
  readonly face: Pick<RectificationReport, 'title' | 'issuer' | 'issuedOn' | 'feedbackOn'>;
  /** Aspect, number, title, line, then the line of each measure. */
  readonly problems: readonly (readonly [string, number, string, number, readonly number[]])[];
  readonly unplaced: readonly number[];
}

const fixtures: Readonly<Record<string, Expected>> = {
  'issues-under-aspects.txt': {
    face: {
      title: '中共示例区科学技术和信息化局党组关于区委巡察反馈意见整改进展情况的通报',
      issuer: '中共示例区科学技术和信息化局党组',
      issuedOn: '2025-10-17',
      feedbackOn: '2025-07-08',
    },
    problems: [
      ['贯彻落实党的理论和路线方针政策方面', 1, '“第一议题”制度执行不经常', 13, [13, 13, 13]],
      ['贯彻落实党的理论和路线方针政策方面', 2, '服务企业创新不够精准', 14, [14, 14]],
      ['项目和资金管理方面', 3, '科技项目评审回避制度不落实', 16, [17, 19, 20]],
      ['项目和资金管理方面', 4, '专项资金拨付不及时', 21, [22, 23]],
      ['项目和资金管理方面', 5, '项目验收把关不严', 24, [24, 24]],
      ['基层党组织建设方面', 6, '组织生活质量不高', 26, [26, 26, 26]],
      ['基层党组织建设方面', 7, '科研诚信宣传教育不深入', 27, [27, 27, 27]],
    ],
    unplaced: [11],
  },
  'chapters-as-aspects.txt': {
    face: {
      title: '示例市实验动物与科学仪器中心党总支关于巡察整改落实情况的报告',
      issuer: '示例市实验动物与科学仪器中心党总支',
      issuedOn: '2026-07-31',
      feedbackOn: '2026-04-20',
    },
    problems: [
      ['政治建设方面', 1, '理论学习存在以干代学现象', 11, [14, 15, 16]],
      ['政治建设方面', 2, '意识形态阵地管理有短板', 19, [21, 22]],
      ['业务和财务管理方面', 3, '大型仪器共享收费不够规范', 26, [28, 30, 31]],
      ['业务和财务管理方面', 4, '实验动物采购询价程序不完整', 34, [35, 35, 35]],
      ['业务和财务管理方面', 5, '固定资产账实不符', 37, [40, 41]],
      ['队伍和作风建设方面', 6, '对年轻干部培养力度不够', 44, [46, 47, 48]],
    ],
    unplaced: [17, 18, 23, 32, 33, 39],
  },
  'restarting-numbers.txt': {
    face: {
      title: '关于县委巡察反馈意见整改情况的公示',
      issuer: '示例县知识产权保护中心党支部',
      issuedOn: '2025-05-09',
      feedbackOn: '2025-01-14',
    },
    problems: [
      ['党的领导方面', 1, '落实上级决策部署打折扣', 7, [9, 10]],
      ['党的领导方面', 2, '专利资助政策宣传面不广', 11, [13, 15, 16]],
      ['党的领导方面', 3, '议事决策不规范', 17, [19, 20]],
      ['全面从严治党方面', 4, '廉政风险点排查不到位', 24, [25, 25, 25]],
      ['全面从严治党方面', 5, '代理机构监管宽松软', 26, [27, 27, 28, 28]],
      ['全面从严治党方面', 6, '谈心谈话流于形式', 29, [30]],
      ['干部队伍建设方面', 7, '专业人才紧缺', 32, [34, 35, 36]],
      ['干部队伍建设方面', 8, '绩效考核区分度不高', 37, [39, 40, 41]],
    ],
    unplaced: [21, 23, 28, 42, 44],
  },
};

const sample = new URL('../../../../sample/rectification-report.txt', import.meta.url);
const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

const placesOf = (report: RectificationReport) =>
  report.problems.map((each) => [
    each.aspect,
    each.number,
    each.title,
    each.line,
    each.measures.map((measure) => measure.line),
  ]);

describe.each(Object.entries(fixtures))('the report %s', (name, expected) => {
  const text = read(name);
  const report = parseReport(text);

  it('gives its title, its signature and the day of the feedback', () => {
    expect(report).toMatchObject(expected.face);
  });

  it('gives every problem with its aspect and every measure on its line', () => {
    expect(placesOf(report)).toEqual(expected.problems);
  });

  it('names the lines that belong to no problem, each with its text and a reason', () => {
    const lines = text.split('\n');
    expect(report.unplaced.map((each) => each.line)).toEqual(expected.unplaced);
    for (const each of report.unplaced) {
      expect(lines[each.line - 1]).toContain(each.text);
      expect(each.why).toMatch(/\p{Script=Han}/u);
    }
  });

  it('keeps every measure as the characters of the file, from its line on', () => {
    const lines = text.split('\n');
    for (const measure of report.problems.flatMap((each) => each.measures)) {
      expect(lines.slice(measure.line - 1).join('\n')).toContain(measure.text);
      expect(lines[measure.line - 1]).toContain(measure.text.split('\n')[0]);
    }
  });

  it('says the same of the file with BOM, Windows line breaks and blanks at the line ends', () => {
    const windows = `\uFEFF${text.replaceAll('\n', ' \u3000\r\n')}`;
    const other = parseReport(windows);
    expect(placesOf(other)).toEqual(placesOf(report));
    expect(other.unplaced).toEqual(report.unplaced);
    expect(other).toMatchObject(expected.face);
  });
});

describe('measures of the fixtures', () => {
  const texts = (name: string, problem: number) =>
    parseReport(read(name)).problems[problem - 1]?.measures.map((each) => each.text);

  it('keep (2) inside a quoted title and full-width decimals as text', () => {
    expect(texts('issues-under-aspects.txt', 2)?.[1]).toBe(
      '与示例大学共建技术转移站，按照《合作协议（２）》约定，每季度组织一次对接。',
    );
    expect(texts('issues-under-aspects.txt', 4)?.[0]).toBe(
      '从立项公示结束之日起１０个工作日内完成拨付，２０２５年已拨付１．５万元以下小额项目１２项。',
    );
  });

  it('reach over a line break to the next number', () => {
    expect(texts('issues-under-aspects.txt', 3)?.[0]).toBe(
      '修订评审专家抽取规则，评审前由专家和工作人员分别签订回避承诺书，\n涉及本单位、近亲属和三年内合作者的，一律回避。',
    );
  });

  it('keep a list inside a sentence, and the number that the report itself skips', () => {
    const report = parseReport(read('restarting-numbers.txt'));
    expect(texts('restarting-numbers.txt', 8)?.[1]).toBe(
      '考核结果与评优直接挂钩，其中一是看实绩、二是看口碑，不搞轮流坐庄。',
    );
    expect(report.problems[6]?.measures.map((each) => each.number)).toEqual([1, 2, 4]);
  });

  it('are told from the findings before them, numbered in the same way', () => {
    const [problem] = parseReport(read('chapters-as-aspects.txt')).problems;
    expect(problem?.findings).toBe('①部分党员学习笔记不完整；②研讨发言联系实际不够。');
    expect(problem?.measures).toHaveLength(3);
  });
});

describe("the sample bureau's report", () => {
  const report = parseReport(readFileSync(sample, 'utf8'));

  it('has six problems under three aspects, with sixteen measures and nothing left over', () => {
    const counts = report.problems.map((each) => [each.number, each.measures.length]);
    expect(counts).toEqual([
      [1, 3],
      [2, 3],
      [3, 2],
      [4, 3],
      [5, 2],
      [6, 3],
    ]);
    expect(new Set(report.problems.map((each) => each.aspect))).toEqual(
      new Set(['科技计划项目管理方面', '专项资金和科研诚信方面', '党的建设和队伍作风方面']),
    );
    expect(report.unplaced).toEqual([]);
  });

  it('is signed by 示例市科学技术局 and dated', () => {
    expect(report).toMatchObject({
      issuer: '中共示例市科学技术局党组',
      issuedOn: '2026-11-13',
      feedbackOn: '2026-09-14',
    });
  });
});
