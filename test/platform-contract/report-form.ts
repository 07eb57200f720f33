import type { ActionAnswer } from '../../bot/platform.ts';
import { type Bureau, button, lastFromBot } from '../harness.ts';

/** A 说情打招呼 form, filled in on the morning after; the harness begins on 2026-11-23 at 09:00. */
export const REPORT = {
  happenedAt: '2026-11-22T15:00',
  channel: 'phone',
  intercessorName: '某某',
  intercessorKind: 'applicant',
  stage: 'review',
  circumstances: ['lobbying'],
  content: '来电请求在评审中关照其项目。',
  reply: 'refused',
  promise: true,
};

/** How many entries a list says that there are. */
export const countIn = (list: string): number =>
  list.startsWith('台账：没有符合条件且您可以查看的事项')
    ? 0
    : Number(/共 (\d+) 项/.exec(list)?.[1] ?? Number.NaN);

/** A form that somebody has before him. */
export interface OpenForm {
  messageId: string;
  submit: string;
  abandon: string;
}

/** Says the words that open a form. */
export async function openForm(bureau: Bureau, name: string, words: string): Promise<OpenForm> {
  const { messageId, content } = lastFromBot(await bureau.say(name, words));
  return { messageId, submit: button(content, '提交'), abandon: button(content, '放弃') };
}

export const submit = (
  bureau: Bureau,
  name: string,
  form: OpenForm,
  values: Record<string, unknown>,
): Promise<ActionAnswer> => bureau.act(name, form.messageId, form.submit, values);

/** From the word to the receipt. @returns the report's ref */
export async function fileReport(
  bureau: Bureau,
  name: string,
  more: Partial<typeof REPORT> = {},
): Promise<string> {
  const form = await openForm(bureau, name, '我要报告');
  const { toast = '' } = await submit(bureau, name, form, { ...REPORT, ...more });
  const ref = /[0-9A-Z]{4}-[0-9A-Z]{4}$/.exec(toast)?.[0];
  if (!ref) throw new Error(`No receipt: ${toast}`);
  return ref;
}
