import type { Work } from '../work.ts';

/** 整改: 分派 → 推进 → 申请 → 审批. */
export const works: readonly Work[] = [
  {
    heading: '整改台账',
    steps: [
      { label: '待办', words: ['本周督查', '我的整改'] },
      { label: '分派', words: ['指派'] },
      { label: '推进', words: ['签收', '进展', '按计划', '有困难'] },
      { label: '申请', words: ['申请销号', '申请延期'] },
      { label: '审批', words: ['审核通过', '复核通过', '退回', '准予延期', '不予延期'] },
    ],
  },
];
