import * as z from 'zod';
import { choiceField, dateField, textField } from '../../../ledger/form.ts';

/** 领域 */
export const AREAS = { funding: '资金分配', procurement: '采购', personnel: '人事' } as const;

/** What has to be told before the work begins. */
export const reportFields = {
  matter: textField({ label: '工作事项', max: 100 }),
  area: choiceField({ label: '领域', options: AREAS }),
  beginsOn: dateField({ label: '拟实施日期' }),
  plan: textField({ label: '工作方案', max: 2000, lines: 'many' }),
};

export const dataSchema = z.strictObject({
  area: z.enum(Object.keys(AREAS) as (keyof typeof AREAS)[]),
  beginsOn: z.iso.date(),
});

export const contentsSchema = z.strictObject({ plan: z.string(), opinion: z.string().optional() });

export type AdvanceData = z.infer<typeof dataSchema>;
export type AdvanceContents = z.infer<typeof contentsSchema>;
