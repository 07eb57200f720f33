import type { Role } from './role.ts';
import type { Rules } from './store.ts';

/** A message that nobody's act has caused, in words for who gets it. */
interface Kind {
  title: string;
  /** Why it comes: to whom and how often. */
  why: string;
  source(rules: Rules): string;
  /**
   * It neither uses the week's budget up nor waits for it, and no figure but the receiver's own counts it: from what was
   * held back because of it, others could tell that such an entry waits.
   */
  isSecret?: true;
  /** Whom figures of it tell no more than they may know anyway; without it, everybody who may see figures at all. */
  countedFor?: readonly Role[];
}

const kinds = {
  'weekly-card': {
    title: '本周督查',
    why: '每周首个工作日一份，列出您负责的在办事项',
    source: ({ weeklySupervision }) => weeklySupervision.source,
  },
  'weekly-summary': {
    title: '本周督查汇总',
    why: '每周最后一个工作日一份，发党组书记、督查员和责任领导',
    source: ({ weeklySupervision }) => weeklySupervision.source,
  },
  'leaders-digest': {
    title: '清廉周报',
    why: '每周首个工作日一份，发党组书记、班子成员、派驻纪检组和纪检监察员',
    source: ({ leadersDigest }) => leadersDigest.source,
  },
  'graded-warning': {
    title: '整改时限预警',
    why: '事项将到期或已逾期，每级提醒一次',
    source: ({ warnings: { green, yellow, red } }) =>
      [...new Set([green.source, yellow.source, red.source])].join('；'),
  },
  'nil-return-ask': {
    title: '零报告',
    why: '每期结束后请全体人员申报一次',
    source: ({ nilReturn }) => nilReturn.source,
  },
  'nil-return-remind': {
    title: '零报告提醒',
    why: '截止日仍未申报，提醒一次；当周额度已满、又没有待发消息可并入的，不提醒',
    source: ({ nilReturn }) => nilReturn.source,
    // It counts who has not answered.
    countedFor: ['discipline'],
  },
  'intercession-deadlines': {
    title: '说情打招呼记录办理提醒',
    why: '您受理的记录到期或逾期未办',
    source: ({ intercession }) => intercession.deadlinesSource,
    isSecret: true,
  },
  unreachable: {
    title: '有消息未能送达',
    why: '有人收不到消息，请另行告知；一天至多一条',
    source: () => '本项目建议：消息没有送到的，须有人知道',
    // What was not delivered may have been about such an entry.
    isSecret: true,
  },
  'platform-offline': {
    title: '聊天平台掉线',
    why: '一个聊天平台要有人登录才能再收发消息；每次掉线一条，发系统管理员',
    source: () => '本项目建议：消息发不出去的，须有人知道',
  },
  'wechat-alarm': {
    title: '微信绑定告警',
    why: '有人反复猜测绑定码，或两个联系人带有同一个人的标记；每种一天至多一条，发系统管理员',
    source: ({ binding }) => binding.source,
  },
  'backup-alarm': {
    title: '自动备份告警',
    why: '自动备份没有成功，或多日没有成功的备份；每次中断各一条，发系统管理员',
    source: ({ backup }) => backup.source,
  },
  'passed-on': {
    title: '事项交接',
    why: '有人离开，其事项由您接手或待您重新指派',
    source: () => '本项目建议：人员离开时事项不落空',
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** What says things of itself: the jobs by their names, and what follows when somebody leaves. */
export type Unprompted = keyof typeof kinds;

export const UNPROMPTED: Readonly<Record<Unprompted, Kind>> = kinds;

export const isUnprompted = (job: string | null): job is Unprompted => job !== null && job in kinds;
