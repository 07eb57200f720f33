import type { CalendarDate } from '../../calendar.ts';
import type { Move, Notice, Outcome, Situation } from '../../define.ts';
import { textField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { ownerLabel } from '../../state-label.ts';
import type { IntercessionContents, IntercessionData } from '../contents.ts';
import { STATES, type StateName } from '../states.ts';
import { objectUpTo } from '../terms.ts';
import * as wording from '../wording.ts';

export type Step = Move<IntercessionData, IntercessionContents>;
export type Here = Situation<IntercessionData, IntercessionContents>;
export type Result = Outcome<IntercessionData, IntercessionContents>;

/** 受理人: every 纪检监察员, and who stands in for them; recusal takes away who is concerned. */
export const byOfficer = { roles: ['discipline'], parts: ['receiver'] } as const;
export const byReporter = { parts: ['reporter'] } as const;

export const longText = (label: string, max = 2000) => textField({ label, max, lines: 'many' });

export const reportersOf = ({ entry }: Pick<Here, 'entry'>): string[] =>
  entry.people.filter(({ part }) => part === 'reporter').map(({ personId }) => personId);

/** Nobody handles what he filed himself. */
export function notOwn(here: Here): void {
  if (!reportersOf(here).includes(here.actor.id)) return;
  throw new Refusal('four-eyes', `${here.entry.ref} 是您本人提交的记录，须由其他受理人员办理。`);
}

/** The last day on which the reporter may object. */
export function objectionEnds(here: Here): CalendarDate {
  const { calendar, contents, entry } = here;
  const answeredAt = contents.answeredAt ? new Date(contents.answeredAt) : entry.changedAt;
  return objectUpTo(here, calendar.dateOf(answeredAt));
}

export const contentsWith = (
  { contents }: Here,
  more: Partial<IntercessionContents>,
): IntercessionContents => ({ ...contents, ...more });

/** 反馈记录人: the number and the state, as he may know it. */
export const toReporter =
  (state: StateName) =>
  ({ entry }: Here): Notice[] => [
    { to: { part: 'reporter' }, content: wording.progressed(entry, ownerLabel(STATES[state])) },
  ];
