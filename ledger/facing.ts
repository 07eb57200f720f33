import type { CalendarDate } from './calendar.ts';
import type { Entry } from './define.ts';

/** What facets are taken from. */
export interface Facing<Data = unknown> extends Pick<Entry, 'state' | 'dueOn'> {
  readonly data: Data;
  /** Since when it is closed. */
  readonly closedOn?: CalendarDate;
}
