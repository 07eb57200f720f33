import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { defaultRules } from '../../../../config/rules.ts';
import {
  ledgerRows,
  notesOf,
  readLedgerFile,
} from '../../../../ledger/rectification/workbook/ledger-file.ts';

export const LIMITS = defaultRules.import;
export const HEAD = ['序号', '方面', '问题', '整改措施', '责任领导', '责任科室', '责任人', '整改时限'];
export const ROW = [
  1,
  '项目管理',
  '评审回避不严',
  '修订评审规程',
  '孟知行',
  '规划与资源配置科',
  '顾长风',
  '2026年12月31日',
];

/** A .xlsx file, made by another library than it is read with. */
export async function workbookOf(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** One sheet called 台账. */
export const sheetOf = (
  rows: readonly ExcelJS.CellValue[][],
  finish: (sheet: ExcelJS.Worksheet) => void = () => {},
): Promise<Uint8Array> =>
  workbookOf((book) => {
    const sheet = book.addWorksheet('台账');
    sheet.addRows(rows as ExcelJS.CellValue[][]);
    finish(sheet);
  });

/** What an import would read, without any record behind it. */
export async function read(bytes: Uint8Array, name = '台账.xlsx') {
  const file = await readLedgerFile(name, bytes, LIMITS);
  const found = ledgerRows(file, LIMITS);
  return { ...found, layouts: file.layouts, notes: notesOf(file, found) };
}

/** A zip file of these parts; texts are packed. */
export function zipOf(parts: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const plain = Buffer.from(content as string);
    const packed = deflateRawSync(plain);
    const entry = packedPart(name, packed, plain.length, crcOf(plain), offset);
    locals.push(entry.local, packed);
    central.push(entry.central);
    offset += entry.local.length + packed.length;
  }
  return Buffer.concat([...locals, ...central, endOf(central, offset)]);
}

export function packedPart(name: string, packed: Uint8Array, size: number, crc: number, offset: number) {
  const bytes = Buffer.from(name);
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(8, 4);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(size, 18);
  head.writeUInt16LE(bytes.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, bytes]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002', 'latin1'),
    Buffer.from([20, 0]),
    head,
    rest,
    bytes,
  ]);
  return { local, central };
}

export function endOf(central: readonly Buffer[], offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(
    central.reduce((sum, part) => sum + part.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return end;
}

/** Nobody looks at it here; readers that do would find it right for texts without end. */
const crcOf = (_: Uint8Array): number => 0;

const RELATIONS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="w" Target="worksheets/sheet1.xml"/></Relationships>';

/** The parts of a workbook with one sheet, whose XML is given. */
export const partsOf = (
  sheet: string | Uint8Array,
  more: Readonly<Record<string, string | Uint8Array>> = {},
) => ({
  'xl/workbook.xml':
    '<workbook xmlns:r="r"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': RELATIONS,
  'xl/worksheets/sheet1.xml': sheet,
  ...more,
});

/** Sheet XML with these texts. */
export const sheetXml = (rows: readonly (readonly string[])[], before = ''): string =>
  `<?xml version="1.0"?>${before}<worksheet><sheetData>${rows
    .map(
      (cells) => `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;
