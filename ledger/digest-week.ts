import type { CalendarDate } from './calendar.ts';
import type { Ledger } from './define.ts';
import type { Directory, Person } from './directory.ts';
import type { Entries } from './entry.ts';
import type { Store } from './store.ts';

/** For whom a weekly digest is written, and when. */
export interface DigestWeek {
  readonly ledger: Ledger;
  readonly reader: Person;
  /** With his eyes. */
  readonly entries: Entries;
  readonly at: Date;
  readonly today: CalendarDate;
  /** The Monday of this week: what changed is told of the week before it. */
  readonly monday: CalendarDate;
  readonly directory: Directory;
  readonly store: Store;
}
