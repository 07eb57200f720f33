import { expect, test } from 'vitest';
import type { TableContent } from '../../ledger/message.ts';
import { operate, type Post } from '../../ledger/operation.ts';
import type { Store } from '../../ledger/store.ts';
import { freshCopies } from '../fresh-record.ts';
import { readable } from '../harness.ts';
import { notice } from '../ledger/budget/posting.ts';
import { houseOf } from '../ledger/intercession/house-of-sample.ts';
import { personNamed, takeMessages } from '../sample-record.ts';

/** A staff member, a 督查员, and two 纪检监察员. */
const STAFF = '方远山';
const SUPERVISOR = '叶知秋';
const OFFICER = '唐文澜';
const OTHER_OFFICER = '姜明澈';
/** A Friday. */
const NOW = new Date('2026-11-27T08:00:00Z');

let store: Store;
freshCopies(new Date('2026-11-02T02:00:00Z'), (copy) => {
  store = copy.store;
});

/** On that day of November at 10:00. */
async function post(day: number, name: string, ...messages: readonly Partial<Post>[]): Promise<void> {
  const { id: personId } = await personNamed(store, name);
  const at = new Date(Date.UTC(2026, 10, day, 2));
  await operate(store, { actor: 'job:graded-warning', at }, async (operation) => {
    for (const [index, message] of messages.entries()) {
      const key = `${day}:${index}:${personId}`;
      operation.post({ job: 'graded-warning', key, personId, content: notice(`提醒${key}`), ...message });
    }
  });
}

async function asked(name: string, words = '减负自查'): Promise<TableContent> {
  const content = await houseOf(store)(await personNamed(store, name), words, NOW);
  if (content?.kind !== 'table') throw new Error(`A table was expected, found ${JSON.stringify(content)}`);
  return content;
}

/** The words of a refusal, which opens no table. */
async function refused(name: string, words: string): Promise<string> {
  const content = await houseOf(store)(await personNamed(store, name), words, NOW);
  if (!content || content.kind === 'table') throw new Error(`Refused nothing: ${JSON.stringify(content)}`);
  return readable(content);
}

async function figures(name: string): Promise<Record<string, string[]>> {
  const { rows } = await asked(name, '减负自查 合计');
  return Object.fromEntries(rows.map(([title = '', ...weeks]) => [title, weeks]));
}

test('everybody sees what was sent to him unasked, why, by which rule, and how much of the week it was', async () => {
  await post(23, STAFF, { job: 'weekly-card' });
  await post(24, STAFF, { isExempt: true });
  await takeMessages(store);
  await post(27, STAFF, { job: 'nil-return-ask' });
  const { title, rows, footer } = await asked(STAFF);
  expect(title).toBe('近四周主动发给您的消息（3 条）');
  expect(rows.map(([at, what, , share]) => [at, what, share])).toEqual([
    ['2026-11-27 10:00（待发）', '零报告', '占 1 条'],
    ['2026-11-24 10:00', '整改时限预警', '不占额度'],
    ['2026-11-23 10:00', '本周督查', '占 1 条'],
  ]);
  expect(rows[2]?.[2]).toBe(
    `每周首个工作日一份，列出您负责的在办事项（${store.rules.weeklySupervision.source}）`,
  );
  expect(footer.slice(0, 4)).toEqual([
    ...['2026-11-02', '2026-11-09', '2026-11-16'].map((monday) => `${monday} 起一周：占用 0 条，上限 3 条`),
    '2026-11-23 起一周：占用 2 条，上限 3 条，另有不占额度 1 条',
  ]);
});

test('what was carried over is named as such, and stands in the week in which it goes', async () => {
  await post(16, STAFF, { job: 'weekly-card' });
  for (const day of [17, 18, 19, 20]) await post(day, STAFF, {});
  const { rows, footer } = await asked(STAFF);
  expect(rows.map(([at, , , share]) => [at, share]).slice(0, 3)).toEqual([
    ['2026-11-23 08:00', '延后，并入同时的一条'],
    ['2026-11-23 08:00（待发）', '延后，占 1 条'],
    ['2026-11-18 10:00（待发）', '占 1 条'],
  ]);
  expect(footer[3]).toBe('2026-11-23 起一周：占用 1 条，上限 3 条');
});

test('nobody sees what others got: neither staff by asking for figures nor an officer in his own list', async () => {
  await post(23, STAFF, {}, { isExempt: true });
  expect((await asked(OFFICER)).rows).toEqual([]);
  expect(await asked(STAFF)).toMatchObject({ title: '近四周主动发给您的消息（2 条）', actions: [] });
  expect(await asked(STAFF, `减负自查 ${STAFF}`)).toEqual(await asked(STAFF));
  expect(await refused(STAFF, '减负自查 合计')).toBe(
    '全局合计由纪检监察员和督查员查看，您可以发送「减负自查」查看主动发给您自己的消息。',
  );
  const own = '主动发给他人的消息，只有其本人可以查看。请发送「减负自查」查看主动发给您自己的消息';
  expect(await refused(STAFF, `减负自查 ${OFFICER}`)).toBe(`没有「${OFFICER}」的减负自查：${own}。`);
  expect(await refused(OFFICER, `减负自查 ${STAFF}`)).toBe(
    `没有「${STAFF}」的减负自查：${own}，发送「减负自查 合计」查看全局合计。`,
  );
  expect(JSON.stringify(await asked(SUPERVISOR, '减负自查 合计'))).not.toContain(STAFF);
});

test('officers and 督查员 see the bureau’s figures by week and kind, and of persons the largest only', async () => {
  for (const day of [16, 17, 18, 19, 20]) await post(day, STAFF, {});
  await post(17, SUPERVISOR, {}, { isExempt: true });
  for (const name of [OFFICER, SUPERVISOR])
    expect(await figures(name)).toEqual({
      整改时限预警: ['0', '0', '5', '1'],
      合计: ['0', '0', '5', '1'],
      其中不占额度: ['0', '0', '1', '0'],
      其中延后发出: ['0', '0', '0', '2'],
      '并入其他消息，未单独发出': ['0', '0', '0', '1'],
      '占额度的，一人最多': ['0', '0', '3', '1'],
      超出上限: ['0', '0', '0', '0'],
    });
});

test('what goes beyond the budget, since it could wait no longer, is counted', async () => {
  for (const day of [16, 17, 18]) await post(day, STAFF, {});
  await takeMessages(store);
  for (const day of [19, 20]) {
    await post(day, STAFF, { notLaterThan: '2026-11-20' });
    await takeMessages(store);
  }
  await post(20, SUPERVISOR, {});
  expect(await figures(OFFICER)).toMatchObject({
    '占额度的，一人最多': ['0', '0', '5', '0'],
    超出上限: ['0', '0', '2', '0'],
  });
});

test('below the totals stands in one line what they leave out, for each as it is for him', async () => {
  const left = async (name: string) =>
    (await asked(name, '减负自查 合计')).footer.filter((line) => line.startsWith('合计不含：'));
  const secret = '说情打招呼记录办理提醒、有消息未能送达，以及由人员办理引起的消息。';
  expect(await left(OFFICER)).toEqual([`合计不含：${secret}`]);
  expect(await left(SUPERVISOR)).toEqual([`合计不含：零报告提醒（由纪检监察员统计）、${secret}`]);
});

test('who has not answered a 零报告 is counted for the 纪检监察员 alone', async () => {
  await post(24, STAFF, { job: 'nil-return-remind' });
  expect(await figures(OFFICER)).toMatchObject({ 零报告提醒: ['0', '0', '0', '1'] });
  expect(await figures(SUPERVISOR)).not.toHaveProperty('零报告提醒');
  expect((await figures(SUPERVISOR)).合计).toEqual(['0', '0', '0', '0']);
});

test('what a sealed ledger reminds of changes nobody’s figures and nothing else that is sent, and its receiver sees it', async () => {
  for (const day of [16, 17, 18]) await post(day, OTHER_OFFICER, {});
  const before = await Promise.all([OFFICER, SUPERVISOR, OTHER_OFFICER].map(figures));
  for (const day of [16, 17, 23])
    await post(day, OTHER_OFFICER, { job: 'intercession-deadlines', key: `secret-${day}` });
  expect(await Promise.all([OFFICER, SUPERVISOR, OTHER_OFFICER].map(figures))).toEqual(before);
  expect((await asked(OFFICER)).rows).toEqual([]);
  const own = await asked(OTHER_OFFICER);
  expect(own.rows.filter(([, what]) => what === '说情打招呼记录办理提醒').map((row) => row[3])).toEqual(
    Array(3).fill('不占额度'),
  );
});
