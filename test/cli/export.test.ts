import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepReports, times } from '../counted-reports.ts';
import { type CommandDesk, openCommandDesk } from './desk.ts';

let desk: CommandDesk;
const file = (name: string) => join(desk.folder, name);

beforeAll(async () => {
  desk = await openCommandDesk();
  await desk.run('import', 'roster', 'sample/roster.csv');
  await desk.look((store) =>
    keepReports(store, [
      ...times(5, { stage: 'award' }),
      ...times(1, { stage: 'funding' }),
      ...times(3, { stage: 'review' }),
    ]),
  );
});
afterAll(() => desk.close());

it('writes figures, small ones hidden, into a new file that only its owner may read', async () => {
  const said = await desk.run('export', 'statistics', '--out', file('figures.xlsx'), '--period', '2026-10');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect((await stat(file('figures.xlsx'))).mode & 0o777).toBe(0o600);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(file('figures.xlsx'));
  const stages = workbook.getWorksheet('说情打招呼·环节')?.getSheetValues() ?? [];
  const rows = stages.flatMap((row) => (Array.isArray(row) ? [row.slice(1).join(' ')] : []));
  expect(rows).toEqual(
    expect.arrayContaining(['环节 2026 年 10 月', '评审 3', '评奖 5', '资金 <3', '合计 9']),
  );
});

it('overwrites nothing, and refuses a period that is none', async () => {
  await desk.run('export', 'statistics', '--out', file('again.xlsx'));
  const before = await readFile(file('again.xlsx'));
  const again = await desk.run('export', 'statistics', '--out', file('again.xlsx'));
  expect(again).toMatchObject({ code: 1 });
  expect(again.err).toContain('exists');
  expect((await readFile(file('again.xlsx'))).equals(before)).toBe(true);
  const wrong = await desk.run('export', 'statistics', '--out', file('none.xlsx'), '--period', 'October');
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.err).toContain('expected 2026-10, 2026-Q4 or 2026');
});

it('exports no list of records and no record', async () => {
  const { out } = await desk.run('export', '--help');
  expect(out.match(/^ {2}\w+/gm)?.map((word) => word.trim())).toEqual(expect.arrayContaining(['statistics']));
  expect((await desk.run('export', 'ledger', '--out', file('ledger.xlsx'))).code).toBe(2);
});
