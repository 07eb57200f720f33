import type { Situation } from '../define.ts';
import { type Field, type Fields, type RawValues, readField } from '../form.ts';
import { reportFields } from './fields.ts';

const HOUR_MS = 3_600_000;

type Here = Pick<Situation, 'at' | 'calendar' | 'rules'>;

/** What the moment that stands in a report makes of it: 补报 is `late` (`rules.intercession.recordWithinHours`). */
export type Timing = 'unknown' | 'ahead' | 'in-time' | 'late';

export function timingOf(raw: RawValues, { at, calendar, rules }: Here): Timing {
  const happened = readField(reportFields.happenedAt, raw.happenedAt);
  if (happened === undefined) return 'unknown';
  const [on = '', time = ''] = happened.split('T');
  const agoMs = at.getTime() - calendar.instantOf(on, time).getTime();
  if (agoMs < 0) return 'ahead';
  return agoMs > rules.intercession.recordWithinHours * HOUR_MS ? 'late' : 'in-time';
}

/** What is wrong with the time, by field: the event lies ahead, or the record is late and gives no reason. */
export function wrongWithTime(raw: RawValues, here: Here): Record<string, string> {
  const timing = timingOf(raw, here);
  if (timing === 'ahead') {
    const happened = String(readField(reportFields.happenedAt, raw.happenedAt)).replace('T', ' ');
    return { happenedAt: `事发时间 ${happened} 还没有到，现在是 ${here.calendar.display(here.at)}` };
  }
  if (timing !== 'late' || readField(reportFields.lateReason, raw.lateReason) !== undefined) return {};
  return { lateReason: `事发已超过 ${here.rules.intercession.recordWithinHours} 小时，请简单写明补报原因` };
}

/**
 * 补报原因 stands beside the time: asked as soon as it is known to be needed, open for as long as that is not known, and
 * among what may be left empty otherwise.
 */
export function fieldsAsked(raw: RawValues, here: Here): Fields {
  const hours = here.rules.intercession.recordWithinHours;
  switch (timingOf(raw, here)) {
    case 'late':
      return beside({ required: true, hint: `事发已超过 ${hours} 小时，属于补报，请简单写明原因` });
    case 'unknown':
      return beside({ open: true, hint: `事发超过 ${hours} 小时的，请简单写明原因；没有超过的不用填` });
    default:
      return reportFields;
  }
}

function beside(look: Pick<Partial<Field<unknown>>, 'required' | 'open' | 'hint'>): Fields {
  const { happenedAt, lateReason, ...others } = reportFields;
  return { happenedAt, lateReason: { ...lateReason, ...look }, ...others };
}
