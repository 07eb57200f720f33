import type ExcelJS from 'exceljs';
import { Refusal } from '../refusal.ts';
import { unpackedSize } from '../unpacked-size.ts';
import { type Sheet, type SheetCell, type SheetRow, textCell } from './sheet.ts';

const MAX_UNPACKED_BYTES = 100 * 1024 * 1024;

/**
 * Parts of a worksheet that say nothing about who works where. Merged ranges and data validations are laid out cell by cell when
 * read: one that spans the whole sheet is a few bytes long and would fill the memory.
 */
const IGNORED = [
  ...['mergeCells', 'dataValidations', 'conditionalFormatting', 'hyperlinks', 'drawing', 'picture', 'cols'],
  ...['tableParts', 'legacyDrawing', 'autoFilter', 'rowBreaks', 'headerFooter', 'extLst'],
];

/**
 * Every sheet of a .xlsx file, hidden sheets and rows too. Of a merged range only the first cell has text.
 * @throws Refusal `invalid-input` for a file that is damaged, has a password, or would be too large unpacked
 */
export async function readXlsx(bytes: Uint8Array): Promise<Sheet[]> {
  const size = unpackedSize(bytes, MAX_UNPACKED_BYTES);
  if (size === undefined) throw new Refusal('invalid-input', UNREADABLE);
  if (size > MAX_UNPACKED_BYTES) throw new Refusal('invalid-input', tooLarge(size));
  // Loaded when a file is read: the service starts without it.
  const { default: excel } = await import('exceljs');
  const workbook = new excel.Workbook();
  try {
    await workbook.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes: IGNORED });
  } catch {
    // The library's own words name its internals; the person can only save the file anew.
    throw new Refusal('invalid-input', UNREADABLE);
  }
  return workbook.worksheets.map(readSheet);
}

const UNREADABLE = '文件打不开：可能已损坏、设有密码，或不是 .xlsx。请用表格软件打开后另存为 .xlsx 再试。';

function tooLarge(size: number): string {
  const [found, limit] = [size, MAX_UNPACKED_BYTES].map((value) => Math.ceil(value / 1024 / 1024));
  return `文件解压后有 ${found} MB，最多 ${limit} MB：请只保留人员名单后再试。`;
}

function readSheet(sheet: ExcelJS.Worksheet): Sheet {
  const rows: SheetRow[] = [];
  sheet.eachRow((row, line) => {
    const cells: SheetRow['cells'] = [];
    row.eachCell((cell, column) => {
      cells[column - 1] = readCell(cell);
    });
    rows.push({ line, cells });
  });
  return { name: sheet.name, rows };
}

function readCell(cell: ExcelJS.Cell): SheetCell {
  const { address: place, value } = cell;
  if (value === null || value === undefined) return { place, text: '' };
  if (value instanceof Date) return { place, text: '', problem: '是日期' };
  if (typeof value === 'number') return { place, text: numberText(value, cell.numFmt) };
  if (typeof value !== 'object') return textCell(place, String(value));
  if ('richText' in value) return textCell(place, value.richText.map((run) => run.text).join(''));
  if ('error' in value) return { place, text: '', problem: `是错误值 ${value.error}` };
  return { place, text: '', problem: '是公式' };
}

/** 7 in a cell formatted 000 is seen, and meant, as 007. */
function numberText(value: number, format: string | undefined): string {
  return /^0+$/.test(format ?? '') ? String(value).padStart(format?.length ?? 0, '0') : String(value);
}
