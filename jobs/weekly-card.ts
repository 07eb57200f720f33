import { entriesFor } from '../ledger/entry.ts';
import { AT_WORK } from '../ledger/rectification/data.ts';
import { supervisionCard } from '../ledger/rectification/supervision.ts';
import type { Job } from './define.ts';

/** 周督查: on the week's first workday, one card a person with all his items (S3: 「对整改工作采取周督查的方式」). */
export const weeklyCard: Job = {
  name: 'weekly-card',
  at: (rules) => rules.weeklySupervision.cardAt,
  async run(operation) {
    const { store, rows, at, today, directory } = operation;
    const { calendar, rules } = store;
    const first = calendar.firstWorkdayOfWeek(today);
    const last = calendar.lastWorkdayOfWeek(today);
    // What could not leave before the week is over would be last week's card in the next.
    const leavesOn = calendar.dateOf(calendar.afterQuietHours(at, rules.quietHours));
    if (!first || !last || leavesOn > last) return;
    if (at < calendar.instantOf(first, rules.weeklySupervision.cardAt)) return;
    const week = calendar.weekOf(today);
    if (!(await operation.isFirst(weeklyCard.name, week))) return;
    for (const personId of await responsiblePersons(rows)) {
      const person = directory.byId(personId);
      if (!person?.active) continue;
      const content = await supervisionCard(entriesFor(store, rows, person), person, today, calendar);
      if (content) operation.post({ key: `${weeklyCard.name}:${week}:${personId}`, personId, content });
    }
  },
};

async function responsiblePersons(rows: Parameters<Job['run']>[0]['rows']): Promise<string[]> {
  const parts = await rows.entryPerson.findMany({
    where: { part: 'responsible', entry: { ledger: 'rectification', state: { in: [...AT_WORK] } } },
    distinct: ['personId'],
    select: { personId: true },
    orderBy: { personId: 'asc' },
  });
  return parts.map(({ personId }) => personId);
}
