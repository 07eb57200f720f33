import { expect, test } from 'vitest';
import type { NoticeContent } from '../../ledger/message.ts';
import { merged } from '../../ledger/notice.ts';

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
