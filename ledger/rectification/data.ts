import * as z from 'zod';
import { entryFileSchema } from '../entry-file.ts';

/** 类别 */
export const CATEGORIES = { immediate: '立行立改', timed: '限期整改', lasting: '长期坚持' } as const;

/** 周督查 answers */
export const ANSWERS = {
  planned: '按计划',
  difficult: '有困难',
  progress: '已报进展',
  defer: '申请延期',
  apply: '申请销号',
} as const;

/** 来源: where a round's problems come from. */
export const SOURCES = {
  inspection: '巡察',
  audit: '审计',
  appraisal: '民主评议',
  analysis: '季度研判',
  risk: '风险检查',
  own: '自查',
} as const;

/** 督查方式: how the 督查员 found out, beside the weekly card. */
export const CHECKS = { phone: '电话', visit: '现场核查', papers: '查阅资料', meeting: '会议' } as const;

/** 纸面销号 signals. They are shown to who reviews and decide nothing. */
export const SIGNALS = {
  'same-file': '与其他事项的佐证文件相同',
  'similar-text': '与其他事项的文字近乎相同',
  'old-evidence': '佐证早于反馈日期',
  'last-day': '最后一日集中申请销号',
  'repeated-progress': '进展与上次近乎相同',
  unopened: '审核时未打开佐证',
} as const;

const on = z.iso.date();
const answerSchema = z.strictObject({
  /** ISO week, such as 2026-W47. */
  week: z.string(),
  answer: z.enum(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]),
  text: z.string().optional(),
  /** Who wrote it down, where the answer was given by telephone. */
  takenBy: z.string().optional(),
});

const signalSchema = z.strictObject({
  kind: z.enum(Object.keys(SIGNALS) as (keyof typeof SIGNALS)[]),
  /** What was found, in a sentence for who reviews. */
  found: z.string(),
  /** It was said of a request that was withdrawn, made on that day; this one came in its place. */
  withdrawnOn: on.optional(),
});

export type Signal = z.infer<typeof signalSchema>;

const statement = z.strictObject({ on, by: z.string(), text: z.string() });

const difficultySchema = z.strictObject({ week: z.string(), text: z.string() });

/** What a request took the place of: who withdraws it leaves things as they were. */
const beforeSchema = z.strictObject({
  /** Where it moved the item on. */
  state: z.string().optional(),
  returnReason: z.string().optional(),
  /** It answered the week's 周督查 too. */
  weekly: answerSchema.optional(),
  difficulty: difficultySchema.optional(),
});

export type Before = z.infer<typeof beforeSchema>;

/** Who asked for a closing, and who decided on it. */
const closingSchema = z.strictObject({
  by: z.string(),
  /** Who was responsible when it was asked for, where these were several. */
  responsible: z.array(z.string()).optional(),
  reviewedBy: z.string().optional(),
  approvedBy: z.string().optional(),
  /** When it was taken back. */
  relapsedOn: on,
});

/** 轮次: one inspection and what came of it. */
const roundSchema = z.strictObject({
  level: z.literal('round'),
  /** One of `SOURCES`, as people read it, or another word where a report had one. */
  source: z.string(),
  /** Who published the report that the round was read from. */
  issuer: z.string().optional(),
  /** 反馈单位: who inspected. */
  feedbackBy: z.string().optional(),
  issuedOn: on.optional(),
  feedbackOn: on.optional(),
  /** 默认时限, in months from the feedback. */
  termMonths: z.int().optional(),
  /** Its items are closed only once the 党组会 has confirmed them. */
  needsMeeting: z.literal(true).optional(),
  /** 签发: who let the published report go out as final, and the digest of what he let go. */
  signedOff: z.strictObject({ on, by: z.string(), sha256: z.string() }).optional(),
});

/** What is assigned, worked on and closed: a measure, or a problem that has none. The title has its words. */
const itemSchema = z.strictObject({
  level: z.enum(['problem', 'measure']),
  number: z.int(),
  aspect: z.string().optional(),
  findings: z.string().optional(),
  /** From the round, so that a term can be proposed. */
  feedbackOn: on.optional(),
  termMonths: z.int().optional(),
  category: z.enum(Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[]).optional(),
  /** When it last came to who has it now. */
  assignedOn: on.optional(),
  progress: z.strictObject({ on, text: z.string() }).optional(),
  weekly: answerSchema.optional(),
  /** The latest difficulty that was told, whatever was answered after it. */
  difficulty: difficultySchema.optional(),
  /** 整改目标, 完成标准, 佐证要求 */
  target: z.string().optional(),
  standard: z.string().optional(),
  evidenceNeeded: z.string().optional(),
  /** 不公开: left out of the published report. */
  isSensitive: z.literal(true).optional(),
  /** 对外公布的完成情况: what is published instead of the words of who asked for the closing. */
  publicSummary: z.string().optional(),
  /** 佐证: its files. They are encrypted; what they are called is open as the rest of the item is. */
  files: z.array(entryFileSchema).optional(),
  /** The progress that was told before the latest. */
  progressBefore: z.strictObject({ on, text: z.string() }).optional(),
  application: z
    .strictObject({
      on,
      by: z.string(),
      /** Who was responsible then, where these were several. */
      responsible: z.array(z.string()).optional(),
      summary: z.string(),
      evidence: z.string().optional(),
      signals: z.array(signalSchema).optional(),
      before: beforeSchema.optional(),
    })
    .optional(),
  /** Closings that were asked for and withdrawn, until one is decided on: what was found of them is said of the next. */
  withdrawn: z
    .array(z.strictObject({ on, by: z.string(), signals: z.array(signalSchema).optional() }))
    .optional(),
  reviewedBy: z.string().optional(),
  approvedBy: z.string().optional(),
  /** Closed only once the 党组会 has confirmed it. */
  needsMeeting: z.literal(true).optional(),
  /** 党组会审定 */
  meeting: z.strictObject({ on, name: z.string(), by: z.string() }).optional(),
  /** 暂难整改: asked for, and, once the 责任领导 has agreed, when it is taken up again. */
  stall: z
    .strictObject({ reason: z.string(), until: on, by: z.string(), before: beforeSchema.optional() })
    .optional(),
  /** 回头看: when it is due, and what was found then. */
  lookBackOn: on.optional(),
  lookBack: statement.extend({ how: z.enum(Object.keys(CHECKS) as (keyof typeof CHECKS)[]) }).optional(),
  /** How often it had to be taken up again after it was closed, and since when: files of before prove nothing any more. */
  relapses: z.int().optional(),
  relapsedAt: z.iso.datetime().optional(),
  /** The closings that did not last, oldest first. */
  earlierClosings: z.array(closingSchema).optional(),
  /** 作废: it was entered by mistake. */
  takenOut: z.strictObject({ on, by: z.string(), reason: z.string() }).optional(),
  returnReason: z.string().optional(),
  deferral: z
    .strictObject({ to: on, reason: z.string(), by: z.string(), before: beforeSchema.optional() })
    .optional(),
  /** The dates that were put off, oldest first. */
  deferredFrom: z.array(on).optional(),
  /** The other dates that another one took the place of, oldest first, and by what. */
  earlierDates: z
    .array(z.strictObject({ on, by: z.enum(['assign', 'stall', 'resume', 'relapse']) }))
    .optional(),
});

export const dataSchema = z.discriminatedUnion('level', [roundSchema, itemSchema]);

export type RectificationData = z.infer<typeof dataSchema>;
export type ItemData = z.infer<typeof itemSchema>;

/** What the weekly card asks of an item: where thousands of people's items are gone through, the rest is not looked at. */
export const weeklyDataSchema = itemSchema
  .pick({
    ...{ level: true, category: true, weekly: true, files: true, relapsedAt: true },
    ...{ deferral: true, deferredFrom: true, stall: true },
  })
  .strip();

export type WeeklyData = z.infer<typeof weeklyDataSchema>;

/** States in which the work is still with the responsible persons. */
export const AT_WORK = ['assigned', 'signed', 'progressing', 'returned', 'relapsed'] as const;
/** States in which its date is warned of. */
export const WARNED = [...AT_WORK, 'stalled'] as const;
/** States in which an item is not yet closed. A round is `opened` before it has any problem, which is no state of an item. */
export const OPEN = ['unassigned', ...AT_WORK, 'stalled', 'applied', 'reviewed', 'approved'] as const;

/** @throws Error when the entry is a round: it is no item */
export function itemData(data: RectificationData): ItemData {
  if (data.level === 'round') throw new Error('A round is not an item');
  return data;
}
