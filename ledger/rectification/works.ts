import type { Work } from '../work.ts';

const LOOKING = ['本周督查', '我的整改', '本科室', '台账页'];

/** 整改, each in the order in which it is done: 承办; 审批; 立项、督查、复核; and what anybody else may look at. */
export const works: readonly Work[] = [
  {
    heading: '承办整改事项',
    by: { parts: ['responsible', 'assistant'] },
    steps: [
      { label: '待办', words: LOOKING },
      { label: '推进', words: ['签收', '进展', '按计划', '有困难'] },
      { label: '申请', words: ['补充佐证', '申请销号', '申请延期', '申请暂难', '撤回申请'] },
      { label: '经过', words: ['督查记录'] },
    ],
  },
  {
    heading: '审批整改事项',
    by: { parts: ['leader'] },
    steps: [
      { label: '待办', words: LOOKING },
      { label: '销号', words: ['审核通过', '退回'] },
      {
        label: '延期、暂难',
        words: ['准予延期', '不予延期', '同意暂难', '不同意暂难', '恢复整改'],
      },
      { label: '经过', words: ['督查记录'] },
    ],
  },
  {
    heading: '督查整改事项',
    by: { roles: ['supervisor', 'discipline'] },
    steps: [
      { label: '待办', words: ['本周督查', '台账页'] },
      {
        label: '立项、分派',
        words: ['立项', '导入台账', '加问题', '加措施', '修改', '修改轮次', '指派', '作废'],
      },
      { label: '督查', words: ['电话', '核查', '督查记录'] },
      { label: '复核、审定', words: ['复核通过', '审定', '审定有异', '退回', '恢复整改'] },
      { label: '回头看、通报', words: ['回头看', '巩固', '反弹', '通报'] },
    ],
  },
  {
    heading: '了解整改情况',
    namesMore: true,
    steps: [
      { label: '查看', words: [...LOOKING, '督查记录'] },
      { label: '审定', words: ['审定有异'] },
      { label: '通报', words: ['通报', '签发通报'] },
    ],
  },
];
