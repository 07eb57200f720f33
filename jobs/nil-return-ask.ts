import {
  ASKING,
  askOn,
  dueOn,
  everybodyAsked,
  latestAskable,
  noteAsked,
} from '../ledger/nil-return/asked.ts';
import type { Period } from '../ledger/nil-return/period.ts';
import { asked } from '../ledger/nil-return/wording.ts';
import type { Operation } from '../ledger/operation.ts';
import type { Job } from './define.ts';

/** Persons in one turn: more would hold up who speaks meanwhile. */
const AT_ONCE = 100;

/**
 * 零报告: after each period one message to everybody who works here. Only for the latest period: after a long silence nobody
 * gets several at once.
 */
export const nilReturnAsk: Job = {
  name: ASKING,
  at: (rules) => rules.nilReturn.at,
  async turn(operation) {
    const period = await periodDue(operation);
    if (!period) return false;
    const { store, rows, at, directory } = operation;
    const done = { job: ASKING, occurrence: period.id };
    if (await rows.jobRun.findUnique({ where: { job_occurrence: done } })) return false;
    const known = await everybodyAsked(rows, period.id);
    const waiting = directory.people.filter(({ id }) => !known.has(id));
    const next = waiting.slice(0, AT_ONCE);
    await noteAsked(rows, period.id, next, at);
    const due = dueOn(period, at, store);
    // Who is asked has a day for it at least.
    const before = store.calendar.addDays(due, -1);
    const notLaterThan = before < operation.today ? due : before;
    const content = asked(period, due);
    for (const { id } of next) {
      const key = `${ASKING}:${period.id}:${id}`;
      operation.post({ key, personId: id, content, job: ASKING, notLaterThan });
    }
    if (waiting.length > next.length) return true;
    await operation.isFirst(ASKING, period.id);
    return false;
  },
};

/** The latest period, once everybody should have been asked for it; nothing where the bureau began after it. */
async function periodDue(operation: Operation): Promise<Period | undefined> {
  const { store, at, today } = operation;
  const { calendar, rules } = store;
  if (!rules.nilReturn.enabled) return undefined;
  const period = latestAskable(today, store);
  if (at < calendar.instantOf(askOn(period, store), rules.nilReturn.at)) return undefined;
  // Whoever was entered in the roster works here, also where no ledger has anything yet.
  const endsAt = calendar.instantOf(calendar.addDays(period.lastOn, 1), '00:00');
  return (await operation.anythingBefore(endsAt)) ? period : undefined;
}
