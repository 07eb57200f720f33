import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../config/rules.ts';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import { fieldsAsked, timingOf, wrongWithTime } from '../../../ledger/intercession/timing.ts';

const calendar = bureauCalendar();
const here = { at: calendar.instantOf('2026-11-23', '10:00'), calendar, rules: defaultRules };

describe('when it happened', () => {
  it.each([
    ['2026-11-23T10:01', 'ahead'],
    ['2026-11-23T10:00', 'in-time'],
    ['2026-11-22T10:00', 'in-time'],
    ['2026-11-22T09:59', 'late'],
    ['', 'unknown'],
    ['不记得了', 'unknown'],
  ])('%j is %s at 10:00 on 23 November, by the 24 hours of the rules', (happenedAt, timing) => {
    expect(timingOf({ happenedAt }, here)).toBe(timing);
  });

  it('cannot lie ahead, and the field says what the time is now', () => {
    expect(wrongWithTime({ happenedAt: '2026-11-23T10:01' }, here)).toEqual({
      happenedAt: '事发时间 2026-11-23 10:01 还没有到，现在是 2026-11-23 周一 10:00',
    });
  });

  it('asks why it is recorded late, and is content with a reason', () => {
    const late = { happenedAt: '2026-11-20T09:00' };
    expect(wrongWithTime(late, here)).toEqual({ lateReason: '事发已超过 24 小时，请简单写明补报原因' });
    expect(wrongWithTime({ ...late, lateReason: '出差在外' }, here)).toEqual({});
    expect(wrongWithTime({ happenedAt: '2026-11-23T09:00' }, here)).toEqual({});
    expect(wrongWithTime({}, here)).toEqual({});
  });
});

describe('补报原因 in the form', () => {
  const asked = (happenedAt?: string) => {
    const fields = fieldsAsked(happenedAt === undefined ? {} : { happenedAt }, here);
    const { lateReason } = fields;
    const place = Object.keys(fields).indexOf('lateReason');
    return { place, required: lateReason?.required, open: lateReason?.open ?? false, hint: lateReason?.hint };
  };

  it('is asked for beside the time once the time is known to be long ago', () => {
    expect(asked('2026-11-20T09:00')).toEqual({
      ...{ place: 1, required: true, open: false },
      hint: '事发已超过 24 小时，属于补报，请简单写明原因',
    });
  });

  it('stands open beside it as long as the time is not known, and need not be filled in', () => {
    expect(asked()).toEqual({
      ...{ place: 1, required: false, open: true },
      hint: '事发超过 24 小时的，请简单写明原因；没有超过的不用填',
    });
  });

  it('is far down among what may be left empty where the record comes in time', () => {
    const { place, required, open } = asked('2026-11-23T09:00');
    expect({ required, open }).toEqual({ required: false, open: false });
    expect(place).toBeGreaterThan(10);
  });
});
