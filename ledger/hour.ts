import type { Calendar } from './calendar.ts';
import type { Person } from './directory.ts';
import type { Entries } from './entry.ts';
import type { Rules } from './store.ts';

/** An hour at which a ledger will tell some people something unasked that cannot go in another week. */
export interface Hour {
  at: Date;
  /** Whether it will tell this person, by what he has now: rather once too often than never. */
  tells(person: Pick<Person, 'id' | 'roles'>, entries: Entries): Promise<boolean>;
  /** To most people it does not: nobody is made to wait without being looked at. */
  isRare?: true;
}

/** What the hours of a week are found by. */
export interface Timetable {
  readonly calendar: Calendar;
  readonly rules: Rules;
}

/** When what is said at that time of the bureau's day leaves. */
export const leavesAt = ({ calendar, rules }: Timetable, on: string, time: string): Date =>
  calendar.afterQuietHours(calendar.instantOf(on, time), rules.quietHours);
