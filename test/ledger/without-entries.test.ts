import { expect, test } from 'vitest';
import type { Content, NoticeContent } from '../../ledger/message.ts';
import { merged } from '../../ledger/notice.ts';
import { withoutEntries } from '../../ledger/without-entries.ts';

const notBefore = new Date('2026-11-23T01:00:00Z');

/** What one person is told of these entries at once. */
function told(refs: readonly string[]): Content | undefined {
  const notices = refs.map((ref) => ({
    key: ref,
    personId: 'somebody',
    notBefore,
    content: {
      kind: 'notice' as const,
      title: '有新的整改事项',
      tone: 'plain' as const,
      sections: [
        { lines: [ref], actions: [{ action: `签收 ${ref}@1`, label: '签收', style: 'primary' as const }] },
      ],
      actions: [],
      refresh: `查看 ${ref}`,
    },
  }));
  return merged(notices)[0]?.content;
}

/** What is told of records whose sections have no buttons of their own. */
function toldBelow(refs: readonly string[]): Content | undefined {
  const notices = refs.map((ref) => ({
    key: ref,
    personId: 'somebody',
    notBefore,
    content: {
      kind: 'notice' as const,
      title: '记录转由您受理',
      tone: 'plain' as const,
      sections: [{ lines: [`${ref} 现为「已提交」。`] }],
      actions: [{ action: `查看 ${ref}`, label: '查看' }],
      refresh: `查看 ${ref}`,
    },
  }));
  return merged(notices)[0]?.content;
}

const refs = (count: number) => Array.from({ length: count }, (_, index) => `Z1-1-${index + 1}`);
const without = (content: Content | undefined, ...hidden: string[]) =>
  content && withoutEntries(content, new Set(hidden));

test.each([
  [3, 'Z1-1-1'],
  [3, 'Z1-1-2'],
  [2, 'Z1-1-2'],
  [12, 'Z1-1-1'],
  [25, 'Z1-1-23'],
  [21, 'Z1-1-21'],
])('of %i entries, without %s, a card says what it would say had that one never been', (count, hidden) => {
  const others = refs(count).filter((ref) => ref !== hidden);
  expect(without(told(refs(count)), hidden)).toEqual(told(others));
  expect(without(toldBelow(refs(count)), hidden)).toEqual(toldBelow(others));
});

test('where more are counted than shown, the sum stays true', () => {
  const left = without(told(refs(25)), 'Z1-1-4') as NoticeContent;
  expect(left.sections).toHaveLength(20);
  expect(left.sections.at(-1)?.lines).toEqual(['… 另有 5 项']);
  expect(left.actions.map(({ label }) => label)).toEqual(['签收以上 19 项']);
  expect(JSON.stringify(left)).not.toMatch(/Z1-1-4\b/u);
});

test('nothing is left of a card that is about nothing else', () => {
  expect(without(told(refs(1)), 'Z1-1-1')).toBeUndefined();
  expect(without(told(refs(2)), ...refs(2))).toBeUndefined();
});

test('a part that may be about the hidden one is not left standing', () => {
  const content = told(refs(2)) as NoticeContent;
  const sections = [...content.sections, { lines: ['当时有人在场。'] }];
  expect(without({ ...content, sections }, 'Z1-1-1')).toBeUndefined();
});

test('what is about other entries stays as it is', () => {
  const content = told(refs(2));
  expect(without(content, 'Z1-1-9')).toBe(content);
});
