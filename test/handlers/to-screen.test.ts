import { beforeEach, expect, test } from 'vitest';
import type { NoticeContent } from '../../ledger/message.ts';
import { fileReport } from '../intercession-report.ts';
import { linesOf, oneReport } from '../ledger/intercession/one-report.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const LATER = new Date('2026-11-26T02:00:00Z');
const OFFICER = '唐文澜';
const MORE = 9;

const report = oneReport(AT);
let refs: string[];

beforeEach(async () => {
  refs = [report.ref];
  for (let index = 1; index <= MORE; index += 1) {
    const at = new Date(AT.getTime() + index * 60_000);
    refs.push(await fileReport(report.store, await report.person('林砚秋'), at));
  }
});

const asked = async (words: string, name = OFFICER) =>
  (await report.ask(name, words, LATER)) as NoticeContent;
const actionsOf = ({ sections, actions }: NoticeContent) =>
  [...sections.flatMap((section) => section.actions ?? []), ...actions].map(({ action }) => action);

test('lists what waits, the oldest first, with a button to set each aside and nothing of what it says', async () => {
  const list = await asked('待甄别');
  expect(list.title).toBe(`待甄别（${MORE + 1} 项）`);
  expect(list.sections.map(({ heading }) => heading)).toEqual(
    refs.slice(0, 8).map((ref) => `${ref} 说情打招呼记录`),
  );
  expect(list.sections[0]?.lines).toEqual(['已提交 · 时限 2026-11-25，已逾期']);
  expect(actionsOf(list)).toEqual(expect.arrayContaining([`备查 ${refs[0]}@1`, '待甄别 第2页']));
  expect(JSON.stringify(list)).not.toContain('来电请求');
});

test('is gone through on one card: what is set aside makes way for the next, down to the last', async () => {
  for (let left = MORE + 1; left > 0; left -= 1) {
    const list = await asked('待甄别');
    const [setAside] = actionsOf(list).filter((action) => action.startsWith('备查'));
    const shown = await asked(setAside ?? '');
    expect(shown.sections.flatMap(({ lines }) => lines)).toContain('具体内容：来电请求在评审中关照某项目。');
    const [quick] = actionsOf(shown).filter((action) => action.startsWith(setAside ?? '?'));
    expect((await asked(quick ?? '')).title).toMatch(/^已备查/);
  }
  expect((await asked('待甄别')).title).toBe('待甄别：暂无记录');
  expect(await report.store.database.rows.entry.count({ where: { state: 'routine' } })).toBe(MORE + 1);
});

test('leads from a record that was read to the next, and from the last to the first', async () => {
  const first = await asked(`查看 ${refs[0]}`);
  expect(actionsOf(first)).toContain(`待甄别 ${refs[0]}`);
  expect((await asked(`待甄别 ${refs[0]}`)).title).toBe(`${refs[1]} · 已提交`);
  expect((await asked(`待甄别 ${refs[MORE]}`)).title).toBe(`${refs[0]} · 已提交`);
  await asked(`备查 ${refs[0]} 咨询正常业务`);
  expect((await asked(`待甄别 ${refs[0]}`)).title).toBe(`${refs[1]} · 已提交`);
});

test('holds nothing that the officer filed himself or is recused from, and is nothing for others', async () => {
  const at = new Date(AT.getTime() + 3_600_000);
  await fileReport(report.store, await report.person(OFFICER), at);
  await fileReport(report.store, await report.person('林砚秋'), at, { recuse: OFFICER });
  expect((await asked('待甄别')).title).toBe(`待甄别（${MORE + 1} 项）`);
  expect((await asked('待甄别', '郑怀瑾')).title).toBe('待甄别：暂无记录');
  expect(linesOf(await asked('待甄别', '许星阑'))).toEqual([]);
});

test('nobody finds a report by the name of who filed it; who filed it finds his own', async () => {
  for (const name of [OFFICER, '姜明澈', '田守正'])
    expect((await asked('台账 林砚秋', name)).title).toBe('台账：没有符合条件且您可以查看的事项');
  expect((await asked('台账 林砚秋', '林砚秋')).title).toMatch(/^台账：共 \d+ 项/);
});

test('keeps what was judged and is not answered yet', async () => {
  await report.step(OFFICER, '受理');
  await report.step(OFFICER, '甄别', { conclusion: 'suspected', reason: '示例' });
  expect((await asked('待甄别')).sections[0]).toMatchObject({ heading: `${report.ref} 说情打招呼记录` });
});

test('asks another officer than the one who judged it for the review', async () => {
  await report.step(OFFICER, '备查');
  await report.step('许星阑', '异议', { objection: '示例' });
  const headings = async (name: string) =>
    (await asked('待甄别', name)).sections.map(({ heading }) => heading);
  expect(await headings(OFFICER)).not.toContain(`${report.ref} 说情打招呼记录`);
  expect(await headings('姜明澈')).toContain(`${report.ref} 说情打招呼记录`);
});
