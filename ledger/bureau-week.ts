import type { CalendarDate } from './calendar.ts';
import type { Store } from './store.ts';

/** Monday to Sunday by the bureau's clock. */
export interface BureauWeek {
  from: Date;
  /** The next week's beginning. */
  to: Date;
}

/** A week with workdays, and when on its first one people may be told what was carried over into it. */
export interface WorkWeek extends BureauWeek {
  firstOn: CalendarDate;
  opensAt: Date;
}

/** Nothing is carried over to an hour before this, where there are no quiet hours either. */
const EARLIEST = '08:00';

export interface BureauWeeks {
  of(at: Date): BureauWeek;
  /** Those after it that have workdays. */
  after(at: Date): readonly WorkWeek[];
}

/** Looks each week up once: the same few are asked for thousands of people. @param most weeks that are looked at ahead */
export function bureauWeeks(
  { calendar, rules }: Pick<Store, 'calendar' | 'rules'>,
  most: number,
): BureauWeeks {
  const mondays = new Map<number, CalendarDate>();
  const weeks = new Map<CalendarDate, BureauWeek>();
  const ahead = new Map<CalendarDate, WorkWeek[]>();
  const mondayOf = (at: Date) => known(mondays, at.getTime(), () => calendar.mondayOf(calendar.dateOf(at)));
  const weekFrom = (monday: CalendarDate): BureauWeek => ({
    from: calendar.instantOf(monday, '00:00'),
    to: calendar.instantOf(calendar.addDays(monday, 7), '00:00'),
  });
  const workWeek = (monday: CalendarDate): WorkWeek[] => {
    const first = calendar.firstWorkdayOfWeek(monday);
    if (!first) return [];
    const opensAt = calendar.afterQuietHours(calendar.instantOf(first, EARLIEST), rules.quietHours);
    return [{ ...weekFrom(monday), firstOn: calendar.dateOf(opensAt), opensAt }];
  };
  return {
    of(at) {
      const monday = mondayOf(at);
      return known(weeks, monday, () => weekFrom(monday));
    },
    after(at) {
      const monday = mondayOf(at);
      return known(ahead, monday, () =>
        Array.from({ length: most }, (_, index) => calendar.addDays(monday, 7 * (index + 1))).flatMap(
          workWeek,
        ),
      );
    },
  };
}

function known<Key, Value>(table: Map<Key, Value>, key: Key, find: () => Value): Value {
  const value = table.get(key) ?? find();
  table.set(key, value);
  return value;
}
