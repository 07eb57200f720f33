import {
  choiceField,
  choicesField,
  dateTimeField,
  type FormValues,
  optional,
  promiseField,
  textField,
  yesNoField,
} from '../form.ts';

/** 方式 */
export const CHANNELS = {
  'face-to-face': '当面',
  phone: '电话',
  sms: '短信',
  messaging: '即时通信',
  email: '邮件',
  letter: '书面/来函',
  'through-others': '经人转达',
  meeting: '会议场合',
  other: '其他',
} as const;

/** 人员类别 */
export const INTERCESSOR_KINDS = {
  superior: '上级领导',
  'own-leader': '本局领导',
  colleague: '同事',
  subordinate: '下级',
  'left-post': '离岗未退',
  aide: '领导身边工作人员',
  relative: '亲属',
  applicant: '申报单位',
  expert: '评审专家',
  intermediary: '中介机构',
  unknown: '身份不明',
  other: '其他',
} as const;

/** 环节 (S0: 「科技评审、立项、验收、评奖等工作」) */
export const STAGES = {
  application: '申报',
  review: '评审',
  approval: '立项',
  midterm: '中期',
  acceptance: '验收',
  award: '评奖',
  funding: '资金',
  procurement: '采购',
  personnel: '人事',
  inspection: '执法检查',
  other: '其他',
} as const;

/** 情形; the first, second, fourth and ninth are those of 国科发监〔2020〕360号. */
export const CIRCUMSTANCES = {
  'probe-unpublished': '打探未公开信息',
  lobbying: '游说说情',
  'favour-score': '要求照顾评分或名次',
  'favour-vote': '人情票',
  'breach-procedure': '要求违反程序',
  'pass-materials': '转递材料',
  'private-meeting': '安排私下见面',
  'steer-experts': '干预专家遴选',
  'help-others': '为他人请托提供帮助',
  other: '其他',
} as const;

/** 当场答复 */
export const REPLIES = {
  refused: '拒绝',
  'proper-channel': '告知正当渠道',
  'no-position': '未表态',
  'by-procedure': '已按程序办理',
} as const;

/** 说情打招呼记录, all fields that the reporter fills in. */
export const reportFields = {
  happenedAt: dateTimeField({ label: '事发时间' }),
  place: optional(textField({ label: '地点', max: 100 })),
  channel: choiceField({ label: '方式', options: CHANNELS }),
  intercessorName: textField({ label: '过问干预人姓名', max: 50, hint: '不知道姓名可写「不详」' }),
  intercessorUnit: optional(textField({ label: '过问干预人单位', max: 100 })),
  intercessorPost: optional(textField({ label: '过问干预人职务', max: 100 })),
  intercessorKind: choiceField({ label: '人员类别', options: INTERCESSOR_KINDS }),
  onBehalfOfOrganisation: yesNoField({ label: '以组织名义' }),
  goBetween: optional(textField({ label: '转达人', max: 50 })),
  beneficiary: optional(textField({ label: '请托受益方', max: 200 })),
  stage: choiceField({ label: '涉及环节', options: STAGES }),
  projectNumber: optional(textField({ label: '项目编号', max: 50 })),
  projectName: optional(textField({ label: '项目名称', max: 200 })),
  circumstances: choicesField({ label: '情形', options: CIRCUMSTANCES }),
  content: textField({ label: '具体内容', max: 5000, lines: 'many' }),
  reply: choiceField({ label: '当场答复', options: REPLIES }),
  handling: optional(textField({ label: '处理情况', max: 2000, lines: 'many' })),
  witnesses: optional(textField({ label: '在场人员', max: 200 })),
  evidence: optional(textField({ label: '佐证', max: 500, hint: '来函、截图等的名称与存放处' })),
  recuse: optional(textField({ label: '申请回避对象', max: 200, hint: '不希望其接触本记录的人' })),
  lateReason: optional(textField({ label: '补报原因', max: 500, hint: '超过规定时限记录时填写' })),
  promise: promiseField({ label: '本人承诺以上内容如实' }),
};

export type Report = FormValues<typeof reportFields>;
