import * as z from 'zod';
import type { Entry } from '../define.ts';
import { choiceField } from '../form.ts';

/** 声明. Both words are of one length: what is sealed over them is too, so that no table tells one from the other. */
export const ANSWERS = { none: '无此类情形', some: '有情形' } as const;

export type Answer = keyof typeof ANSWERS;

export const answerField = choiceField({ label: '申报', options: ANSWERS });

/** What stands open: for which period, and whether it came after the date (补报). */
export const dataSchema = z.strictObject({ period: z.string(), late: z.boolean() });

/** What is sealed: every answer that was given for the period, the latest last, none taken away. */
export const contentsSchema = z.strictObject({
  declared: z.array(z.strictObject({ at: z.iso.datetime(), answer: z.enum(['none', 'some']) })).min(1),
});

export type NilReturnData = z.infer<typeof dataSchema>;
export type NilReturnContents = z.infer<typeof contentsSchema>;

/** The ledger's name. */
export const NIL_RETURN = 'nil-return';
/** The part of who declared. */
export const DECLARANT = 'reporter';

/** The period that an entry is for; nothing is opened for it. */
export const periodIdOf = ({ data }: Entry): string => dataSchema.parse(data).period;

/** @returns the contents with one answer more */
export const withAnswer = ({ declared }: NilReturnContents, at: Date, answer: Answer): NilReturnContents => ({
  declared: [...declared, { at: at.toISOString(), answer }],
});
