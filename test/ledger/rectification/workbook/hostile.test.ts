import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HEAD, partsOf, ROW, read, sheetOf, sheetXml, workbookOf, zipOf } from './files.ts';
import { hugeSheetFile } from './huge-sheet.ts';

const csv = (text: string) => new TextEncoder().encode(text);
const line = (...cells: unknown[]) => cells.join(',');
const refused = (file: Promise<Uint8Array> | Uint8Array, name?: string) =>
  expect((async () => read(await file, name))()).rejects;

describe('a workbook that is odd is read as it was meant', () => {
  test('1. merged cells say what they say in each of their rows, under a title and headings of two rows', async () => {
    const { rows } = await read(
      await sheetOf(
        [
          ['示例市科学技术局巡察整改台账'],
          ['序号', '方面', '巡察反馈问题', '整改措施', '责任落实', null, null, '完成时限'],
          [null, null, null, null, '责任领导', '科室', '责任人'],
          ROW,
          [null, null, null, '倒查三年项目', '孟知行', '规划与资源配置科', '秦书遥', '2027.1.31'],
        ],
        (sheet) => {
          for (const range of ['A1:H1', 'E2:G2', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'H2:H3'])
            sheet.mergeCells(range);
          for (const range of ['A4:A5', 'B4:B5', 'C4:C5']) sheet.mergeCells(range);
        },
      ),
    );
    expect(rows.map(({ line: at, aspect, problem, measure }) => [at, aspect, problem, measure])).toEqual([
      [4, '项目管理', '评审回避不严', '修订评审规程'],
      [5, '项目管理', '评审回避不严', '倒查三年项目'],
    ]);
    expect(rows[1]?.cells.department?.text).toBe('规划与资源配置科');
  });

  test('2. hidden rows are read and named; a hidden sheet is not read, and that is said', async () => {
    const { rows, notes } = await read(
      await workbookOf((book) => {
        const sheet = book.addWorksheet('台账');
        sheet.addRows([HEAD, ROW, [2, '作风', '拖延', '限时办结']]);
        sheet.getRow(3).hidden = true;
        book.addWorksheet('旧表', { state: 'hidden' }).addRows([HEAD, ROW]);
        book.addWorksheet('空表');
      }),
    );
    expect(rows).toHaveLength(2);
    expect(notes).toContain('工作表「台账」第 3 行是隐藏的，已一并读入。');
    expect(notes.join()).toContain('工作表「旧表」是隐藏的，没有读入');
    expect(notes).toContain('工作表「空表」是空的。');
  });

  test('3. of formulas the kept results are read, no link to another file is followed, and the cells are named', async () => {
    const file = sheetOf([HEAD, ROW], (sheet) => {
      sheet.getCell('D2').value = { formula: "cmd|'/c calc'!A0", result: '修订评审规程' };
      sheet.getCell('G2').value = { formula: "'[C:\\other.xlsx]S'!A1", result: '顾长风' };
      sheet.getCell('C2').value = '=1+1';
    });
    const { rows, notes } = await read(await file);
    expect(rows[0]).toMatchObject({ problem: '=1+1', measure: '修订评审规程' });
    expect(rows[0]?.cells.responsible?.text).toBe('顾长风');
    expect(notes).toContain('工作表「台账」有 2 个公式（D2、G2）：取文件里保存的结果，不作计算。');
  });

  test('4. a copy of a sheet is read once; numbers that are text and headings that stand twice do no harm', async () => {
    const { rows, notes } = await read(
      await workbookOf((book) => {
        for (const name of ['台账', '台账 (2)'])
          book.addWorksheet(name).addRows([
            [...HEAD, '责任人'],
            ['1', ...ROW.slice(1), '别人'],
          ]);
      }),
    );
    expect(rows).toHaveLength(1);
    expect(notes.join()).toContain('G 列和 I 列（责任人）都像「责任人」，取 G 列');
    expect(notes).toContain('工作表「台账 (2)」与「台账」有 1 行相同，没有重复读入。');
  });

  test('5. a .csv is read in UTF-8 with or without its mark, and in GB18030', async () => {
    const text = `${line(...HEAD)}\r\n${line(...ROW)}\r\n`;
    // iconv's bytes of the headings and the row cannot be made here; these two words are enough of them.
    const chinese = Buffer.concat([
      Buffer.from([0xce, 0xca, 0xcc, 0xe2]),
      Buffer.from(','),
      Buffer.from([0xd5, 0xfb, 0xb8, 0xc4, 0xb4, 0xeb, 0xca, 0xa9]),
      Buffer.from('\n'),
      Buffer.from([0xb2, 0xbb, 0xd1, 0xcf]),
      Buffer.from(','),
      Buffer.from([0xb8, 0xc4, 0xd5, 0xfd]),
    ]);
    expect((await read(csv(text), '台账.csv')).rows[0]).toMatchObject({ line: 2, problem: '评审回避不严' });
    expect((await read(csv(`\uFEFF${text}`), '台账.csv')).rows).toHaveLength(1);
    const { rows, notes } = await read(chinese, '台账.csv');
    expect(rows[0]).toMatchObject({ problem: '不严', measure: '改正' });
    expect(notes.join()).toContain('GB18030');
  });
});

describe('a file that is not what it should be is refused in a sentence', () => {
  test('6. a .csv in another encoding', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('问题,整改措施', 'utf16le')]);
    await refused(utf16, '台账.csv').toThrow('是 UTF-16 编码，没有读入：应为 UTF-8 或 GB18030');
    await refused(utf16.subarray(2), '台账.csv').toThrow('UTF-16');
    const cut = Buffer.concat([Buffer.from('\uFEFF问题,整改措施\n甲,乙'), Buffer.from([0xe4, 0xb8])]);
    await refused(cut, '台账.csv').toThrow('标明是 UTF-8 编码，但其中有读不出的字节');
    const japanese = Buffer.from('96e291e881458adb934382cd82a0', 'hex');
    await refused(japanese, '台账.csv').toThrow('乱码');
  });

  test('7. a workbook with macros, by its name and by what is in it', async () => {
    await refused(sheetOf([HEAD, ROW]), '台账.xlsm').toThrow('这是带宏的 .xlsm 文件');
    const parts = partsOf(sheetXml([HEAD, ROW.map(String)]), { 'xl/vbaProject.bin': 'x' });
    await refused(zipOf(parts)).toThrow('文件带有宏，没有读入');
  });

  test('8. a file with a password, and an old .xls that was called .xlsx', async () => {
    const container = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
    await refused(container).toThrow('老格式的 .xls');
    const locked = Buffer.concat([container, Buffer.from('EncryptedPackage', 'utf16le')]);
    await refused(locked).toThrow('文件设有密码');
    await refused(container, '台账.xls').toThrow('老格式的 .xls');
  });

  test('9. a zip bomb, one whose directory lies, a broken zip, and no zip at all', async () => {
    const bomb = zipOf(partsOf(Buffer.alloc(300 * 1024 * 1024, 0x20)));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    await refused(bomb).toThrow(/文件解压后有 30\d MB，最多 60 MB/);
    const lying = Buffer.from(zipOf(partsOf(Buffer.alloc(8 * 1024 * 1024, 0x20))));
    const at = lying.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    lying.writeUInt32LE(1000, at + 24);
    await refused(lying).toThrow('文件打不开');
    const whole = await sheetOf([HEAD, ROW]);
    await refused(whole.subarray(0, whole.length - 200)).toThrow('文件打不开');
    await refused(csv('<html>台账</html>')).toThrow('文件打不开');
    await refused(new Uint8Array()).toThrow('文件是空的');
  });

  test('10. XML that declares entities, though they were small', async () => {
    const entities = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]>';
    await refused(zipOf(partsOf(sheetXml([HEAD, ROW.map(String)], entities)))).toThrow('DOCTYPE');
    await refused(zipOf(partsOf(sheetXml([HEAD, ['&c;']])))).toThrow('文件打不开');
  });

  test('11. 16,384 columns, a megabyte in one cell, errors and measures without a problem, each with its place', async () => {
    const wide = sheetOf([HEAD, ROW], (sheet) => {
      sheet.getCell('XFD2').value = 'x';
    });
    await refused(wide).toThrow('「台账」第 2 行写到了 XFD 列（第 16384 列），最多 200 列');
    const long = sheetXml([HEAD, ['1', '方面', '问题甲', '长'.repeat(1_048_576)]]);
    await refused(zipOf(partsOf(long))).toThrow(
      '「台账」第 2 行 D 列（整改措施）有 1048576 字，最多 5000 字',
    );
    const errors = sheetOf([HEAD, [1, '方面', { error: '#REF!' }, '措施']]);
    await refused(errors).toThrow('「台账」第 2 行 C 列（问题）是错误值 #REF!');
    await refused(sheetOf([HEAD, [1, '方面', null, '措施']])).toThrow(
      '第 2 行有措施，但它和它的上面都没有问题',
    );
    await refused(sheetOf([['姓名', '电话']])).toThrow('没有找到表头');
  });

  test('12. more rows than the rules allow', async () => {
    const rows = Array.from({ length: 5100 }, (_, index) => [index + 1, '方面', `问题${index}`, '措施']);
    await refused(sheetOf([HEAD, ...rows])).toThrow(/「台账」第 \d+ 行起已超过 5000 行/);
  });
});

describe('memory', () => {
  const run = promisify(execFile);
  const CHILD = fileURLToPath(new URL('./read-and-weigh.ts', import.meta.url));
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qinglian-weigh-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const weigh = async (file: string): Promise<{ said: string; rows: number; rssMegabytes: number }> =>
    JSON.parse((await run(process.execPath, ['--max-old-space-size=384', CHILD, file])).stdout);

  test('a sheet of 200 MB is refused before it is unpacked', async () => {
    const file = join(folder, '大表.xlsx');
    await hugeSheetFile(file, 200);
    expect((await stat(file)).size).toBeLessThan(10 * 1024 * 1024);
    const { said, rssMegabytes } = await weigh(file);
    expect(said).toMatch(/文件解压后有 20\d MB，最多 60 MB/);
    expect(rssMegabytes).toBeLessThan(512);
  }, 120_000);

  test('a sheet of 55 MB with empty formatted cells, and 5,000 rows, are read in under 512 MB', async () => {
    const formatted = join(folder, '格式.xlsx');
    await hugeSheetFile(formatted, 55);
    const full = join(folder, '五千行.xlsx');
    const rows = Array.from({ length: 5000 }, (_, at) => [
      Math.floor(at / 10) + 1,
      '项目管理',
      `${'内容'.repeat(40)}之${Math.floor(at / 10)}`,
      `${'内容'.repeat(60)}之${at}`,
      ...ROW.slice(4),
    ]);
    await writeFile(full, await sheetOf([HEAD, ...rows]));
    const [first, second] = [await weigh(formatted), await weigh(full)];
    expect(first).toMatchObject({ rows: 1 });
    expect(second).toMatchObject({ rows: 5000 });
    expect(Math.max(first.rssMegabytes, second.rssMegabytes)).toBeLessThan(512);
  }, 120_000);
});
