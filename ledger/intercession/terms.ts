import type { Rules } from '../../config/rules.ts';
import type { Calendar, CalendarDate } from '../calendar.ts';

interface Terms {
  readonly calendar: Calendar;
  readonly rules: Rules;
}

/** The date by which a record has to be taken up (受理), in 工作日 from `on`. */
export const acceptBy = ({ calendar, rules }: Terms, on: CalendarDate): CalendarDate =>
  calendar.addWorkdays(on, rules.intercession.acceptWithinWorkdays);

/** The last day on which the reporter may object to what he was told on `on`. */
export const objectUpTo = ({ calendar, rules }: Terms, on: CalendarDate): CalendarDate =>
  calendar.addDays(on, rules.intercession.objectWithinDays);

/** The date by which, once it was judged to go on, it has to be dealt with and answered (处置、反馈), in 工作日 from `on`. */
export const handleBy = ({ calendar, rules }: Terms, on: CalendarDate): CalendarDate =>
  calendar.addWorkdays(on, rules.intercession.handleWithinWorkdays);

/** The date by which it has to be judged (甄别), in 工作日 from `on`. */
export const screenBy = ({ calendar, rules }: Terms, on: CalendarDate): CalendarDate =>
  calendar.addWorkdays(on, rules.intercession.screenWithinWorkdays);
