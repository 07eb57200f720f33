import type { Entry } from '../define.ts';
import { type Action, type Content, showLine, type Tone } from '../message.ts';
import { short } from './wording.ts';

/** Something that somebody is told of one item, with the buttons for it. */
export const itemNotice = (
  title: string,
  entry: Entry,
  lines: string[],
  { actions = [], tone = 'plain' }: { actions?: Action[]; tone?: Tone } = {},
): Content => ({
  kind: 'notice',
  title,
  tone,
  sections: [
    {
      heading: `${entry.ref} ${short(entry.title)}`,
      lines,
      actions: [...actions, { action: showLine(entry.ref), label: '查看' }],
    },
  ],
  actions: [],
  refresh: showLine(entry.ref),
});

/** To who assists: whom, and until when. Nothing is asked of him. */
export const assisting = (entry: Entry, whom: string, due: string): Content =>
  itemNotice('请您协办的整改事项', entry, [
    `协助责任人 ${whom}。${due}。`,
    '知悉即可，由责任人签收、报进展。',
  ]);

/** To whoever had it: it was entered by mistake. */
export const takenOut = (entry: Entry, by: string, reason: string): Content =>
  itemNotice('整改事项已作废', entry, [`${by} 作废：${reason}`, '无需再办理。']);

/** To whoever had the problem: it is given out by its measures from now on. */
export const broughtToMeasures = (entry: Entry, by: string): Content =>
  itemNotice('整改事项改按措施办理', entry, [
    `${by} 已为它登记整改措施，按问题的指派随之撤回；措施分派后另行通知，此前无需办理。`,
  ]);
