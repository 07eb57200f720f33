import type { Person } from '../ledger/directory.ts';
import type { Operation } from '../ledger/operation.ts';
import { supervisionCards } from '../ledger/rectification/supervision.ts';
import type { Job } from './define.ts';

/** Persons in one turn, where nobody speaks just now and where somebody does: whoever speaks meanwhile waits for the end of one. */
const AT_ONCE = { calm: 60, hurried: 12 };

/** 周督查: on the week's first workday, one card a person with all his items (S3: 「对整改工作采取周督查的方式」). */
export const weeklyCard: Job = {
  name: 'weekly-card',
  at: (rules) => rules.weeklySupervision.cardAt,
  async turn(operation) {
    if (!isDue(operation)) return false;
    const { store, rows, today, directory } = operation;
    const week = store.calendar.weekOf(today);
    const done = await doneUpTo(operation, week);
    if (done === EVERYBODY) return false;
    const most = store.database.isHurried() ? AT_ONCE.hurried : AT_ONCE.calm;
    const next = nextAfter(done, directory.people, most);
    const last = next.at(-1);
    await operation.isFirst(weeklyCard.name, occurrence(week, last?.staffNumber ?? EVERYBODY));
    const cards = await supervisionCards(store, rows, next, today);
    // On the last workday it is summed up what was answered: it asks before.
    const lastUseful = store.calendar.addDays(store.calendar.lastWorkdayOfWeek(today) ?? today, -1);
    const notLaterThan = lastUseful < today ? today : lastUseful;
    for (const [personId, content] of cards) {
      const key = `${weeklyCard.name}:${week}:${personId}`;
      operation.post({ key, personId, content, job: 'weekly-card', notLaterThan });
    }
    return last !== undefined;
  },
};

function isDue({ store: { calendar, rules }, at, today }: Operation): boolean {
  const first = calendar.firstWorkdayOfWeek(today);
  const last = calendar.lastWorkdayOfWeek(today);
  // What could not leave before the week is over would be last week's card in the next.
  const leavesOn = calendar.dateOf(calendar.afterQuietHours(at, rules.quietHours));
  if (!first || !last || leavesOn > last) return false;
  return at >= calendar.instantOf(first, rules.weeklySupervision.cardAt);
}

/** Stands behind every staff number. */
const EVERYBODY = '\u{10FFFF}';

const occurrence = (week: string, upTo: string): string => `${week}/${upTo}`;

/** The staff number up to which this week's cards are in line. */
async function doneUpTo(operation: Operation, week: string): Promise<string> {
  const last = await operation.lastOf(weeklyCard.name, occurrence(week, ''));
  return last?.occurrence.slice(occurrence(week, '').length) ?? '';
}

function nextAfter(done: string, people: readonly Person[], most: number): readonly Person[] {
  // They stand in the order of their numbers; who is behind is found without going through all who are before.
  let [from, to] = [0, people.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((people[middle]?.staffNumber ?? '') > done) to = middle;
    else from = middle + 1;
  }
  return people.slice(from, from + most);
}
