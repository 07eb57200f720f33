import { describe, expect, it } from 'vitest';
import type { RectificationData } from '../../../ledger/rectification/data.ts';
import { dueLine, dueWord, toldDate } from '../../../ledger/rectification/due-word.ts';
import { isAskedByDate, waitingWord } from '../../../ledger/rectification/figures/applied-in-time.ts';
import { plainBureau, someone } from '../plain-bureau.ts';
import { plainEntry } from '../plain-entry.ts';

const TODAY = '2026-11-23';
type Says = Partial<RectificationData>;
const dated = (dueOn: string | null, state = 'progressing', closedAt: Date | null = null) => ({
  ...{ dueOn, state, closedAt },
});
const lasting: Says = { category: 'lasting' };
const appliedOn = (on: string): Says => ({ application: { on, by: '甲', summary: '示例' } });

describe('the date of an item', () => {
  it('is over from the day after, and never of what is closed', () => {
    expect(dueWord(dated('2026-11-23'), {}, TODAY)).toBe('时限 2026-11-23');
    expect(dueWord(dated('2026-11-22'), {}, TODAY)).toBe('已逾期，时限 2026-11-22');
    expect(dueWord(dated('2026-11-22', 'closed', new Date(0)), {}, TODAY)).toBe('时限 2026-11-22');
  });

  it('of 长期坚持 is that of its quarter’s progress', () => {
    expect(dueWord(dated('2026-12-31'), lasting, TODAY)).toBe('下次进展 2026-12-31，四季度');
    expect(dueWord(dated('2026-09-30'), lasting, TODAY)).toBe('三季度进展已逾期，应于 2026-09-30 前报');
    expect(dueLine(dated('2026-12-31'), lasting, TODAY)).toBe('下次进展：2026-12-31，四季度');
    expect(toldDate('2026-12-31', 'lasting')).toBe('下次进展：2026-12-31，四季度');
  });

  it('stands in a card behind its name, also where it is over, and is 待分派 where nobody gave it one', () => {
    expect(dueLine(dated('2026-12-31'), {}, TODAY)).toBe('整改时限：2026-12-31');
    expect(dueLine(dated('2026-11-22'), {}, TODAY)).toBe('整改时限：已逾期，2026-11-22');
    expect(dueLine(dated(null), {}, TODAY)).toBe('整改时限：待分派');
    expect(toldDate('2026-12-31', 'timed')).toBe('整改时限：2026-12-31');
  });

  it('makes nobody late who asked for the closing by it, as long as others have to decide', () => {
    const over = (state: string, on: string) => dueWord(dated('2026-11-20', state), appliedOn(on), TODAY);
    for (const state of ['applied', 'reviewed', 'approved'])
      expect(over(state, '2026-11-20'), state).toBe('时限 2026-11-20，已按期申请');
    expect(over('applied', '2026-11-21')).toBe('已逾期，时限 2026-11-20');
    expect(over('returned', '2026-11-20')).toBe('已逾期，时限 2026-11-20');
    expect(isAskedByDate(null, appliedOn('2026-11-20'))).toBe(false);
    expect(isAskedByDate('2026-11-20', {})).toBe(false);
  });
});

describe('what was applied for in time', () => {
  const directory = plainBureau([
    someone('责任领导甲'),
    someone('督查员甲', { roles: ['supervisor'] }),
    someone('督查员乙', { roles: ['supervisor'] }),
  ]);
  const waits = (state: string, personId = '责任领导甲') =>
    waitingWord(
      plainEntry({
        ...{ ledger: 'rectification', ref: 'Z1-1-1', state },
        people: [
          { personId, part: 'leader' },
          { personId: '做事人', part: 'responsible' },
        ],
      }),
      directory,
    );

  it('waits for its 责任领导, for the 督查员, or for the 党组会, who is nobody alone', () => {
    expect(waits('applied')).toBe('已按期申请，待责任领导审核（责任领导甲）');
    expect(waits('reviewed')).toBe('已按期申请，待督查复核（督查员甲、督查员乙）');
    expect(waits('approved')).toBe('已按期申请，待党组会审定');
    expect(waits('applied', '离开的人')).toBe('已按期申请，待责任领导审核（（已离开））');
    const led = plainEntry({ ledger: 'rectification', ref: 'Z1-1-1', state: 'applied' });
    expect(waitingWord(led, directory)).toBe('已按期申请，待责任领导审核');
  });
});
