import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../config/rules.ts';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import type { ItemData } from '../../../ledger/rectification/data.ts';
import { longSilent } from '../../../ledger/rectification/silence.ts';

const setting = { calendar: bureauCalendar(), rules: defaultRules };
const isSilent = (item: Partial<ItemData>, week: string) =>
  longSilent({ level: 'measure', number: 1, ...item }, week, setting);
const answeredIn = (week: string): Partial<ItemData> => ({ weekly: { week, answer: 'planned' } });

describe('the 督查员 phones about an item', () => {
  it('when two weeks have gone by since its last answer', () => {
    expect(isSilent(answeredIn('2026-W46'), '2026-W47')).toBe(false);
    expect(isSilent(answeredIn('2026-W46'), '2026-W48')).toBe(true);
  });

  it('counting over the turn of the year, also where the year has 53 weeks', () => {
    expect(isSilent(answeredIn('2026-W52'), '2027-W01')).toBe(true);
    expect(isSilent(answeredIn('2026-W53'), '2027-W01')).toBe(false);
    expect(isSilent(answeredIn('2025-W52'), '2026-W01')).toBe(false);
    expect(isSilent(answeredIn('2025-W51'), '2026-W01')).toBe(true);
    expect(isSilent(answeredIn('2027-W52'), '2028-W01')).toBe(false);
    expect(isSilent(answeredIn('2027-W52'), '2028-W02')).toBe(true);
  });

  it('of which nothing was heard since it was given out, and never of one that nobody has', () => {
    expect(isSilent({ assignedOn: '2026-11-15' }, '2026-W47')).toBe(false);
    expect(isSilent({ assignedOn: '2026-11-15' }, '2026-W48')).toBe(true);
    expect(isSilent({ assignedOn: '2026-11-16' }, '2026-W48')).toBe(false);
    expect(isSilent({}, '2026-W48')).toBe(false);
  });

  it('but not where it was answered after it was given out long ago', () => {
    expect(isSilent({ assignedOn: '2026-01-05', ...answeredIn('2026-W47') }, '2026-W48')).toBe(false);
  });
});
