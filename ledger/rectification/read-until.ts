import type { Calendar } from '../calendar.ts';
import { readDate } from '../read-date.ts';
import { Refusal } from '../refusal.ts';
import type { Typed } from '../typed.ts';
import type { Step } from './moves/step.ts';

/** Up to when: 「到12月底」, 「延到明年1月15日」, 「至2026-12-31」, at the front and whole. */
const UNTIL =
  /^(?:申请)?(?:延期|推迟|顺延|延)?(到|至)?\s*([^\s,，。;；、:：]{1,20})(?:[\s,，。;；、:：]+|$)/u;
const LABEL = /^(?:理由|原因|因为|由于)(?:是)?\s*[:：,，]?\s*/u;

/**
 * Reads a date and the words behind it: 「到12月底 材料未到」. What is no date is said with the rest.
 * @param date the field of the date
 * @param words the field that takes the rest; without it, the rest is said not to be taken
 */
export const readUntil =
  (date: string, words?: string): NonNullable<Step['read']> =>
  (typed, { at, calendar }): Typed => {
    const [front = '', to, said = ''] = UNTIL.exec(typed) ?? [];
    const on = said === '' ? undefined : dateIn(said, at, calendar);
    const rest = on === undefined ? typed : typed.slice(front.length);
    const text = rest.trim().replace(LABEL, '');
    return {
      values: { ...(on && { [date]: on }), ...(words && text && { [words]: text }) },
      unread: [
        ...(on === undefined && to !== undefined && said !== '' ? [`没有看懂日期「${said}」，请选择。`] : []),
        ...(words === undefined && on !== undefined && text !== ''
          ? [`没有登记「${text.slice(0, 40)}」。`]
          : []),
        ...(words === undefined && on === undefined
          ? [`没有看懂日期「${typed.slice(0, 20)}」，请选择。`]
          : []),
      ],
    };
  };

/** Nothing but a date: a reason that speaks of a month is a reason. */
const ALL_DATE =
  /^(?:[\d零〇一二三四五六七八九十廿年月日号底末初旬上中下明今后本这个周天前之以/.-]|星期|季度)+$/u;

/** The date that was said, 3月底前; undefined where it is none, or more than that. */
export function dateIn(said: string, at: Date, calendar: Calendar): string | undefined {
  if (!ALL_DATE.test(said.normalize('NFKC'))) return undefined;
  try {
    return readDate(said.replace(/(?:之前|以前|前)$/u, ''), at, calendar);
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}
