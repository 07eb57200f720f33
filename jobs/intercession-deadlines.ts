import { createHash } from 'node:crypto';
import type { Entry } from '../ledger/define.ts';
import type { Person } from '../ledger/directory.ts';
import { entriesFor } from '../ledger/entry.ts';
import { deadlineCard, isJudgedBy, REMINDED } from '../ledger/intercession/deadline.ts';
import type { Operation } from '../ledger/operation.ts';
import type { Job } from './define.ts';

const DAY_MS = 86_400_000;
/** An overdue record is brought up again after so many days, not before. */
const AGAIN_AFTER_DAYS = 7;

/**
 * 受理、甄别 and 复核 in time: each record once when it is due, once when it is overdue and then once a week, merged into one
 * message a day for each officer who may act on it. Where no officer may, the records are with the 派驻纪检组, and so are
 * the reminders. On days on which nobody may be told nothing is said; the next workday's message has what came up.
 */
export const intercessionDeadlines: Job = {
  name: 'intercession-deadlines',
  at: (rules) => rules.intercession.remindAt,
  async run(operation) {
    const { store, at, today, directory } = operation;
    const { calendar, rules } = store;
    if (at < calendar.instantOf(today, rules.intercession.remindAt)) return;
    if (rules.quietHours.workdaysOnly && !calendar.isWorkday(today)) return;
    const toTell = new Set<string>();
    const receivers = new Set<string>();
    for (const entry of await operation.entries.list(dueFilter(operation))) {
      if (!(await isToTell(operation, entry))) continue;
      toTell.add(entry.id);
      for (const { personId, part } of entry.people) if (part === 'receiver') receivers.add(personId);
    }
    const officers = directory.people.filter(
      ({ id, roles }) => roles.includes('discipline') || receivers.has(id),
    );
    for (const person of toTell.size > 0 ? officers : []) {
      const entries = (await dueFor(operation, person)).filter(({ id }) => toTell.has(id));
      if (entries.length === 0) continue;
      operation.post({
        key: `${intercessionDeadlines.name}:${keyOf(entries, today)}:${person.id}`,
        personId: person.id,
        content: deadlineCard(entries, today, calendar),
        job: 'intercession-deadlines',
      });
    }
  },
};

const dueFilter = ({ store, today }: Operation) => ({
  ledger: 'intercession',
  states: REMINDED,
  dueBefore: store.calendar.addDays(today, 1),
});

/** With the person's own eyes: what he is recused from is not there. Nobody is reminded of his own report, nor of a review of what he decided. */
async function dueFor(operation: Operation, person: Person): Promise<Entry[]> {
  const seen = entriesFor(operation.store, operation.rows, person);
  const entries = await seen.list(dueFilter(operation));
  return entries.filter((entry) => {
    const { people } = entry;
    const isReporter = people.some(({ personId, part }) => personId === person.id && part === 'reporter');
    const isReceiver = people.some(({ personId, part }) => personId === person.id && part === 'receiver');
    const mayAct = isReceiver || person.roles.includes('discipline');
    return !isReporter && mayAct && !isJudgedBy(person, seen.readable(entry));
  });
}

/** Once when due; once when overdue, and again when the last time is long enough ago. */
async function isToTell(operation: Operation, { id, dueOn }: Entry): Promise<boolean> {
  const { today, at } = operation;
  const job = intercessionDeadlines.name;
  if (dueOn === today) return operation.isFirst(job, `${id}:${dueOn}:due`);
  const last = await operation.lastOf(job, `${id}:${dueOn}:overdue:`);
  if (last && at.getTime() - last.ranAt.getTime() < AGAIN_AFTER_DAYS * DAY_MS) return false;
  return operation.isFirst(job, `${id}:${dueOn}:overdue:${today}`);
}

const keyOf = (entries: readonly Entry[], today: string): string =>
  createHash('sha256')
    .update([today, ...entries.map(({ id, dueOn }) => `${id}:${dueOn}`)].join())
    .digest('base64url');
