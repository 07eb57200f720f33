import type { CalendarDate } from '../calendar.ts';
import type { Directory, Person } from '../directory.ts';
import type { Rows, Store } from '../store.ts';
import { type Period, periodsBefore } from './period.ts';

/** Of whom it is kept that he was asked: who came later is never behind with a period in which he was not here. */
export const ASKING = 'nil-return-ask';

/** Periods that may still be declared for. */
const REMEMBERED = 12;

const occurrence = (periodId: string, personId: string): string => `${periodId}:${personId}`;

/** Everybody who was asked for the period is among these. */
const ofPeriod = (periodId: string) => ({
  job: ASKING,
  occurrence: { gte: `${periodId}:`, lt: `${periodId};` },
});

/** The latest period for which the bureau should have been asked by that day; a later one is not yet asked for. */
export function latestAskable(today: CalendarDate, store: Pick<Store, 'calendar' | 'rules'>): Period {
  const [latest, before] = periodsBefore(today, 2, store);
  if (!latest || !before) throw new RangeError('two periods lie before every day');
  return today >= askOn(latest, store) ? latest : before;
}

export const askOn = ({ lastOn }: Period, { calendar, rules }: Pick<Store, 'calendar' | 'rules'>) =>
  calendar.addWorkdays(lastOn, rules.nilReturn.askOnWorkday);

/** Up to which day it is in time: who was asked late has as many workdays as who was asked on the day. */
export function dueOn(period: Period, askedAt: Date, store: Pick<Store, 'calendar' | 'rules'>): CalendarDate {
  const { calendar, rules } = store;
  const days = Math.max(0, rules.nilReturn.dueOnWorkday - rules.nilReturn.askOnWorkday);
  const toldOn = calendar.dateOf(calendar.afterQuietHours(askedAt, rules.quietHours));
  const meantOn = askOn(period, store);
  return calendar.addWorkdays(toldOn > meantOn ? toldOn : meantOn, days);
}

export async function noteAsked(
  rows: Rows,
  periodId: string,
  people: readonly Person[],
  ranAt: Date,
): Promise<void> {
  await rows.jobRun.createMany({
    data: people.map(({ id }) => ({ job: ASKING, occurrence: occurrence(periodId, id), ranAt })),
  });
}

/** A period for which somebody was asked. */
export interface Asked {
  period: Period;
  askedAt: Date;
  isAnswered: boolean;
}

/** For which of the last periods the person was asked, the latest first. */
export async function askedOf(
  store: Store,
  rows: Rows,
  personId: string,
  today: CalendarDate,
): Promise<Asked[]> {
  const periods = periodsBefore(today, REMEMBERED, store);
  const [runs, returns] = await Promise.all([
    rows.jobRun.findMany({
      where: { job: ASKING, occurrence: { in: periods.map(({ id }) => occurrence(id, personId)) } },
    }),
    rows.nilReturn.findMany({
      where: { personId, period: { in: periods.map(({ id }) => id) } },
      select: { period: true },
    }),
  ]);
  return periods.flatMap((period) => {
    const run = runs.find((each) => each.occurrence === occurrence(period.id, personId));
    const isAnswered = returns.some((each) => each.period === period.id);
    return run ? [{ period, askedAt: run.ranAt, isAnswered }] : [];
  });
}

/** Ids of everybody who was asked for the period, also of who left since, with the time. */
export async function everybodyAsked(rows: Rows, periodId: string): Promise<Map<string, Date>> {
  const runs = await rows.jobRun.findMany({ where: ofPeriod(periodId) });
  return new Map(runs.map((run) => [run.occurrence.slice(periodId.length + 1), run.ranAt]));
}

/** Somebody who was asked and still works here, and whether he answered; what he answered is in no table. */
export interface Standing {
  person: Person;
  askedAt: Date;
  isAnswered: boolean;
}

/** In the order of the staff numbers, never of anything that somebody did. */
export async function standingsOf(rows: Rows, directory: Directory, periodId: string): Promise<Standing[]> {
  const asked = await everybodyAsked(rows, periodId);
  const returns = await rows.nilReturn.findMany({
    where: { period: periodId },
    select: { personId: true },
  });
  const answered = new Set(returns.map(({ personId }) => personId));
  return directory.people.flatMap((person) => {
    const askedAt = asked.get(person.id);
    return askedAt ? [{ person, askedAt, isAnswered: answered.has(person.id) }] : [];
  });
}
