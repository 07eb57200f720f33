import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../config/rules.ts';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import { isAskedWeekly } from '../../../ledger/rectification/supervision.ts';
import { levelOf } from '../../../ledger/rectification/warning.ts';

const calendar = bureauCalendar();
const context = { calendar, rules: defaultRules };

/** The days before the date on which a level is first reached, for an item with a term of so many days. */
function firstDays(term: number): {
  green: number | undefined;
  yellow: number | undefined;
  red: number | undefined;
} {
  const dueOn = '2026-12-31';
  const data = { assignedOn: calendar.addDays(dueOn, -term) };
  const reached = new Map<string, number>();
  for (let left = term; left >= -3; left -= 1) {
    const level = levelOf({ dueOn, data }, calendar.addDays(dueOn, -left), context);
    if (level && !reached.has(level)) reached.set(level, left);
  }
  return { green: reached.get('green'), yellow: reached.get('yellow'), red: reached.get('red') };
}

describe('the levels of a warning', () => {
  it.each([
    [90, { green: 20, yellow: 10, red: -1 }],
    [30, { green: 20, yellow: 10, red: -1 }],
    [15, { green: 10, yellow: 5, red: -1 }],
    [7, { green: 5, yellow: 2, red: -1 }],
    [1, { green: undefined, yellow: 1, red: -1 }],
  ])('of a term of %d days are reached at %o', (term, days) => {
    expect(firstDays(term)).toEqual(days);
  });
});

describe('the weekly card', () => {
  const asked = (category: 'timed' | 'lasting', today: string) =>
    isAskedWeekly({ dueOn: '2026-12-31', data: { level: 'measure', number: 1, category } }, today, context);

  it('asks for 长期坚持 only when its quarter ends soon', () => {
    expect(asked('timed', '2026-11-23')).toBe(true);
    expect(asked('lasting', '2026-12-10')).toBe(false);
    expect(asked('lasting', '2026-12-11')).toBe(true);
    expect(asked('lasting', '2027-01-10')).toBe(true);
  });
});
