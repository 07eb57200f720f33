import { describe, expect, it } from 'vitest';
import { bureauCalendar } from '../../ledger/calendar.ts';
import { deadlineCard } from '../../ledger/intercession/deadline.ts';
import type { Action, Content, NoticeContent, Section } from '../../ledger/message.ts';
import { merged } from '../../ledger/notice.ts';
import { withoutEntries } from '../../ledger/without-entries.ts';
import { plainEntry } from './plain-entry.ts';

const TODAY = '2026-11-23';
const without = (content: Content, ...hidden: string[]) => withoutEntries(content, new Set(hidden));
const button = (label: string, ref: string): Action => ({ action: `${label} ${ref}`, label });

const card = (sections: Section[], more: Partial<NoticeContent> = {}): NoticeContent => ({
  ...{ kind: 'notice', title: '请在会前看一遍', tone: 'plain', sections, actions: [] },
  ...more,
});

/** What of one section is left beside a section of Z1-9, which nobody hides. */
function leftOf(section: Section, hidden: string, actions: Action[] = []): Section[] {
  const other = { lines: ['Z1-9 示例措施九'], actions: [button('查看', 'Z1-9')] };
  const left = without(card([section, other], { actions }), hidden) as NoticeContent;
  expect(left.sections.at(-1)).toEqual(other);
  return left.sections.slice(0, -1);
}

describe('the reminder of several records’ dates, of which one is hidden', () => {
  const record = (ref: string, dueOn = TODAY) =>
    plainEntry({ ledger: 'intercession', ref, state: 'submitted', dueOn });
  const reminder = (...records: ReturnType<typeof record>[]) =>
    deadlineCard(records, TODAY, bureauCalendar());
  const letters = [...'ABCDEFGHJKMN'];
  const many = letters.map((letter) => record(`${letter}7QM-3WXY`));

  it('is the reminder of the others, with their number in its title', () => {
    const [a, b, c] = [record('A7QM-3WXY'), record('B7QM-3WXY'), record('C7QM-3WXY')];
    expect(without(reminder(a, b, c), 'B7QM-3WXY')).toEqual(reminder(a, c));
    expect(without(reminder(...many), 'A7QM-3WXY')).toEqual(reminder(...many.slice(1)));
  });

  it('is no longer red where only the hidden one was overdue', () => {
    const [late, later, due] = [
      record('A7QM-3WXY', '2026-11-20'),
      record('B7QM-3WXY', '2026-11-19'),
      record('C7QM-3WXY'),
    ];
    expect(without(reminder(late, due, record('D7QM-3WXY')), 'A7QM-3WXY')).toMatchObject({ tone: 'yellow' });
    expect(without(reminder(late, due, record('D7QM-3WXY')), 'A7QM-3WXY', 'C7QM-3WXY')).toMatchObject({
      tone: 'yellow',
    });
    expect(without(reminder(late, later, due), 'A7QM-3WXY')).toMatchObject({ tone: 'red' });
    expect(without(reminder(late, due, record('D7QM-3WXY')), 'C7QM-3WXY')).toMatchObject({ tone: 'red' });
  });

  it('is no longer red where the hidden one had a line more than its lateness', () => {
    const parts = ['Z1-1 已逾期 3 天', 'Z1-2 今天到期'].map((line) => ({ lines: [line, '请抓紧办理。'] }));
    const late = card(parts, { tone: 'red', actions: [button('查看', 'Z1-1,Z1-2')] });
    expect(without(late, 'Z1-1')).toMatchObject({ tone: 'yellow' });
  });

  it('keeps a colour that was not for what is overdue', () => {
    const late = { ...reminder(record('A7QM-3WXY', '2026-11-20'), record('B7QM-3WXY')) };
    expect(without({ ...late, tone: 'green' }, 'A7QM-3WXY')).toMatchObject({ tone: 'green' });
    const bad = card(
      [1, 2].map((number) => ({ lines: [`Z1-${number} 未通过`] })),
      {
        ...{ tone: 'red', actions: [button('查看', 'Z1-1,Z1-2')] },
      },
    );
    expect(without(bad, 'Z1-1')).toMatchObject({ tone: 'red' });
  });
});

describe('a title’s figure', () => {
  const counting = (title: string) =>
    card([...[1, 2, 3].map((number) => ({ lines: [`Z1-${number} 示例`] })), { lines: ['… 另有 2 项'] }], {
      ...{ title, refresh: '查看 Z1-1,Z1-2,Z1-3,Z1-4,Z1-5' },
    });
  it.each([
    ['待办（3 项）', '待办（2 项）'],
    ['待办（5 项）', '待办（4 项）'],
    ['全局（7 项）', '全局（7 项）'],
    ['待办', '待办'],
  ])('%s is %s without one of three shown of five', (title, left) => {
    expect(without(counting(title), 'Z1-2')).toMatchObject({ title: left });
  });
});

describe('several entries in one part of a card', () => {
  it('are counted anew by the figure that ends its heading, and by no other', () => {
    const lines = ['Z1-1 示例措施一', 'Z1-2 示例措施二'];
    const left = { lines: ['Z1-2 示例措施二'] };
    expect(leftOf({ heading: '红色（2）', lines }, 'Z1-1')).toEqual([{ heading: '红色（1）', ...left }]);
    expect(leftOf({ heading: '第（2）批', lines }, 'Z1-1')).toEqual([{ heading: '第（2）批', ...left }]);
    expect(leftOf({ heading: '红色（3）', lines }, 'Z1-1')).toEqual([{ heading: '红色（3）', ...left }]);
  });

  it('go line by line with their buttons, and the others stay', () => {
    const section = {
      heading: '黄色·临近到期',
      lines: ['Z1-1 示例措施一', 'Z1-10 示例措施十', '以上为示例。'],
      actions: [button('进展', 'Z1-1'), button('进展', 'Z1-10'), button('查看', 'Z1-1,Z1-10')],
    };
    expect(leftOf(section, 'Z1-1')).toEqual([
      {
        heading: '黄色·临近到期',
        lines: ['Z1-10 示例措施十', '以上为示例。'],
        actions: [button('进展', 'Z1-10'), { action: '查看 Z1-10', label: '查看' }],
      },
    ]);
  });

  it('are told by its words where it has no buttons', () => {
    const section = { lines: ['Z1-1 示例措施一', 'Z1-2 示例措施二'] };
    expect(leftOf(section, 'Z1-1', [button('查看', 'Z1-1,Z1-2')])).toEqual([{ lines: ['Z1-2 示例措施二'] }]);
  });

  it('take it with them where its heading names the hidden one, or no line is left', () => {
    const actions = [button('同意', 'Z1-1'), button('同意', 'Z1-2')];
    expect(leftOf({ heading: 'Z1-1 及相关事项', lines: ['Z1-2 示例措施二'], actions }, 'Z1-1')).toEqual([]);
    expect(leftOf({ lines: ['Z1-1、Z1-2 一并办理'], actions }, 'Z1-1')).toEqual([]);
  });

  it('leave a heading with the buttons of the others, where it never had lines', () => {
    const actions = [button('同意', 'Z1-1'), button('同意', 'Z1-2')];
    expect(leftOf({ heading: '请您决定', lines: [], actions }, 'Z1-1')).toEqual([
      { heading: '请您决定', lines: [], actions: [button('同意', 'Z1-2')] },
    ]);
  });
});

describe('what a part of a card is about', () => {
  it('is not said by a number within what somebody wrote', () => {
    const parts = [{ lines: ['Z1-1 示例措施一', '王处长来电，涉及 Z1 轮'] }, { lines: ['Z1-2 示例措施二'] }];
    expect(without(card(parts), 'Z1')).toEqual(card(parts));
    expect(without(card(parts), 'Z1-1')).toEqual(card(parts.slice(1)));
  });

  it('is said by its buttons alone', () => {
    const parts = ['Z1-1', 'Z1-2'].map((ref) => ({ lines: ['一项待签收'], actions: [button('签收', ref)] }));
    expect(without(card(parts), 'Z1-1')).toEqual(card(parts.slice(1)));
  });

  it('is said by its heading, whatever its first line begins with', () => {
    const parts = [1, 2].map((number) => ({ heading: `示例 Z1-${number}`, lines: ['2026-12-18 到期'] }));
    const left = without(card(parts, { actions: [button('查看', 'Z1-1,Z1-2')] }), 'Z1-1');
    expect(left).toEqual(card(parts.slice(1), { actions: [button('查看', 'Z1-2')] }));
  });

  it('is said by its place where nothing else says it, and by that last', () => {
    const refresh = '查看 Z1-1,Z1-2';
    const mixed = card([{ lines: ['Z1-2 示例措施二'] }, { lines: ['Z1-1 示例措施一'] }], { refresh });
    expect(without(mixed, 'Z1-1')).toMatchObject({ sections: [{ lines: ['Z1-2 示例措施二'] }] });
    const placed = card([{ lines: ['请签收。'] }, { lines: ['请报进展。'] }], { refresh });
    expect(without(placed, 'Z1-1')).toEqual(card([{ lines: ['请报进展。'] }], { refresh: '查看 Z1-2' }));
  });

  it('is not guessed: a card that has fewer parts than entries, or shows none, goes whole', () => {
    const unsaid = [{ lines: ['请签收。'] }, { lines: ['请报进展。'] }];
    expect(without(card(unsaid, { refresh: '查看 Z1-1,Z1-2,Z1-3' }), 'Z1-3')).toBeUndefined();
    const both = [button('签收', 'Z1-1'), button('签收', 'Z1-2')];
    expect(without(card(unsaid.slice(1), { actions: both }), 'Z1-1')).toBeUndefined();
    const counted = ['Z1-1 示例', 'Z1-2 示例'].map((line) => ({ lines: [line] }));
    const more = { lines: ['… 另有 2 项', '请在电脑上查看'] };
    expect(without(card([...counted, more], { actions: both }), 'Z1-1')).toBeUndefined();
    expect(without(card(counted, { actions: both }), 'Z1-1')).toBeDefined();
  });

  it('cannot be told of a title that names the hidden one, or of a table', () => {
    const parts = ['Z1-1', 'Z1-2'].map((ref) => ({ lines: [ref], actions: [button('查看', ref)] }));
    expect(without(card(parts, { title: 'Z1-1 等 2 项' }), 'Z1-1')).toBeUndefined();
    expect(without(card(parts, { title: 'Z1-1 等 2 项' }), 'Z1-2')).toBeDefined();
    const three = [...parts, { lines: ['Z1-3'], actions: [button('查看', 'Z1-3')] }];
    expect(without(card(three, { title: 'Z1-1 等 3 项' }), 'Z1-1', 'Z1-2')).toBeUndefined();
    const table = { kind: 'table' as const, title: '示例', columns: ['编号'], rows: [['Z1-1'], ['Z1-2']] };
    expect(without({ ...table, footer: [], actions: [button('查看', 'Z1-1,Z1-2')] }, 'Z1-1')).toBeUndefined();
  });
});

describe('one card for many entries, whose parts name none of them', () => {
  const told = (count: number) =>
    merged(
      Array.from({ length: count }, (_, index) => ({
        ...{ key: `${index}`, personId: '示例人', notBefore: new Date('2026-11-23T01:00:00Z') },
        content: card([{ lines: [`第 ${index + 1} 份：请签收。`] }], {
          refresh: `查看 Z1-${index + 1}`,
        }),
      })),
    )[0]?.content as NoticeContent;

  it('loses the part in the hidden one’s place, and counts the rest as before', () => {
    const left = without(told(25), 'Z1-4') as NoticeContent;
    const lines = told(25).sections.flatMap((section) => section.lines);
    expect(left.sections.flatMap((section) => section.lines)).toEqual(lines.toSpliced(3, 1));
    expect(lines.at(-1)).toBe('… 另有 5 项');
  });

  it('is nothing where only a count of others would be left', () => {
    const shown = Array.from({ length: 20 }, (_, index) => `Z1-${index + 1}`);
    expect(without(told(22), ...shown)).toBeUndefined();
    expect(without(told(22), ...shown.slice(1))).toBeDefined();
  });
});

describe('the buttons below a card', () => {
  const each = (ref: string) => ({ lines: [ref], actions: [button('签收', ref), button('查看', ref)] });
  const below = (action: Action, hidden: string, refresh: string | undefined = '查看 Z1-1,Z1-2') => {
    const whole = card([each('Z1-1'), each('Z1-2')], { actions: [action], ...(refresh && { refresh }) });
    return (without(whole, hidden) as NoticeContent).actions;
  };

  it('for all are gone where one is left that has the same button itself', () => {
    expect(below({ action: '签收 Z1-1,Z1-2', label: '全部签收' }, 'Z1-1')).toEqual([]);
    expect(below({ action: '看过 Z1-1,Z1-2', label: '看过' }, 'Z1-1')).toEqual([button('看过', 'Z1-2')]);
  });

  it('for the first entry are for the one that is first now', () => {
    expect(below(button('退回', 'Z1-1@4'), 'Z1-1')).toEqual([button('退回', 'Z1-2')]);
  });

  it('for several keep what is said behind their numbers', () => {
    expect(below({ action: '退回 Z1-1@4,Z1-2@7 材料不全', label: '退回' }, 'Z1-1')).toEqual([
      { action: '退回 Z1-2@7 材料不全', label: '退回' },
    ]);
  });

  it('for another that is hidden go, and for one that stays remain', () => {
    expect(below(button('签收', 'Z1-2'), 'Z1-2')).toEqual([]);
    expect(below(button('签收', 'Z1-1'), 'Z1-1', '')).toEqual([]);
    expect(below(button('签收', 'Z1-2'), 'Z1-1')).toEqual([button('签收', 'Z1-2')]);
    expect(below(button('我的整改', '第2页'), 'Z1-1')).toEqual([button('我的整改', '第2页')]);
  });
});
