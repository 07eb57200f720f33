import { dueOn, latestAskable, standingsOf } from '../ledger/nil-return/asked.ts';
import { reminded } from '../ledger/nil-return/wording.ts';
import type { Operation } from '../ledger/operation.ts';
import type { Job } from './define.ts';

/**
 * 零报告提醒: one message on the last day to who has not answered. After that it is counted, and nobody is told again. He was
 * asked with the date: in a full week that has nothing for him to come with, it is left out.
 */
export const nilReturnRemind: Job = {
  name: 'nil-return-remind',
  at: (rules) => rules.nilReturn.at,
  async run(operation) {
    const { store, rows, directory, today } = operation;
    if (!store.rules.nilReturn.enabled) return;
    const period = latestAskable(today, store);
    const standings = await standingsOf(rows, directory, period.id);
    const [first] = standings;
    if (!first) return;
    const due = dueOn(period, first.askedAt, store);
    if (!isTime(operation, due, first.askedAt)) return;
    if (!(await operation.isFirst(nilReturnRemind.name, period.id))) return;
    const content = reminded(period, due);
    for (const { person, isAnswered } of standings) {
      if (isAnswered) continue;
      const key = `${nilReturnRemind.name}:${period.id}:${person.id}`;
      const job = 'nil-return-remind';
      operation.post({ key, personId: person.id, content, job, notLaterThan: due, canBeLeftOut: true });
    }
  },
};

/** Not on the day on which they were asked, and not before the last day's hour. */
function isTime({ store, at }: Operation, due: string, askedAt: Date): boolean {
  const { calendar, rules } = store;
  const toldAt = calendar.afterQuietHours(askedAt, rules.quietHours);
  return due > calendar.dateOf(toldAt) && at >= calendar.instantOf(due, rules.nilReturn.at);
}
