import type { Move, Outcome, Situation } from '../../define.ts';
import { textField } from '../../form.ts';
import { Refusal } from '../../refusal.ts';
import { type ItemData, itemData, type RectificationData } from '../data.ts';

export type Step = Move<RectificationData, undefined>;
export type Here = Situation<RectificationData, undefined>;
export type Result = Outcome<RectificationData, undefined>;

export const byResponsible = { parts: ['responsible'] } as const;
export const byLeader = { parts: ['leader'] } as const;

/** Text of several lines. */
export const text = (label: string, max = 2000) => textField({ label, max, lines: 'many' });

/** It says something more and is where it was. */
export const stay = ({ entry }: Here, data: ItemData): Result => ({ state: entry.state, data });

/** A round, or a problem that is worked on through its measures. */
export const isWhole = ({ entry, data }: Pick<Here, 'entry' | 'data'>): boolean =>
  data.level === 'round' ||
  (data.level === 'problem' && entry.people.length === 0 && ['progressing', 'closed'].includes(entry.state));

/** @throws Refusal when the step is for items, and this is what items stand below */
export function requireItem(here: Pick<Here, 'entry' | 'data'>): void {
  if (!isWhole(here)) return;
  throw new Refusal('wrong-state', `${here.entry.ref} 是轮次或含措施的问题，请写明其中一项的编号。`);
}

/** The item with the date that another one takes the place of. */
export function withEarlierDate(
  { entry, data }: Here,
  dueOn: string,
  by: NonNullable<ItemData['earlierDates']>[number]['by'],
): ItemData {
  const item = itemData(data);
  if (!entry.dueOn || entry.dueOn === dueOn) return item;
  return { ...item, earlierDates: [...(item.earlierDates ?? []), { on: entry.dueOn, by }] };
}

/** @throws Refusal when the date lies behind */
export function requireAhead(here: Here, field: string, on: string): void {
  if (on >= here.today) return;
  const sentence = `${on} 已经过去，今天是 ${here.today}`;
  throw new Refusal('invalid-input', `日期 ${sentence}。`, { [field]: sentence });
}

/** @throws Refusal when the date of what has happened lies ahead */
export function requirePast(here: Here, field: string, on: string): void {
  if (on <= here.today) return;
  const sentence = `${on} 还没有到，今天是 ${here.today}`;
  throw new Refusal('invalid-input', `日期 ${sentence}。`, { [field]: sentence });
}

/** @throws Refusal when the date is not later than the one that it takes the place of */
export function requireLater({ entry }: Here, field: string, on: string): void {
  if (!entry.dueOn || on > entry.dueOn) return;
  const sentence = `新时限 ${on} 应晚于原时限 ${entry.dueOn}`;
  throw new Refusal('invalid-input', `${sentence}。`, { [field]: sentence });
}
