import * as z from 'zod';

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

const on = z.iso.date();
const answerSchema = z.strictObject({
  /** ISO week, such as 2026-W47. */
  week: z.string(),
  answer: z.enum(Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]),
  text: z.string().optional(),
});

/** 轮次: one inspection and what came of it. */
const roundSchema = z.strictObject({
  level: z.literal('round'),
  source: z.string(),
  issuer: z.string().optional(),
  issuedOn: on.optional(),
  feedbackOn: on.optional(),
});

/** What is assigned, worked on and closed: a measure, or a problem that has none. The title has its words. */
const itemSchema = z.strictObject({
  level: z.enum(['problem', 'measure']),
  number: z.int(),
  aspect: z.string().optional(),
  findings: z.string().optional(),
  /** From the round, so that a term can be proposed. */
  feedbackOn: on.optional(),
  category: z.enum(Object.keys(CATEGORIES) as (keyof typeof CATEGORIES)[]).optional(),
  /** When it last came to who has it now. */
  assignedOn: on.optional(),
  progress: z.strictObject({ on, text: z.string() }).optional(),
  weekly: answerSchema.optional(),
  /** The latest difficulty that was told, whatever was answered after it. */
  difficulty: z.strictObject({ week: z.string(), text: z.string() }).optional(),
  application: z.strictObject({ on, by: z.string(), summary: z.string(), evidence: z.string() }).optional(),
  reviewedBy: z.string().optional(),
  approvedBy: z.string().optional(),
  returnReason: z.string().optional(),
  deferral: z.strictObject({ to: on, reason: z.string(), by: z.string() }).optional(),
  /** The dates that were put off, oldest first. */
  deferredFrom: z.array(on).optional(),
});

export const dataSchema = z.discriminatedUnion('level', [roundSchema, itemSchema]);

export type RectificationData = z.infer<typeof dataSchema>;
export type ItemData = z.infer<typeof itemSchema>;

/** States in which the work is still with the responsible persons. */
export const AT_WORK = ['assigned', 'signed', 'progressing', 'returned'] as const;
/** States in which an item is not yet closed. */
export const OPEN = ['unassigned', ...AT_WORK, 'applied', 'reviewed'] as const;

/** @throws Error when the entry is a round: rounds are not moved */
export function itemData(data: RectificationData): ItemData {
  if (data.level === 'round') throw new Error('A round is not an item');
  return data;
}
