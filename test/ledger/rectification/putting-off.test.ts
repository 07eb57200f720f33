import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../../config/rules.ts';
import type { WeeklyData } from '../../../ledger/rectification/data.ts';
import {
  longestDeferral,
  longestStall,
  putOffBy,
  requireWithinLimit,
} from '../../../ledger/rectification/moves/deferral-limit.ts';
import { whyNoDeferral } from '../../../ledger/rectification/why-no-deferral.ts';
import { plainItem } from './plain-item.ts';

const TODAY = '2026-11-23';
const { calendar } = plainItem();
const due = (dueOn: string | null) => plainItem({ entry: { dueOn } });

describe('申请延期', () => {
  const why = (data: Partial<WeeklyData>, dueOn: string | null = '2026-12-31', rules = defaultRules) =>
    whyNoDeferral({ ref: 'Z1-1-1', dueOn, data }, TODAY, rules);

  it('can be asked for up to the date itself, and where there is no date', () => {
    expect(why({})).toBeUndefined();
    expect(why({}, TODAY)).toBeUndefined();
    expect(why({}, null)).toBeUndefined();
    expect(why({}, '2026-11-22')).toContain('Z1-1-1 已于 2026-11-22 到期，延期须在到期前申请。');
  });

  it('is for as many times as the rules say', () => {
    const once = { deferredFrom: ['2026-10-31'] };
    expect(why(once)).toBe(
      'Z1-1-1 已延期 1 次，不能再延期（依据：本项目建议：延期一次，到期前提出，责任领导批准）。',
    );
    const twice = { ...defaultRules, rectification: { ...defaultRules.rectification, deferrals: 2 } };
    expect(why(once, '2026-12-31', twice)).toBeUndefined();
  });

  it('waits for no second decision, and is not for what has no closing date', () => {
    const waits = { reason: '示例', by: '做事人' };
    expect(why({ deferral: { ...waits, to: '2027-01-15' } })).toBe(
      'Z1-1-1 已申请延期至 2027-01-15，正等责任领导审批。',
    );
    expect(why({ stall: { ...waits, until: '2027-01-15' } })).toBe(
      'Z1-1-1 已申请列为暂难整改，正等责任领导审批。',
    );
    expect(why({ category: 'lasting' })).toContain('长期坚持事项');
    expect(why({ category: 'timed' })).toBeUndefined();
  });
});

describe('how far a date may be put off', () => {
  it('is counted for 申请延期 from the date that it takes the place of, be it over or not', () => {
    expect(longestDeferral(due('2026-12-31')).to).toBe('2027-03-31');
    expect(longestDeferral(due('2026-11-30')).to).toBe('2027-02-28');
    expect(longestDeferral(due('2026-10-01')).to).toBe('2027-01-01');
    expect(longestDeferral(due(null)).to).toBe('2027-02-23');
  });

  it('is counted for 申请暂难 from the date, or from today where that is over or none', () => {
    expect(longestStall(due('2026-12-31')).to).toBe('2027-06-30');
    expect(longestStall(due('2026-11-24')).to).toBe('2027-05-24');
    expect(longestStall(due('2026-10-01')).to).toBe('2027-05-23');
    expect(longestStall(due(null)).to).toBe('2027-05-23');
    expect(longestStall(due(null)).sentence).toBe(
      'Z1-1-1 自 2026-11-23 起，一次暂难最多 6 个月，恢复整改的日期最迟为 2027-05-23，到期复核。',
    );
  });

  it('is kept to the day, and a refusal says what was asked, the limit and its clause', () => {
    const limit = longestDeferral(due('2026-12-31'));
    const ask = (on: string) => () => requireWithinLimit(limit, 'to', ['申请延期至', on]);
    expect(ask('2027-03-31')).not.toThrow();
    const sentence =
      '申请延期至 2027-04-01，超过上限：Z1-1-1 原时限 2026-12-31，一次延期最多 3 个月，最迟可延至 2027-03-31（依据：本项目建议：一次延期最多三个月）';
    expect(ask('2027-04-01')).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: `${sentence}。`, fields: { to: sentence } }),
    );
  });

  it('is told to who decides in days, where there was a date', () => {
    expect(putOffBy({ dueOn: '2026-12-31' }, '2027-01-15', calendar)).toEqual([
      '原时限 2026-12-31，新时限 2027-01-15，延长 15 天。',
    ]);
    expect(putOffBy({ dueOn: null }, '2027-01-15', calendar)).toEqual([]);
  });
});
