import { describe, expect, it } from 'vitest';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import { deadlineCard, isJudgedBy, REMINDED } from '../../../ledger/intercession/deadline.ts';
import { intercession } from '../../../ledger/intercession/intercession.ts';
import { plainEntry } from '../plain-entry.ts';

const TODAY = '2026-11-23';
const record = (ref: string, state: string, dueOn = TODAY) =>
  plainEntry({ ledger: 'intercession', ref, state, dueOn, version: 3 });
const card = (...entries: ReturnType<typeof record>[]) => deadlineCard(entries, TODAY, bureauCalendar());

describe('the reminder of a record’s date', () => {
  it('says of each what is to be done and by when, and offers the words that do it', () => {
    const said = (state: string) => {
      const [section] = card(record('S2026-001', state)).sections;
      return [section?.lines[0], ...(section?.actions ?? []).map(({ action }) => action)];
    };
    expect(said('submitted')).toEqual([
      'S2026-001 受理时限 2026-11-23，今天到期',
      ...['受理 S2026-001@3', '备查 S2026-001@3', expect.stringContaining('S2026-001')],
    ]);
    expect(said('objected').slice(0, 2)).toEqual([
      'S2026-001 复核时限 2026-11-23，今天到期',
      '复核 S2026-001@3',
    ]);
    expect(said('disposing').slice(0, 2)).toEqual([
      'S2026-001 反馈时限 2026-11-23，今天到期',
      '反馈 S2026-001@3',
    ]);
  });

  it('offers in every state with a date only what can be said in that state', () => {
    for (const state of REMINDED) {
      const words = card(record('S2026-001', state)).sections[0]?.actions?.slice(0, -1) ?? [];
      expect(words.length, state).toBeGreaterThan(0);
      for (const { label } of words) {
        const move = intercession.moves.find(({ word, also = [] }) => [word, ...also].includes(label));
        expect(move?.from, `${label} in ${state}`).toContain(state);
      }
    }
  });

  it('is red as soon as one is over its date, and says by how many days', () => {
    expect(card(record('S2026-001', 'submitted')).tone).toBe('yellow');
    const late = card(record('S2026-001', 'submitted'), record('S2026-002', 'accepted', '2026-11-20'));
    expect(late.tone).toBe('red');
    expect(late).toMatchObject({
      ...{ kind: 'notice', title: '说情打招呼记录办理提醒（2 项）' },
      actions: [{ action: '待甄别', label: '待甄别', style: 'primary' }],
    });
    expect(late.sections[1]?.actions?.at(-1)).toEqual({ action: '查看 S2026-002', label: '查看' });
    expect(late.sections[1]?.lines).toEqual(['S2026-002 甄别时限 2026-11-20，已逾期 3 天']);
  });

  it('shows twenty and counts all', () => {
    const many = card(...Array.from({ length: 21 }, (_, index) => record(`S2026-${index}`, 'submitted')));
    expect(many.title).toContain('（21 项）');
    expect(many.sections).toHaveLength(20);
    expect(many.refresh).toContain('S2026-19');
    expect(many.refresh).not.toContain('S2026-20');
  });
});

describe('who is not reminded of an objection', () => {
  const judged = (state: string) => ({
    entry: record('S2026-001', state),
    data: {},
    contents: { judgedBy: '甲' },
  });

  it('is who judged what the reporter objects to: another one reviews it', () => {
    expect(isJudgedBy({ id: '甲' }, judged('objected'))).toBe(true);
    expect(isJudgedBy({ id: '乙' }, judged('objected'))).toBe(false);
    expect(isJudgedBy({ id: '甲' }, judged('disposing'))).toBe(false);
    expect(isJudgedBy({ id: '甲' }, undefined)).toBe(false);
  });
});
