import { describe, expect, it } from 'vitest';
import { bureauCalendar } from '../../../ledger/calendar.ts';
import type { Entry } from '../../../ledger/define.ts';
import { type Level, toldOf, warningCard } from '../../../ledger/rectification/warning.ts';
import { withoutEntries } from '../../../ledger/without-entries.ts';
import { plainBureau, someone } from '../plain-bureau.ts';
import { plainEntry } from '../plain-entry.ts';

const TODAY = '2026-11-23';
const directory = plainBureau([
  someone('做事人'),
  someone('责任领导'),
  someone('书记', { roles: ['secretary'] }),
  someone('离开的人', { active: false }),
]);
const item = (ref: string, dueOn: string, more: Partial<Entry> = {}) =>
  plainEntry({
    ...{ ledger: 'rectification', ref, state: 'progressing', dueOn },
    people: [
      { personId: '做事人', part: 'responsible' },
      { personId: '责任领导', part: 'leader' },
    ],
    ...more,
  });
const card = (...warned: [Entry, Level][]) =>
  warningCard(
    warned.map(([entry, level]) => ({ item: entry, level })),
    TODAY,
    { calendar: bureauCalendar(), directory, wordsFor: () => ['进展', '申请延期'] },
  );

describe('who is warned', () => {
  it('is the 责任人 of green, the 责任领导 too of yellow, and the 党组书记 too of red', () => {
    const told = (level: Level) => toldOf(item('Z1-1', TODAY), level, directory);
    expect(told('green')).toEqual(['做事人']);
    expect(told('yellow')).toEqual(['做事人', '责任领导']);
    expect(told('red')).toEqual(['做事人', '责任领导', '书记']);
  });

  it('is told once whatever parts are his, and not when he has left', () => {
    const parts = ['responsible', 'leader'].map((part) => ({ personId: '书记', part }));
    const people = [...parts, { personId: '离开的人', part: 'responsible' }];
    expect(toldOf(item('Z1-1', TODAY, { people }), 'red', directory)).toEqual(['书记']);
  });
});

describe('the card of the day’s warnings', () => {
  it('is that of the others where one of them is hidden, also of those beyond the five that have buttons', () => {
    const warned = [1, 2, 3, 4, 5, 6, 7].map((n): [Entry, Level] => [item(`Z1-${n}`, '2026-12-10'), 'green']);
    const withoutSixth = withoutEntries(card(...warned), new Set(['Z1-6']));
    expect(withoutSixth).toEqual(card(...warned.toSpliced(5, 1)));
  });

  it('has the gravest first, and its colour', () => {
    const all = card(
      [item('Z1-1', '2026-12-10'), 'green'],
      [item('Z1-2', '2026-11-22'), 'red'],
      [item('Z1-3', '2026-11-30'), 'yellow'],
    );
    expect(all).toMatchObject({ title: '整改时限预警（3 项）', tone: 'red' });
    expect(all.sections.map(({ heading }) => heading)).toEqual([
      '红色·已逾期（1）',
      '黄色·临近到期（1）',
      '绿色·提前提醒（1）',
    ]);
    expect(all.actions).toEqual([
      { action: '我的整改', label: '我的整改', style: 'primary' },
      { action: '台账 逾期', label: '查看逾期' },
    ]);
    const mild = card([item('Z1-1', '2026-12-10'), 'green']);
    expect(mild.tone).toBe('green');
    expect(mild.actions.map(({ label }) => label)).toEqual(['我的整改']);
  });

  it('says what falls due and how far it is, with who does the work', () => {
    const line = (dueOn: string, more: Partial<Entry> = {}) =>
      card([item('Z1-1', dueOn, more), 'yellow']).sections[0]?.lines[0];
    expect(line('2026-11-30')).toBe('Z1-1 示例事项（做事人）：时限 2026-11-30，还有 7 天');
    expect(line(TODAY)).toBe('Z1-1 示例事项（做事人）：时限 2026-11-23，今天到期');
    expect(line('2026-11-20')).toBe('Z1-1 示例事项（做事人）：时限 2026-11-20，已逾期 3 天');
    expect(line(TODAY, { data: { category: 'lasting' } })).toContain('：季度进展时限 2026-11-23，');
    expect(line(TODAY, { state: 'stalled' })).toContain('：恢复整改 2026-11-23，');
    const people = [
      { personId: '做事人', part: 'responsible' },
      { personId: '无此人', part: 'responsible' },
    ];
    expect(line(TODAY, { people })).toContain('（做事人、（已离开））');
  });

  it('names on each button which item it is for, as soon as there are several', () => {
    const labels = (count: number) =>
      card(
        ...Array.from({ length: count }, (_, index): [Entry, Level] => [
          item(`Z1-${index + 1}`, TODAY),
          'yellow',
        ]),
      ).sections[0]?.actions?.map(({ label }) => label);
    expect(labels(1)).toEqual(['进展', '申请延期']);
    expect(labels(2)).toEqual(['进展 Z1-1', '申请延期 Z1-1', '进展 Z1-2', '申请延期 Z1-2']);
  });

  it('has buttons for the five gravest, however many there are', () => {
    const yellow = Array.from({ length: 5 }, (_, index): [Entry, Level] => [
      item(`Z1-${index + 1}`, TODAY),
      'yellow',
    ]);
    const all = card(...yellow, [item('Z2-1', '2026-11-20'), 'red'], [item('Z3-1', '2026-12-10'), 'green']);
    const buttons = all.sections.map(({ actions = [] }) => actions.map(({ action }) => action));
    expect(buttons[0]).toEqual(['进展 Z2-1', '申请延期 Z2-1']);
    expect(buttons[1]).toHaveLength(8);
    expect(buttons[1]).not.toContain('进展 Z1-5');
    expect(all.sections[2]).not.toHaveProperty('actions');
  });
});
