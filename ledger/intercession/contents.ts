import * as z from 'zod';
import { entryFileSchema } from '../entry-file.ts';

/** 甄别结论 */
export const CONCLUSIONS = {
  routine: '正常履职·备查',
  inquiry: '一般过问·登记',
  suspected: '疑似违规·转线索',
  returned: '退回补正',
} as const;

/** 备查的理由 */
export const ROUTINE_GROUNDS = {
  consultation: '咨询正常业务',
  progress: '按职责了解进度',
  contact: '正常工作联系',
  other: '其他（请写明）',
} as const;

/** 处置方式 */
export const DISPOSALS = {
  reminder: '提醒',
  inquiry: '函询',
  admonition: '诫勉',
  transfer: '移送派驻纪检组',
  escalate: '上报',
} as const;

/** 复核结论 */
export const REVIEW = { upheld: '维持', anew: '重新甄别' } as const;

/** What stands open: nothing by which a person or a matter could be known. */
export const dataSchema = z.strictObject({
  /** 补报: recorded later than the rule says. */
  late: z.boolean(),
  conclusion: z.enum(Object.keys(CONCLUSIONS) as (keyof typeof CONCLUSIONS)[]).optional(),
  disposal: z.enum(Object.keys(DISPOSALS) as (keyof typeof DISPOSALS)[]).optional(),
});

/** What is sealed: the report as it was filed, and all free text that came to it. */
export const contentsSchema = z.strictObject({
  report: z.record(z.string(), z.unknown()),
  supplements: z.array(z.strictObject({ at: z.string(), text: z.string() })),
  conclusionReason: z.string().optional(),
  /** Who judged last: another has to decide on an objection. */
  judgedBy: z.string().optional(),
  /** When the reporter was last told what came of it, ISO: from then on he may object. */
  answeredAt: z.string().optional(),
  disposalDetail: z.string().optional(),
  feedback: z.string().optional(),
  withdrawalReason: z.string().optional(),
  /** Ids of those whom the officers hold to be meant: they are recused from then on. */
  identified: z.array(z.string()).default([]),
  /** 认定 and 更正认定, in order: who found whom to be meant, and who found otherwise since, and why. They stay recused. */
  findings: z
    .array(
      z.strictObject({
        at: z.string(),
        by: z.string(),
        person: z.string(),
        corrected: z.strictObject({ at: z.string(), by: z.string(), reason: z.string() }).optional(),
      }),
    )
    .default([]),
  /** 追问: what an officer asked the reporter, and what he answered. */
  questions: z
    .array(
      z.strictObject({
        at: z.string(),
        by: z.string(),
        text: z.string(),
        answer: z.strictObject({ at: z.string(), text: z.string() }).optional(),
      }),
    )
    .default([]),
  /** 异议复核: what the reporter objected, and what another officer decided. */
  objections: z
    .array(
      z.strictObject({
        at: z.string(),
        text: z.string(),
        decision: z
          .strictObject({
            at: z.string(),
            by: z.string(),
            text: z.string(),
            result: z.enum(Object.keys(REVIEW) as (keyof typeof REVIEW)[]).optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  /** 解封: which officer asked to read it again once it was archived, and what another person decided. */
  unsealings: z
    .array(
      z.strictObject({
        at: z.string(),
        by: z.string(),
        reason: z.string(),
        decision: z
          .strictObject({
            at: z.string(),
            by: z.string(),
            granted: z.boolean(),
            /** Where it was granted: up to when, ISO. */
            until: z.string().optional(),
            why: z.string().optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  /** 佐证: the files that belong to it, each with the SHA-256 of its bytes. */
  files: z.array(entryFileSchema).default([]),
});

export type IntercessionData = z.infer<typeof dataSchema>;
export type IntercessionContents = z.infer<typeof contentsSchema>;
