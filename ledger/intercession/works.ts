import type { Work } from '../work.ts';

/** 报告: 记一条 → 看回执 → 补正、回复 → 结果、异议. 办理: 待办 → 查看 → 甄别 → 处置 → 反馈 → 归档. */
export const works: readonly Work[] = [
  {
    heading: '遇到说情打招呼',
    forEverybody: true,
    steps: [
      { label: '记一条', words: ['我要报告'] },
      { label: '看回执和进展', words: ['我的报告', '查看', '核验', '打开'] },
      { label: '补充', words: ['补正', '回复', '补充佐证', '撤回'] },
      { label: '对结果有异议', words: ['异议'] },
    ],
  },
  {
    heading: '办理说情打招呼',
    steps: [
      { label: '待办', words: ['待甄别'] },
      { label: '了解', words: ['查看', '追问', '认定', '更正认定'] },
      { label: '甄别', words: ['受理', '开始甄别', '备查', '甄别'] },
      { label: '处置', words: ['处置'] },
      { label: '反馈', words: ['反馈', '复核'] },
      { label: '归档', words: ['归档', '申请解封', '批准解封', '驳回解封', '查阅记录'] },
    ],
  },
];
