import { describe, expect, test } from 'vitest';
import type { Notice } from '../../ledger/define.ts';
import type { KeyRing } from '../../ledger/key-ring.ts';
import { type Action, type NoticeContent, type Section, text } from '../../ledger/message.ts';
import { merged, recipients } from '../../ledger/notice.ts';
import type { Store } from '../../ledger/store.ts';
import type { Rows } from '../../prisma/database.ts';
import { plainBureau, someone } from './plain-bureau.ts';
import { plainEntry } from './plain-entry.ts';

const AT = new Date('2026-11-23T01:00:00Z');

const notices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `notice-${index}`,
    personId: 'somebody',
    notBefore: AT,
    content: {
      kind: 'notice' as const,
      title: '有新的整改事项',
      tone: 'plain' as const,
      sections: [
        {
          lines: [`Z1-1-${index + 1}`],
          actions: [{ action: `签收 Z1-1-${index + 1}@1`, label: '签收', style: 'primary' as const }],
        },
      ],
      actions: [],
    },
  }));

const oneOf = (count: number): NoticeContent => merged(notices(count))[0]?.content as NoticeContent;

test('what one person is told of several entries is one card, with one button for all of them', () => {
  expect(merged(notices(20))).toHaveLength(1);
  expect(oneOf(20).sections).toHaveLength(20);
  expect(oneOf(20).actions.map(({ label }) => label)).toEqual(['全部签收']);
});

test('a button takes the step for what is shown, never for what the person has not seen', () => {
  const { sections, actions } = oneOf(25);
  expect(sections.at(-1)?.lines).toEqual(['… 另有 5 项']);
  expect(actions.map(({ label }) => label)).toEqual(['签收以上 20 项']);
  expect(actions[0]?.action).toContain('Z1-1-20@1');
  expect(actions[0]?.action).not.toContain('Z1-1-21');
});

describe('what is said together', () => {
  const [one, other] = notices(2);
  if (!one || !other) throw new Error('Two notices are needed');

  test('takes the keys of all that it says along, and has a line that shows them only where they had one', () => {
    const [both] = merged([one, other]);
    expect(both).toMatchObject({ key: 'notice-0', also: ['notice-1'] });
    expect(both?.content).not.toHaveProperty('refresh');
    expect(merged([one])).toEqual([one]);
  });

  test.each([
    ['to somebody else', { personId: 'somebody else' }],
    ['of something else', { content: { ...other.content, title: '整改事项已退回' } }],
    ['at another time', { notBefore: new Date('2026-11-24T01:00:00Z') }],
    ['by another job', { job: 'warnings' as const }],
    ['though the week is full', { isExempt: true }],
    ['for some days only', { notLaterThan: '2026-11-30' }],
  ])('is not what is said %s', (_, more) => {
    expect(merged([one, { ...other, ...more }])).toHaveLength(2);
  });

  test('is said once where it is a sentence, and is no part of a card with the same words', () => {
    const sentence = { ...one, content: text('有新的整改事项') };
    expect(merged([sentence, { ...sentence, key: 'again' }])).toEqual([{ ...sentence, also: ['again'] }]);
    expect(merged([sentence, one, other])[0]?.content).toEqual(merged([one, other])[0]?.content);
  });
});

describe('one button for all', () => {
  const show: Action = { action: '查看 Z1-1', label: '查看' };
  const step = (label: string, ref: string): Action => ({
    action: `${label} ${ref}`,
    label,
    style: 'primary',
  });
  const below = (...sections: Section['actions'][]) => {
    const cards = sections.map((actions, index) => {
      const section: Section = { lines: [`第 ${index + 1} 项`], ...(actions && { actions }) };
      const content: NoticeContent = {
        kind: 'notice',
        title: '示例',
        tone: 'plain',
        sections: [section],
        actions: [],
      };
      return { key: `${index}`, personId: 'somebody', notBefore: AT, content };
    });
    return (merged(cards)[0]?.content as NoticeContent).actions;
  };

  test('takes the step that each section offers first, whatever stands before it', () => {
    expect(below([show, step('签收', 'Z1-1')], [step('签收', 'Z1-2@3'), step('退回', 'Z1-2')])).toEqual([
      { action: '签收 Z1-1,Z1-2@3', label: '全部签收', style: 'primary' },
    ]);
  });

  test('is not there where one section offers another step, or none', () => {
    expect(below([step('签收', 'Z1-1')], [step('审核', 'Z1-2')])).toEqual([]);
    expect(below([step('签收', 'Z1-1')], [show])).toEqual([]);
    expect(below([step('签收', 'Z1-1')], undefined)).toEqual([]);
    expect(below([show], [show])).toEqual([]);
  });
});

describe('whom a notice reaches', () => {
  const directory = plainBureau([
    ...['做事人', '协办人', '责任领导'].map((id) => someone(id)),
    ...['督查甲', '督查乙'].map((id) => someone(id, { roles: ['supervisor'] })),
    someone('离开的人', { active: false }),
  ]);
  const people = ['做事人', '离开的人', '无此人'].map((personId) => ({ personId, part: 'responsible' }));
  const entry = plainEntry({
    ...{ ledger: 'rectification', ref: 'Z1-1', state: 'assigned' },
    people: [...people, { personId: '责任领导', part: 'leader' }],
  });
  /** Of the record only who is recused from the entry, under marks as they are. */
  const reached = (to: Notice['to'], ...recused: string[]) => {
    const keys = { mark: (said: string) => said } as KeyRing;
    const found = recused.map((id) => ({ mark: `recusal/${id}` }));
    const rows = { $queryRawUnsafe: async () => found } as unknown as Rows;
    const notice = { to, content: text('示例') };
    return recipients({ keys } as Store, rows, directory, entry, notice);
  };

  test('is the person, those with the role, or who takes the part and still works here', async () => {
    expect(await reached({ person: '协办人' })).toEqual(['协办人']);
    expect(await reached({ role: 'supervisor' })).toEqual(['督查甲', '督查乙']);
    expect(await reached({ part: 'responsible' })).toEqual(['做事人']);
    expect(await reached({ part: 'leader' })).toEqual(['责任领导']);
  });

  test('is never who is recused from the entry', async () => {
    expect(await reached({ role: 'supervisor' }, '督查甲')).toEqual(['督查乙']);
    expect(await reached({ person: '协办人' }, '督查甲', '协办人')).toEqual([]);
    expect(await reached({ part: 'leader' }, '督查甲')).toEqual(['责任领导']);
  });
});
