import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { backupRules } from './backup-rules.ts';
import { bindingRules } from './binding-rules.ts';
import { bureauRules, calendarRules } from './bureau-rules.ts';
import { dialogueRules } from './dialogue-rules.ts';
import { importRules } from './import-rules.ts';
import { ledgerPageRules } from './ledger-page-rules.ts';
import { limitRules } from './limit-rules.ts';
import { retentionRules } from './retention-rules.ts';
import { deliveryRules, larkRules } from './sending-rules.ts';
import { wechatRules } from './wechat-rules.ts';

/**
 * The bureau's rules: every number that a bureau might change, with the clause it comes from beside it.
 * Sources: S0 to S4 are the rule documents named in docs/glossary.md; 「本项目建议」 marks a default of ours.
 */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 09:30');
const days = z.int().min(0).max(3650);

/** A number of days and the clause it comes from. */
const sourcedDays = (value: number, source: string) =>
  z.strictObject({ days: days.default(value), source: z.string().default(source) }).prefault({});

export const rulesSchema = z.strictObject({
  bureau: bureauRules,
  calendar: calendarRules,
  quietHours: z
    .strictObject({
      from: time.default('20:00'),
      to: time.default('08:00'),
      workdaysOnly: z.boolean().default(true),
      source: z.string().default('本项目建议：整治“指尖上的形式主义”，非工作时间不打扰'),
    })
    .prefault({}),
  warnings: z
    .strictObject({
      at: time.default('09:00'),
      green: sourcedDays(20, '江津区巡察整改提醒：到期前 20 日绿色提醒责任人'),
      yellow: sourcedDays(10, '江津区巡察整改提醒：到期前 10 日黄色提醒并告责任领导'),
      red: sourcedDays(1, '江津区巡察整改提醒：逾期次日红色提醒并告主要负责人'),
      /** Where the term is shorter, green and yellow come in proportion to it, a day before at the latest. */
      shortTerm: sourcedDays(30, '本项目建议：期限不足 30 日的按比例提前提醒，至少提前 1 日'),
    })
    .prefault({}),
  weeklySupervision: z
    .strictObject({
      cardAt: time.default('09:30'),
      summaryAt: time.default('15:00'),
      /** Weeks without an answer after which the 督查员 is asked to phone. */
      unansweredWeeks: z.int().min(1).max(52).default(2),
      source: z.string().default('S3「对整改工作采取周督查的方式」；时刻为本项目建议'),
    })
    .prefault({}),
  leadersDigest: z
    .strictObject({
      at: time.default('08:30'),
      /** Lines in one section; the rest is counted. */
      listed: z.int().min(1).max(30).default(8),
      /** Days without a step after which what waits for others is shown to the 党组书记. */
      waitingDays: z.int().min(1).max(90).default(7),
      trendWeeks: z.int().min(4).max(26).default(12),
      source: z.string().default('本项目建议：每周首个工作日一份'),
    })
    .prefault({}),
  rectification: z
    .strictObject({
      termMonths: z.int().min(1).max(60).default(3),
      source: z.string().default('S3「经三个月的整改」'),
      /** How often one measure's date may be put off. */
      deferrals: z.int().min(0).max(10).default(1),
      deferralsSource: z.string().default('本项目建议：延期一次，到期前提出，责任领导批准'),
      /** Months beyond the date that it takes the place of, at most, for which one 申请延期 may ask. */
      deferralMaxMonths: z.int().min(1).max(60).default(3),
      deferralMaxSource: z.string().default('本项目建议：一次延期最多三个月'),
      /** Months from today, or from the date that it takes the place of, for which one 申请暂难 may set an item aside, at most. */
      stallMaxMonths: z.int().min(1).max(60).default(6),
      stallMaxSource: z.string().default('本项目建议：一次暂难最多六个月，到期复核能否恢复'),
      /** Files that an item must have before its closing can be asked for. */
      evidenceFiles: z.int().min(0).max(20).default(1),
      evidenceSource: z.string().default('本项目建议：每条措施至少一份佐证文件'),
      /** Whether new rounds are closed item by item by the 党组会, after the approval. */
      meetingConfirms: z.boolean().default(false),
      meetingSource: z.string().default('本项目建议：可设为须经党组会审定后销号'),
      /** Months after the closing at which it is looked at again. */
      lookBackMonths: z.int().min(1).max(24).default(3),
      lookBackSource: z.string().default('S3「回头看」；销号三个月后为本项目建议'),
    })
    .prefault({}),
  fourEyes: z
    .strictObject({
      /** Whether who asks for a closing and who reviews or approves it must be of different 科室. */
      otherDepartment: z.boolean().default(false),
      /** Whether, in one round, nobody may decide for somebody who has decided for him. */
      noMutualPairs: z.boolean().default(true),
      source: z.string().default('S3「逐一对账销号」；申请、审核、复核分属三人及不得互批为本项目建议'),
    })
    .prefault({}),
  paperClosing: z
    .strictObject({
      /** How alike two texts are, in hundredths, from which who reviews is shown it; shorter texts are not compared. */
      similarPercent: z.int().min(50).max(100).default(80),
      shortestText: z.int().min(5).max(500).default(20),
      /** Closings asked for by one 科室 on their last day from which it is shown. */
      lastDayCount: z.int().min(2).max(100).default(3),
      source: z.string().default('本项目建议：防止“纸面销号”，只作提示，不作结论'),
    })
    .prefault({}),
  /** What a rectification ledger that comes as .xlsx or .csv may be at most. */
  import: importRules,
  /** 台账页: how many rows stand on a page, and on what is printed. */
  ledgerPage: ledgerPageRules,
  publishedReport: z
    .strictObject({
      /** 社会监督: how people reach the bureau about a published report; empty: the line is left out. */
      phone: z.string().default(''),
      mail: z.string().default(''),
      source: z.string().default('S3「欢迎广大干部群众对巡察整改落实情况进行监督」及其所附电话、邮箱'),
    })
    .prefault({}),
  intercession: z
    .strictObject({
      /** Hours after the event within which it is to be recorded; later is 补报. */
      recordWithinHours: z.int().min(1).max(8760).default(24),
      source: z.string().default('本项目建议'),
      /** Workdays after filing within which it is to be taken up (受理), and after that within which it is to be judged (甄别). */
      acceptWithinWorkdays: z.int().min(1).max(250).default(2),
      screenWithinWorkdays: z.int().min(1).max(250).default(10),
      deadlinesSource: z.string().default('本项目建议：2 个工作日内受理，10 个工作日内甄别'),
      /** Workdays after the judgement within which what goes on is dealt with (处置) and answered (反馈); what was handed over is not counted. */
      handleWithinWorkdays: z.int().min(1).max(250).default(20),
      handleSource: z.string().default('本项目建议：登记或转线索后 20 个工作日内处置并反馈'),
      /** When the officers are reminded. */
      remindAt: time.default('09:10'),
      /** Days after the answer within which the reporter may ask for 异议复核. */
      objectWithinDays: days.default(30),
      objectSource: z.string().default('本项目建议'),
      /** Days for which an archived record stays open after 解封. */
      unsealedForDays: z.int().min(1).max(365).default(7),
      unsealSource: z.string().default('本项目建议：归档后非经批准不得查阅，专人保管'),
      /** Where a report goes when nobody of the bureau may receive it; said to the reporter. */
      upperLevel: z.string().min(1).default('上级纪检监察机构'),
    })
    .prefault({}),
  recusal: z
    .strictObject({
      /** Whether the head and the officers of his own department are recused with whoever asked the favour. */
      departmentHead: z.boolean().default(true),
      departmentOfficers: z.boolean().default(true),
      source: z.string().default('本项目建议：被反映人及其科室负责人、同科室受理人员一并回避'),
    })
    .prefault({}),
  nilReturn: z
    .strictObject({
      enabled: z.boolean().default(true),
      period: z.enum(['month', 'quarter']).default('month'),
      /** The workday after the period on which everybody is asked, and the one up to which it is answered in time. */
      askOnWorkday: z.int().min(1).max(20).default(1),
      dueOnWorkday: z.int().min(1).max(20).default(5),
      at: time.default('09:40'),
      source: z.string().default('按月零报告（基层法院专库做法）；次月第 5 个工作日为本项目建议'),
    })
    .prefault({}),
  /** Where what is confidential travels: inside the chat, or on a page of the bureau's own server. */
  contents: z
    .strictObject({
      travel: z
        .strictObject({
          local: z.enum(['chat', 'page']).default('chat'),
          lark: z.enum(['chat', 'page']).default('chat'),
          wechat: z.enum(['chat', 'page']).default('page'),
        })
        .prefault({}),
      source: z.string().default('保密要求：微信等只可传公开信息，内容不经即时通信传递'),
      /** Minutes for which a link can be opened, and for which an opened page stays open without a sign of life. */
      linkMinutes: z.int().min(1).max(1440).default(10),
      pageMinutes: z.int().min(1).max(1440).default(30),
      /** Wrong codes after which a link is void. */
      codeAttempts: z.int().min(1).max(20).default(5),
    })
    .prefault({}),
  files: z
    .strictObject({
      maxMegabytes: z.int().min(1).max(200).default(20),
      /** Files with one record. */
      maxFiles: z.int().min(1).max(100).default(10),
      source: z.string().default('本项目建议'),
    })
    .prefault({}),
  statistics: z
    .strictObject({
      /** Figures from 1 up to, and without, this one are not shown: they would tell who it was. */
      smallestCell: z.int().min(1).max(20).default(3),
      source: z.string().default('本项目建议：小于 3 的数不单独列出'),
    })
    .prefault({}),
  messages: z
    .strictObject({
      /** The longest message that is read, in characters. */
      maxLength: z.int().min(100).max(1_000_000).default(20_000),
      /** Rows on one page of a list. */
      pageSize: z.int().min(1).max(50).default(8),
      /** Messages a week to one person that nobody's act has caused; letters and 红 come on top. */
      unpromptedAWeek: z.int().min(1).max(50).default(3),
      unpromptedSource: z.string().default('本项目建议：整治“指尖上的形式主义”，减少主动打扰'),
    })
    .prefault({}),
  /** 一问一答: forms on platforms that show none. */
  dialogue: dialogueRules,
  delivery: deliveryRules,
  wechat: wechatRules,
  binding: bindingRules,
  lark: larkRules,
  limits: limitRules,
  retention: retentionRules,
  /** What the service keeps of itself elsewhere, by itself. */
  backup: backupRules,
});

export type Rules = z.infer<typeof rulesSchema>;

/** The defaults, whole. */
export const defaultRules: Rules = rulesSchema.parse({});

/**
 * The rules in the YAML file at `path`; what it leaves out has its default, and without a file all have.
 * @throws Error in English, for the operator, naming each wrong setting, what was found and what was expected
 */
export async function readRules(path: string): Promise<Rules> {
  const source = await readFile(path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return '';
    throw fault;
  });
  const result = rulesSchema.safeParse((await contentsOf(source)) ?? {});
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
  throw new Error(`${path} has ${wrong.length} wrong setting(s): ${wrong.join('; ')}`);
}

/** The library is loaded where there is something to read: it takes longer than the rest of the rules. */
const contentsOf = async (source: string): Promise<unknown> =>
  source === '' ? undefined : (await import('yaml')).parse(source);
