import { describe, expect, test } from 'vitest';
import { actionsOf } from '../../ledger/held-card.ts';
import type { Content } from '../../ledger/message.ts';
import { operate } from '../../ledger/operation.ts';
import { newRound } from '../../ledger/rectification/rounds.ts';
import { linesOf, oneReport } from '../ledger/intercession/one-report.ts';

/** A Monday, 10:00. */
const AT = new Date('2026-11-23T02:00:00Z');
const report = oneReport(AT);
const { ask } = report;

const labels = (content: Content | undefined) =>
  content ? actionsOf(content).map(({ label }) => label) : [];

describe('统计 of a ledger that is not the asker’s to oversee', () => {
  test.each([
    '说情',
    '说情打招呼·方式',
    '说情打招呼记录 2026-10',
  ])('「统计 %s」 says so, and what he can see', async (words) => {
    const answer = await ask('程一禾', `统计 ${words}`);
    expect(linesOf(answer)).toEqual([
      '「说情打招呼记录」的统计不在您可以查看的范围内',
      '这只与职责分工有关，不表示有没有记录。',
      '您可以查看的统计如下。',
    ]);
    expect(labels(answer)).toEqual(['整改台账·进度', '整改台账·质效']);
    expect(await ask('程一禾', actionsOf(answer as Content)[0]?.action ?? '')).toMatchObject({
      kind: 'table',
      title: '整改台账·进度',
    });
  });

  test('leads who oversees none to his own entries', async () => {
    const answer = await ask('林砚秋', '统计 说情');
    expect(linesOf(answer).at(-1)).toBe('您没有可以查看的统计；本人的事项请发送「我的报告」。');
    expect(labels(answer)).toEqual(['我的报告']);
  });
});

test('统计 of what is no table shows none that was not asked for', async () => {
  const answer = await ask('程一禾', '统计 天气');
  expect(linesOf(answer)[0]).toBe('没有这张统计表');
  expect(labels(answer)).toEqual(['整改台账·进度', '整改台账·质效']);
});

test('a round that holds nothing is counted nowhere, and listed only where its state is asked for', async () => {
  const before = await ask('程一禾', '统计');
  expect(JSON.stringify(before)).toContain('整改台账：待分派 16');
  const listed = async (words: string) => linesOf(await ask('程一禾', words))[0];
  expect(await listed('台账 整改台账')).toBe('台账：共 16 项，第 1/2 页');
  await operate(report.store, { actor: 'command:sample', at: AT }, async (operation) => {
    for (const state of ['opened', 'progressing', 'closed']) {
      const data = { level: 'round', source: '巡察' } as const;
      await operation.create({ ...(await newRound(operation, `示例空轮次 ${state}`, data)), state });
    }
  });
  expect(await ask('程一禾', '统计')).toEqual(before);
  expect(await listed('台账 整改台账')).toBe('台账：共 16 项，第 1/2 页');
  expect(await listed('台账 整改中')).toBe('台账：没有符合条件且您可以查看的事项');
  expect(await listed('台账 已立项')).toBe('台账：共 1 项');
});

test('the secretary reads first what is not hidden, and goes on to the other ledger from there', async () => {
  const first = await ask('田守正', '统计');
  expect(first).toMatchObject({ kind: 'table', title: '整改台账·进度' });
  expect(labels(first)).toContain('说情打招呼·情形');
  expect(await ask('田守正', '统计 说情')).toMatchObject({ kind: 'table', title: '说情打招呼·情形' });
  expect(await ask('田守正', '统计 说情打招呼记录')).toMatchObject({ title: '说情打招呼·情形' });
  expect(await ask('田守正', '统计 方式 2026-10')).toMatchObject({ title: '说情打招呼·方式' });
});
