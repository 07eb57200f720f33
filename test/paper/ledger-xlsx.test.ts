import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../ledger/directory.ts';
import { entriesFor } from '../../ledger/entry.ts';
import type { Store } from '../../ledger/store.ts';
import { ledgerXlsx } from '../../paper/ledger-xlsx.ts';
import { type SheetCell, sheetsXlsx } from '../../paper/sheet.ts';
import { tablesXlsx } from '../../paper/tables-xlsx.ts';
import { keepReports, times } from '../counted-reports.ts';
import { freshCopies } from '../fresh-record.ts';
import { fileReport } from '../intercession-report.ts';
import { personNamed } from '../sample-record.ts';

const AT = new Date('2026-11-22T03:00:00Z');

async function opened(bytes: Uint8Array): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  const [sheet] = workbook.worksheets;
  if (!sheet) throw new Error('There is no sheet');
  return sheet;
}

const sheetWith = async (...rows: SheetCell[][]) =>
  opened(
    await sheetsXlsx([
      {
        name: '示例',
        columns: [
          { header: '甲', width: 4 },
          { header: '乙', width: 9 },
        ],
        rows,
      },
    ]),
  );

describe('a sheet', () => {
  const HOSTILE = [
    '=1+1',
    '=HYPERLINK("http://example.com","x")',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '＝1+1',
    "'=1+1",
    '<v>1</v>&amp;',
    '{=1+1}',
  ];

  it.each(HOSTILE)('holds %j as text, and nothing in it is a formula', async (value) => {
    const cell = (await sheetWith([value, 1])).getCell('A2');
    expect(cell.type).toBe(ExcelJS.ValueType.String);
    expect(cell.formula).toBeUndefined();
    expect(String(cell.value).trim()).toBe(value.trim());
    expect(cell.numFmt).toBe('@');
  });

  it('has dates as dates, a header that stands still and can be filtered, and columns so wide', async () => {
    const sheet = await sheetWith([{ clock: '2026-10-12T11:30' }, { day: '2026-12-31' }]);
    expect(sheet.getCell('A2').value).toEqual(new Date('2026-10-12T11:30:00Z'));
    expect(sheet.getCell('A2').numFmt).toBe('yyyy-mm-dd hh:mm');
    expect(sheet.getCell('B2').value).toEqual(new Date('2026-12-31T00:00:00Z'));
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:B1');
    expect([sheet.getColumn(1).width, sheet.getColumn(2).width]).toEqual([10, 20]);
  });

  it('bears what no XML may hold, and text longer than a cell takes', async () => {
    const sheet = await sheetWith([`甲\u0000\u0008\ud800\ufffe乙`, '长'.repeat(40_000)]);
    expect(sheet.getCell('A2').value).toBe('甲乙');
    expect(String(sheet.getCell('B2').value)).toHaveLength(32_767);
  });

  it('is not handed out half when its rows fail', async () => {
    const rows = (function* (): Generator<SheetCell[]> {
      yield ['一'];
      throw new Error('the rows failed');
    })();
    await expect(sheetsXlsx([{ name: '示例', columns: [], rows }])).rejects.toThrow('the rows failed');
  });

  it('of figures holds numbers to reckon with, and 「<3」 as text', async () => {
    const table = {
      kind: 'table',
      title: '甲/乙',
      columns: ['类', '数'],
      footer: ['注'],
      actions: [],
    } as const;
    const sheet = await opened(
      await tablesXlsx([
        {
          ...table,
          columns: ['类', '数'],
          footer: ['注'],
          actions: [],
          rows: [
            ['一', '12'],
            ['二', '<3'],
          ],
        },
      ]),
    );
    expect([sheet.getCell('B2').value, sheet.getCell('B3').value]).toEqual([12, '<3']);
  });
});

describe('the ledger as a sheet', () => {
  let store: Store;
  freshCopies(AT, (copy) => {
    store = copy.store;
  });
  const exported = async (person: Person) =>
    opened(
      await ledgerXlsx({ person, entries: entriesFor(store, store.database.rows, person) }, store.calendar),
    );
  const linesOf = (sheet: ExcelJS.Worksheet) =>
    sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row.slice(1).map(String)] : []));

  it('has a row for each record, and nothing of what is sealed', async () => {
    const [officer, reporter] = [await personNamed(store, '唐文澜'), await personNamed(store, '林砚秋')];
    const told = { intercessorName: '甄某示例', content: '=请多关照某项目', projectName: '绝密示例项目' };
    const ref = await fileReport(store, reporter, AT, {
      ...told,
      circumstances: ['lobbying', 'favour-vote'],
    });
    const lines = linesOf(await exported(officer));
    expect(lines).toHaveLength(2);
    expect(lines[1]?.slice(0, 2)).toEqual([ref, '已提交']);
    expect(lines[1]?.slice(3, 9)).toEqual(['否', '评审', '游说说情、人情票', '电话', '身份不明', '拒绝']);
    for (const sealed of ['甄某示例', '请多关照', '绝密示例项目', reporter.name]) {
      expect(JSON.stringify(lines)).not.toContain(sealed);
    }
  });

  it('is with the officer’s own eyes, and for nobody else', async () => {
    const officer = await personNamed(store, '唐文澜');
    await keepReports(store, [...times(3, {}), ...times(20, { recused: officer }), ...times(520, {})]);
    const lines = linesOf(await exported(officer));
    expect(lines).toHaveLength(1 + 523);
    expect(new Set(lines.map(([ref]) => ref)).size).toBe(524);
    await expect(exported(await personNamed(store, '林砚秋'))).rejects.toThrow('由纪检监察员导出');
  });
});
