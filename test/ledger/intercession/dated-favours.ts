import type { FavourAsked } from './favours-asked.ts';

/** Sentences about a favour asked that say when it was. */
export const DATED_FAVOURS: FavourAsked[] = [
  [
    '昨天下午三点某某打电话让我在XX项目评审中关照',
    {
      happenedAt: '2026-11-24T15:00',
      channel: 'phone',
      intercessorName: '某某',
      stage: 'review',
      projectName: 'XX项目',
      circumstances: ['favour-score'],
    },
  ],
  [
    '前天上午王处长来我办公室打听「量子传感」项目的评审专家名单，我拒绝了',
    {
      happenedAt: '2026-11-23T10:00~',
      channel: 'face-to-face',
      intercessorName: '王处长',
      intercessorPost: '处长',
      stage: 'review',
      projectName: '量子传感',
      circumstances: ['probe-unpublished'],
      reply: 'refused',
    },
  ],
  [
    '上周五张三局长微信问我评审结果出来没有',
    {
      happenedAt: '2026-11-20',
      channel: 'messaging',
      intercessorName: '张三',
      intercessorPost: '局长',
      stage: 'review',
      circumstances: ['probe-unpublished'],
    },
  ],
  [
    '11月18日晚上8点李某某约我吃饭，谈他们公司项目立项的事',
    {
      happenedAt: '2026-11-18T20:00',
      intercessorName: '李某某',
      stage: 'approval',
      circumstances: ['private-meeting'],
    },
  ],
  [
    '今天中午老同学赵六请我在《智能制造示范》验收时通融一下，我告诉他走正常渠道',
    {
      happenedAt: '2026-11-25T12:00~',
      intercessorName: '赵六',
      stage: 'acceptance',
      projectName: '智能制造示范',
      circumstances: ['lobbying'],
      reply: 'proper-channel',
    },
  ],
  [
    '昨天接到陈教授电话，希望我在评奖时打高分',
    {
      happenedAt: '2026-11-24',
      channel: 'phone',
      intercessorName: '陈教授',
      intercessorPost: '教授',
      stage: 'award',
      circumstances: ['favour-score'],
    },
  ],
  [
    '刚才高新科科长李四在会上跟我说招标的事要绕过程序',
    {
      happenedAt: '2026-11-25T16:20',
      channel: 'meeting',
      intercessorName: '李四',
      intercessorPost: '科长',
      stage: 'procurement',
      circumstances: ['breach-procedure'],
    },
  ],
  [
    '昨天总经理钱五来电，想先立项后补材料',
    {
      happenedAt: '2026-11-24',
      channel: 'phone',
      intercessorName: '钱五',
      intercessorPost: '总经理',
      stage: 'approval',
      circumstances: ['breach-procedure'],
    },
  ],
  [
    '周五李处长当面要求我换掉两位专家，我没表态',
    {
      happenedAt: '2026-11-20',
      channel: 'face-to-face',
      intercessorName: '李处长',
      intercessorPost: '处长',
      circumstances: ['steer-experts'],
      reply: 'no-position',
    },
  ],
  [
    '昨天某局长打来电话，说情',
    {
      happenedAt: '2026-11-24',
      channel: 'phone',
      intercessorName: '某局长',
      intercessorPost: '局长',
      circumstances: ['lobbying'],
    },
  ],
  [
    '昨晚八点半张总发邮件给我，请我支持一下他们的经费申请',
    {
      happenedAt: '2026-11-24T20:30',
      channel: 'email',
      intercessorName: '张总',
      stage: 'funding',
      circumstances: ['favour-score'],
    },
  ],
  [
    '两个小时前罗书记打电话给我，想请我在执法检查时高抬贵手',
    {
      happenedAt: '2026-11-25T14:20',
      channel: 'phone',
      intercessorName: '罗书记',
      intercessorPost: '书记',
      stage: 'inspection',
      circumstances: ['lobbying'],
    },
  ],
  [
    '说情打招呼报告：昨天张局长跟我打招呼，申报的事',
    {
      happenedAt: '2026-11-24',
      intercessorName: '张局长',
      intercessorPost: '局长',
      stage: 'application',
      circumstances: ['lobbying'],
    },
  ],
  [
    '今早，老领导赵国强电话我，希望采购项目能让他侄子公司中标',
    { happenedAt: '2026-11-25T08:00~', channel: 'phone', intercessorName: '赵国强', stage: 'procurement' },
  ],
  [
    '昨天，县科技局刘局长来单位找我，想了解项目评审的得分',
    {
      happenedAt: '2026-11-24',
      intercessorName: '刘局长',
      intercessorPost: '局长',
      stage: 'review',
      circumstances: ['probe-unpublished'],
    },
  ],
];
