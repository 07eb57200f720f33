import {
  declare,
  finishes,
  finishesAlike,
  type Happening,
  inVain,
  measuresOf,
  meets,
  phones,
  reviews,
  STAFF,
  says,
  tap,
  type,
} from './happenings.ts';

const lasts = (at: string, who: string, ...refs: readonly string[]): Happening[] =>
  refs.map((ref) => says(at, who, `巩固 ${ref} 现场查看，做法仍在坚持`, { how: 'visit' }));

const EIGHTH: Happening[] = [
  ...tap('02-24 10:00', '向明哲', '贺兰舟', '凌云起', '楼向晚', '余笑棠'),
  ...type('02-24 15:00', '桑若禾', '麦长青'),
  ...finishes('02-25 10:00', '巫念真', ...measuresOf(5)),
  ...finishes('02-25 11:00', '米雪微', ...measuresOf(14)),
  says('02-25 15:00', '舒晚晴', '申请延期 Z1-3-3 等待二月研判会召开', { to: '2026-03-20' }),
  says('02-26 09:30', '俞怀谨', '不予延期 Z1-3-3 研判会本月即可召开'),
  ...finishes('02-26 10:00', '卫听雨', ...measuresOf(16)),
  ...finishes('02-26 11:00', '傅守常', 'Z1-7-1', 'Z1-7-3'),
  ...finishes('02-27 10:00', '舒晚晴', 'Z1-3-1', 'Z1-3-2'),
  ...reviews('02-28 10:00', '俞怀谨', '柳知远', '乔安澜'),
];

const NINTH: Happening[] = [
  ...phones('03-02 14:00', '丁望川', '仍在外出，月内补齐', ...measuresOf(9)),
  inVain('03-02 15:00', '卫听雨', '复核通过 Z1-16-1', '不能复核自己的销号申请'),
  says('03-02 15:10', '卫听雨', '复核通过 Z1-3,Z1-5,Z1-7,Z1-14'),
  says('03-02 16:00', '丁望川', '复核通过 Z1-16'),
  ...finishes('03-03 10:00', '桑若禾', ...measuresOf(13)),
  ...finishes('03-03 10:30', '贺兰舟', ...measuresOf(6)),
  ...finishes('03-03 11:00', '舒晚晴', 'Z1-3-3'),
  ...finishes('03-03 14:00', '凌云起', 'Z1-10-3'),
  ...declare('03-03 15:00', STAFF, '车行简', '岳小满'),
  ...reviews('03-04 09:30', '俞怀谨', '柳知远', '乔安澜'),
  ...lasts('03-04 14:00', '丁望川', 'Z1-1-1', 'Z1-1-2', 'Z1-1-3'),
  says('03-05 09:30', '丁望川', '反弹 Z1-1-4 二月记录又有缺项', { how: 'papers', dueOn: '2026-03-20' }),
  says('03-05 10:00', '卫听雨', '复核通过 全部'),
  inVain('03-05 11:00', '丁望川', '巩固 Z1-2-1 提前去看', '还没有到', { how: 'visit' }),
  meets('03-06 10:00', '简素心', '局党组会第 6 次会议', '2026-03-06'),
];

const TENTH: Happening[] = [
  ...tap('03-09 10:00', '凌云起', '楼向晚', '麦长青'),
  says('03-10 09:30', '丁望川', '指派 Z1-9 责任领导 柳知远 责任人 傅守常 时限 2026-03-27'),
  ...finishesAlike('03-10 10:00', '余笑棠', '示例检查记录.txt', 'Z1-8-1', 'Z1-8-2'),
  ...finishes('03-10 10:30', '余笑棠', 'Z1-8-3', 'Z1-8-4'),
  says('03-10 14:00', '傅守常', '签收 全部'),
  says('03-11 09:30', '柳知远', '恢复整改 Z1-7-2', { dueOn: '2026-03-27' }),
  ...reviews('03-11 10:00', '柳知远'),
  // 「全部」 leaves out what is to be looked into.
  says('03-11 10:05', '柳知远', '审核通过 Z1-8-2'),
  ...finishes('03-11 14:00', '凌云起', ...measuresOf(12)),
  ...reviews('03-12 09:30', '乔安澜'),
  says('03-12 10:00', '丁望川', '退回 Z1-8-4 负面清单尚未公布'),
  says('03-12 10:30', '卫听雨', '复核通过 全部'),
  says('03-12 10:35', '卫听雨', '复核通过 Z1-8-2'),
  inVain('03-12 11:00', '向明哲', '申请销号 Z1-1-4 已补齐', '反弹以后有佐证文件 0 个', {
    evidence: '见前次佐证',
  }),
  ...measuresOf(17).map((ref) => says('03-12 15:00', '余笑棠', `进展 ${ref} 一季度工作已做完`)),
];

const ELEVENTH: Happening[] = [
  ...tap('03-16 10:00', '傅守常', '楼向晚'),
  ...lasts('03-16 14:00', '丁望川', ...measuresOf(2), ...measuresOf(4), 'Z1-10-1', 'Z1-10-2'),
  ...finishes('03-17 10:00', '余笑棠', 'Z1-8-4'),
  ...finishes('03-17 11:00', '楼向晚', ...measuresOf(11)),
  ...finishes('03-18 10:00', '向明哲', 'Z1-1-4'),
  ...reviews('03-19 10:00', '俞怀谨', '柳知远', '乔安澜'),
  ...finishes('03-20 16:00', '麦长青', ...measuresOf(15)),
];

const TWELFTH: Happening[] = [
  ...finishes('03-23 10:00', '傅守常', ...measuresOf(9)),
  ...finishes('03-23 11:00', '桑若禾', 'Z1-19-1', 'Z1-19-2'),
  ...reviews('03-24 09:30', '柳知远', '乔安澜'),
  ...measuresOf(15)
    .slice(2)
    .map((ref) => says('03-24 09:40', '乔安澜', `审核通过 ${ref}`)),
  says('03-24 10:00', '卫听雨', '复核通过 全部'),
  ...measuresOf(15)
    .slice(2)
    .map((ref) => says('03-24 10:05', '卫听雨', `复核通过 ${ref}`)),
  ...measuresOf(18).map((ref) => says('03-24 14:00', '向明哲', `进展 ${ref} 一季度工作已做完`)),
  meets('03-25 10:00', '简素心', '局党组会第 8 次会议', '2026-03-25'),
  says('03-27 16:00', '闻正清', '签发通报 Z1'),
];

/** 2026-02-24 to 03-27: from the first workday after the festival to the signature below the report. */
export const AFTER_THE_FESTIVAL: readonly Happening[] = [
  ...EIGHTH,
  ...NINTH,
  ...TENTH,
  ...ELEVENTH,
  ...TWELFTH,
];
