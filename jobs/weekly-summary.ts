import type { Person } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import type { Operation } from '../ledger/operation.ts';
import { OPEN } from '../ledger/rectification/data.ts';
import { summaryCard } from '../ledger/rectification/weekly-summary.ts';
import type { Job } from './define.ts';

/** 周督查汇总: at the week's end, to each 责任领导 his own items, to the leading group and the 督查员 all of them. */
export const weeklySummary: Job = {
  name: 'weekly-summary',
  at: (rules) => rules.weeklySupervision.summaryAt,
  async run(operation) {
    const { store, at, today, directory } = operation;
    const { calendar, rules } = store;
    const last = calendar.lastWorkdayOfWeek(today);
    if (!last) return;
    const dueAt = calendar.instantOf(last, rules.weeklySupervision.summaryAt);
    if (at < dueAt || !(await operation.anythingBefore(dueAt))) return;
    const week = calendar.weekOf(today);
    if (!(await operation.isFirst(weeklySummary.name, week))) return;
    const overall = [...directory.withRole('secretary'), ...directory.withRole('supervisor')];
    const leaders = (await leadersOf(operation)).filter((leader) => !overall.includes(leader));
    for (const person of new Set(overall)) await post(operation, person, week, undefined);
    for (const person of leaders) await post(operation, person, week, 'leader');
  },
};

async function post(
  operation: Operation,
  person: Person,
  week: string,
  part: string | undefined,
): Promise<void> {
  const { store, rows, today, directory } = operation;
  const entries = entriesFor(store, rows, person);
  const content = await summaryCard({ entries, person, part, today, directory, store });
  if (content)
    operation.post({
      key: `${weeklySummary.name}:${week}:${person.id}`,
      personId: person.id,
      content,
      job: 'weekly-summary',
    });
}

async function leadersOf({ entries, directory }: Operation): Promise<Person[]> {
  const leaders = await entries.holders('leader', { ledger: 'rectification', states: OPEN });
  return leaders.flatMap((id) => directory.byId(id) ?? []).filter(({ active }) => active);
}
