import type ExcelJS from 'exceljs';
import { describe, expect, test } from 'vitest';
import { readRoster } from '../../../ledger/roster/read-roster.ts';
import { workbookOf } from './files.ts';

const HEAD = ['工号', '姓名', '科室', '职务', '角色', '科室负责人'];
const ZHANG = ['S001', '张三', '办公室', '主任', '', '是'];
const fileOf = (...rows: ExcelJS.CellValue[][]) =>
  workbookOf((book) => book.addWorksheet('花名册').addRows([HEAD, ...rows]));
const read = async (file: Promise<Uint8Array>) => readRoster('花名册.xlsx', await file);

describe('cells of a .xlsx roster', () => {
  test('numbers, rich text, links and booleans are read as they are seen', async () => {
    const file = workbookOf((book) => {
      const sheet = book.addWorksheet('花名册');
      sheet.addRows([
        HEAD,
        [7, { richText: [{ text: '张' }, { text: '三' }] }, '办公室', null, '审计员', true],
      ]);
      sheet.getCell('A2').numFmt = '0000';
      sheet.getCell('D2').value = { text: '主任', hyperlink: 'https://example.org' };
    });
    expect(await read(file)).toEqual([
      {
        line: 2,
        staffNumber: '0007',
        name: '张三',
        department: '办公室',
        post: '主任',
        roles: ['auditor', 'head'],
        isHead: true,
      },
    ]);
  });

  test.each<[string, ExcelJS.CellValue, string]>([
    ['a formula', { formula: 'HYPERLINK("http://x","张三")', result: '张三' }, '姓名（B2）是公式'],
    [
      'a shared formula',
      { sharedFormula: 'B1', formula: 'B1', date1904: false } as never,
      '姓名（B2）是公式',
    ],
    ['the text of a formula', '=HYPERLINK("http://x","张三")', '姓名（B2）是公式'],
    ['a date', new Date('2026-03-01T00:00:00Z'), '姓名（B2）是日期'],
    ['an error', { error: '#N/A' }, '姓名（B2）是错误值 #N/A'],
  ])('%s in a column that is read names the cell', async (_, value, sentence) => {
    const file = workbookOf((book) => {
      const sheet = book.addWorksheet('花名册');
      sheet.addRows([HEAD, ZHANG]);
      sheet.getCell('B1').value = '姓名';
      sheet.getCell('B2').value = value;
    });
    await expect(read(file)).rejects.toThrow(`第 2 行：${sentence}，应为文字`);
  });

  test('dates and formulas in other columns do no harm', async () => {
    const file = workbookOf((book) =>
      book.addWorksheet('花名册').addRows([
        [...HEAD, '出生日期', '年龄'],
        [...ZHANG, new Date('1980-01-01T00:00:00Z'), { formula: 'YEAR(NOW())-1980', result: 46 }],
      ]),
    );
    expect(await read(file)).toHaveLength(1);
  });
});

describe('sheets', () => {
  test('a merged title above, hidden rows, empty formatted rows below, sheets that are no list', async () => {
    const file = workbookOf((book) => {
      book.addWorksheet('说明').addRow(['请如实填写']);
      const sheet = book.addWorksheet('人员', { state: 'hidden' });
      sheet.addRows([['示例单位花名册'], [], HEAD, ZHANG, ['S002', '李四', '办公室']]);
      sheet.mergeCells('A1:F1');
      sheet.getRow(5).hidden = true;
      for (let row = 6; row < 200; row += 1) sheet.getCell(`B${row}`).border = { top: { style: 'thin' } };
    });
    expect((await read(file)).map(({ line, name }) => [line, name])).toEqual([
      [4, '张三'],
      [5, '李四'],
    ]);
  });

  test('two lists in one file are not guessed between', async () => {
    const file = workbookOf((book) => {
      book.addWorksheet('在职').addRows([HEAD, ZHANG]);
      book.addWorksheet('退休').addRows([HEAD, ZHANG]);
    });
    await expect(read(file)).rejects.toThrow('「在职」、「退休」都像人员名单');
  });

  test('a department merged over several rows is asked for in each', async () => {
    const file = workbookOf((book) => {
      const sheet = book.addWorksheet('花名册');
      sheet.addRows([HEAD, ZHANG, ['S002', '李四', '', '', '', '']]);
      sheet.mergeCells('C2:C3');
    });
    await expect(read(file)).rejects.toThrow('第 3 行：缺科室（合并的单元格请拆分，每行都写）。');
  });

  test('tables, notes, filters and a validation that spans the whole sheet do no harm', async () => {
    const file = workbookOf((book) => {
      const sheet = book.addWorksheet('花名册');
      sheet.addRows([HEAD, ZHANG]);
      sheet.getCell('B2').note = '示例';
      sheet.autoFilter = 'A1:F2';
      sheet.getColumn(3).width = 30;
      const validation = { type: 'list', allowBlank: true, formulae: ['"是,否"'] };
      Object.assign(sheet, { dataValidations: { model: { 'A1:XFD1048576': validation } } });
    });
    expect(await read(file)).toHaveLength(1);
  });
});

describe('files that are not what they seem', () => {
  const whole = fileOf(ZHANG);
  /** The unpacked size of the first file in the directory at the end of the zip. */
  const claiming = async (size: number) => {
    const bytes = Buffer.from(await whole);
    bytes.writeUInt32LE(size, bytes.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
    return bytes;
  };

  test('a damaged file is refused', async () => {
    const bytes = await whole;
    await expect(read(Promise.resolve(bytes.subarray(0, bytes.length / 2)))).rejects.toThrow('文件打不开');
    await expect(read(Promise.resolve(new Uint8Array()))).rejects.toThrow('文件打不开');
    await expect(read(workbookOf(() => {}))).rejects.toThrow('没有找到表头');
  });

  test('a file that would unpack to more than 100 MB is refused before it is unpacked', async () => {
    await expect(read(claiming(200 * 1024 * 1024))).rejects.toThrow(/文件解压后有 20\d MB，最多 100 MB/);
  });

  test('a file that unpacks to more than it says is refused', async () => {
    await expect(read(claiming(10))).rejects.toThrow('文件打不开');
  });
});
